internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Keeps what a person has written and not sent; an empty text takes it away, and sending does so too.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func keep(_ draft: Draft, of caller: Caller, at now: Timestamp) async throws -> Draft {
        try await database.write { [bus] transaction in
            var conversation = try transaction.conversation(draft.id, seenBy: caller)
            let before = conversation.drafts
            if draft.text.isEmpty {
                try conversation.dropDraft(of: caller, in: transaction)
            } else {
                try transaction.run(
                    """
                    INSERT INTO draft (conversation, actor, actor_name, text, note, kept_at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (conversation, actor)
                    DO UPDATE SET text = excluded.text, note = excluded.note, kept_at = excluded.kept_at
                    """,
                    draft.id, caller.actor, caller.name, draft.text, draft.note, now)
                conversation.drafts = try transaction.drafters(of: draft.id)
            }
            if conversation.drafts != before {
                try transaction.update(conversation)
                transaction.afterCommit { [conversation] in bus.publish(.conversationChanged(conversation)) }
            }
            var kept = draft
            kept.keptAt = draft.text.isEmpty ? nil : now
            return kept
        }
    }

    /// What a person has written and not sent; empty when there is nothing.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func draft(in id: ID<Conversation>, of caller: Caller) async throws -> Draft {
        try await database.read { snapshot in
            _ = try snapshot.conversation(id, seenBy: caller)
            let found = try snapshot.first(
                "SELECT text, note, kept_at FROM draft WHERE conversation = ? AND actor = ?", id, caller.actor
            ) { row in
                var draft = Draft(id, text: try row[0], note: try row[1])
                draft.keptAt = try row[2]
                return draft
            }
            return found ?? Draft(id, text: "")
        }
    }
}

extension Conversation {
    /// Takes away what a person has written and not sent.
    mutating func dropDraft(of caller: Caller, in transaction: Transaction) throws {
        guard !drafts.isEmpty else { return }
        try transaction.run("DELETE FROM draft WHERE conversation = ? AND actor = ?", id, caller.actor)
        drafts = try transaction.drafters(of: id)
    }
}

extension Snapshot {
    /// Who has words here that are not sent, by name.
    fileprivate func drafters(of id: ID<Conversation>) throws -> [String] {
        let names = try rows(
            "SELECT DISTINCT actor_name FROM draft WHERE conversation = ? ORDER BY actor_name LIMIT 100", id
        ) { row in try row[0] as String }
        // One name in each line of a column.
        return names.map { name in String(name.map { $0.isNewline ? " " : $0 }) }
    }
}
