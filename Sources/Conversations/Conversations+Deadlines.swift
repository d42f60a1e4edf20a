internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary
internal import YAML

extension Conversations {
    /// How many conversations are looked after in one commit.
    private static let atOnce = 200

    /// Takes up again what was put aside until now, and says in the transcript of what is late that it is; each once.
    ///
    /// - Returns: how many conversations changed; with many at once more may be left for the next call.
    /// - Throws: ``StorageFailure``.
    @discardableResult
    public func lookAfter(at now: Timestamp) async throws -> Int {
        let timeout = plan.queueTimeout
        // One look for everything: it is taken every second.
        let (sleeping, late, left, pulse) = try await database.read { snapshot in
            let sleeping = try snapshot.rows(
                "SELECT id FROM conversation WHERE snoozed_until <= ? ORDER BY snoozed_until LIMIT ?", now,
                Conversations.atOnce
            ) { row in try row[0] as ID<Conversation> }
            let late = try snapshot.rows(
                """
                SELECT id FROM conversation
                WHERE due_at <= ? AND (CASE due_for WHEN 'resolution' THEN told_whole = 0
                    ELSE told_question IS NULL OR told_question <> question_since END)
                ORDER BY due_at LIMIT ?
                """, now, Conversations.atOnce
            ) { row in try row[0] as ID<Conversation> }
            let left = try timeout.map { timeout in
                try snapshot.rows(
                    """
                    SELECT id FROM conversation
                    WHERE waiting_since IS NOT NULL AND waiting_since <= ? AND status = 'waiting' LIMIT ?
                    """, now - timeout, Conversations.atOnce
                ) { row in try row[0] as ID<Conversation> }
            }
            return (sleeping, late, left ?? [], try Pulse(in: snapshot, at: now))
        }
        pulseBox.withLockedValue { [pulse] in $0 = pulse }
        for id in sleeping { try await wake(id, at: now) }
        for id in late { try await tellLate(id, at: now) }
        for id in left { try await giveToAssistant(id, at: now) }
        return sleeping.count + late.count + left.count
    }

    private func wake(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let until = change.conversation.snoozedUntil, until <= now,
                let marker = try change.conversation.wake(by: nil, at: now)
            else { return }
            try change.append(.remark(marker), at: now)
            _ = try change.save(publishingOn: bus, at: now)
        }
    }

    /// Ends a wait in the queue that nobody came for.
    private func giveToAssistant(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let timeout = plan.queueTimeout, let since = change.conversation.waitingSince,
                since <= now - timeout,
                let marker = change.conversation.stopWaiting(after: timeout.shorthand, at: now)
            else { return }
            try change.append(.marker(marker), at: now)
            _ = try change.save(publishingOn: bus, at: now)
        }
    }

    private func tellLate(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let due = change.conversation.dueAt, due <= now, let kind = change.conversation.dueFor,
                change.clocks.tell(kind)
            else { return }
            let target = plan.targets.length(of: kind, for: change.conversation.priority)?.shorthand ?? ""
            let words = "\(kind.title) is late: the target is \(target)"
            let remark = try change.append(.remark(words), at: now)
            if let owner = change.conversation.owner, owner.hasPrefix("u:") {
                change.notify(owner, .late, words, about: remark.offset, at: now)
            }
            _ = try change.save(publishingOn: bus, at: now)
        }
    }
}

extension ServiceClocks {
    /// Notes that lateness is told; `false` when it was before.
    fileprivate mutating func tell(_ kind: Conversation.Target) -> Bool {
        if kind == .resolution {
            defer { isResolutionTold = true }
            return !isResolutionTold
        }
        guard toldQuestion != question else { return false }
        toldQuestion = question
        return true
    }
}

extension Conversation.Target {
    fileprivate var title: String {
        switch self {
        case .firstReply: "The first reply"
        case .nextReply: "The next reply"
        case .resolution: "The solution"
        }
    }
}
