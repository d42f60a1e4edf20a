internal import DeskAPI
internal import Storage
internal import Vocabulary

/// What is due now, what is due next, and how the desk serves its customers: one look for everything.
struct Outlook: Sendable {
    /// How many conversations are looked after at once.
    private static let atOnce = 200

    /// Put aside until now.
    let sleeping: [ID<Conversation>]
    /// Past their target, and not told so yet.
    let late: [ID<Conversation>]
    /// Nobody came for them.
    let left: [ID<Conversation>]
    let pulse: Conversations.Pulse
    /// When the next one will be due; `nil` when none is foreseen.
    let next: Timestamp?

    /// Looks.
    ///
    /// - Parameter timeout: how long a conversation waits in the queue before the assistant has it again.
    /// - Throws: ``StorageFailure``.
    init(in snapshot: Snapshot, timeout: Duration?, at now: Timestamp) throws {
        sleeping = try snapshot.rows(
            "SELECT id FROM conversation WHERE snoozed_until <= ? ORDER BY snoozed_until LIMIT ?", now, Outlook.atOnce
        ) { row in try row[0] as ID<Conversation> }
        late = try snapshot.rows(
            """
            SELECT id FROM conversation
            WHERE due_at <= ? AND (CASE due_for WHEN 'resolution' THEN told_whole = 0
                ELSE told_question IS NULL OR told_question <> question_since END)
            ORDER BY due_at LIMIT ?
            """, now, Outlook.atOnce
        ) { row in try row[0] as ID<Conversation> }
        left =
            try timeout.map { timeout in
                try snapshot.rows(
                    """
                    SELECT id FROM conversation
                    WHERE waiting_since IS NOT NULL AND waiting_since <= ? AND status = 'waiting' LIMIT ?
                    """, now - timeout, Outlook.atOnce
                ) { row in try row[0] as ID<Conversation> }
            } ?? []
        pulse = try Conversations.Pulse(in: snapshot, at: now)
        let awake: Timestamp? = try snapshot.value(
            "SELECT min(snoozed_until) FROM conversation WHERE snoozed_until > ?", now)
        let due: Timestamp? = try snapshot.value("SELECT min(due_at) FROM conversation WHERE due_at > ?", now)
        let abandoned = try timeout.flatMap { timeout in
            let since: Timestamp? = try snapshot.value(
                """
                SELECT min(waiting_since) FROM conversation
                WHERE waiting_since IS NOT NULL AND waiting_since > ? AND status = 'waiting'
                """, now - timeout)
            return since.map { $0 + timeout }
        }
        next = [awake, due, abandoned].compactMap(\.self).min()
    }
}
