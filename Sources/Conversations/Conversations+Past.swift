public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// How many conversations of a moment are told at most.
    private static let mostAtOnce = 300
    /// How long a conversation that is resolved is still told of.
    private static let afterglow = Duration.seconds(3600)

    /// The conversations that were not resolved at a moment, and those resolved in the hour before, each as it was.
    ///
    /// Those that waited come first, the longest wait at the top; then those changed last.
    /// Of changes before version 0.2 only the newest state is known.
    ///
    /// - Throws: ``StorageFailure``.
    public func past(at moment: Timestamp) async throws -> [Conversation] {
        try await database.read { snapshot in
            try snapshot.conversations(
                at: moment, resolvedSince: moment - Conversations.afterglow, limit: Conversations.mostAtOnce)
        }
    }
}

extension Snapshot {
    fileprivate func conversations(
        at moment: Timestamp, resolvedSince: Timestamp, limit: Int
    ) throws -> [Conversation] {
        try rows(
            """
            SELECT c.id, c.customer, customer.name, c.subject, coalesce(s.status, c.status),
                CASE WHEN s.id IS NULL THEN c.owner ELSE s.owner END,
                CASE WHEN s.id IS NULL THEN c.owner_name ELSE s.owner_name END,
                s.waiting_since, s.waiting_reason,
                (SELECT coalesce(max(place), 0) FROM message WHERE conversation = c.id AND at <= ?1),
                substr(m.text, 1, 200), m.author, c.created_at,
                max(c.created_at, coalesce(s.at, 0), coalesce(m.at, 0)) AS changed
            FROM (
                SELECT id FROM conversation WHERE updated_at >= ?2 AND created_at <= ?1
                UNION SELECT id FROM conversation WHERE status <> 'resolved' AND created_at <= ?1
            ) AS wanted
            JOIN conversation AS c ON c.id = wanted.id
            JOIN customer ON customer.id = c.customer
            LEFT JOIN conversation_state AS s ON s.id =
                (SELECT max(id) FROM conversation_state WHERE conversation = c.id AND at <= ?1)
            LEFT JOIN message AS m ON m.id =
                (SELECT max(id) FROM message
                 WHERE conversation = c.id AND at <= ?1 AND author NOT IN ('note', 'system'))
            WHERE coalesce(s.status, c.status) <> 'resolved' OR coalesce(s.at, c.updated_at) >= ?2
            ORDER BY s.waiting_since IS NULL, s.waiting_since, changed DESC, c.id DESC LIMIT ?3
            """,
            moment, resolvedSince, limit, read: Conversation.init(past:))
    }
}

extension Conversation {
    /// Whether somebody else has it or waits, or it waits for something else.
    func hasMoved(since before: Conversation) -> Bool {
        status != before.status || owner != before.owner || waitingSince != before.waitingSince
            || waitingReason != before.waitingReason
    }
}

extension Transaction {
    /// Keeps who has a conversation and who waits, when that changed, so that the past can be told.
    func keepState(of conversation: Conversation) throws {
        try run(
            """
            INSERT INTO conversation_state (conversation, at, status, owner, owner_name, waiting_since, waiting_reason)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
            WHERE NOT EXISTS (
                SELECT 1 FROM conversation_state
                WHERE id = (SELECT max(id) FROM conversation_state WHERE conversation = ?1)
                    AND status = ?3 AND owner IS ?4 AND waiting_since IS ?6 AND waiting_reason IS ?7)
            """,
            conversation.id, conversation.updatedAt, conversation.status.rawValue, conversation.owner,
            conversation.ownerName, conversation.waitingSince, conversation.waitingReason)
    }
}
