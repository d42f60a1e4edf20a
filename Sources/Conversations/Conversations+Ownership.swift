public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Takes a conversation over; of several callers exactly one wins, and the others learn who.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed` with the owner, `.conversationClosed`; ``StorageFailure``.
    public func claim(_ request: ClaimConversation, by caller: Caller, at now: Timestamp) async throws -> Conversation {
        try await change(request.id, by: caller, action: "conversation.claim", at: now) { conversation in
            try conversation.claim(by: caller, ifOwner: request.ifOwner, at: now)
        }
    }

    /// Gives a conversation back to the assistant or the queue; a note stays for whoever has it next.
    ///
    /// The line in the transcript tells the assistant that the stretch of the person is over.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed`, `.conversationClosed`; ``StorageFailure``.
    public func release(
        _ request: ReleaseConversation, by caller: Caller, at now: Timestamp
    ) async throws -> Conversation {
        try await change(
            request.id, by: caller, action: "conversation.release", note: request.note, at: now
        ) { conversation in
            try conversation.release(by: caller, to: request.to, at: now)
        }
    }

    /// Marks a conversation as done; doing it twice changes nothing.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed`; ``StorageFailure``.
    public func resolve(_ id: ID<Conversation>, by caller: Caller, at now: Timestamp) async throws -> Conversation {
        try await change(id, by: caller, action: "conversation.resolve", at: now) { conversation in
            try conversation.resolve(by: caller, at: now)
        }
    }

    /// Puts a conversation that the assistant has into the queue, because a person is needed.
    ///
    /// - Parameter reason: for people: `asked for a person`, `outside the knowledge base`.
    /// - Throws: ``Problem`` `.notFound`, ``StorageFailure``.
    @discardableResult
    public func requestPerson(
        _ id: ID<Conversation>, reason: String, at now: Timestamp
    ) async throws -> Conversation {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let marker = change.conversation.requestPerson(reason: reason, at: now) else {
                return change.conversation
            }
            try change.append(.marker(marker), at: now)
            return try change.save(publishingOn: bus, at: now)
        }
    }

    /// Applies a rule; what it returns goes to the transcript and the audit trail, in the same commit.
    func change(
        _ id: ID<Conversation>, by caller: Caller, action: String, note: String = "", isInternal: Bool = false,
        at now: Timestamp,
        _ rule: @escaping @Sendable (inout Conversation) throws -> String?
    ) async throws -> Conversation {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: caller, plan, in: transaction)
            guard let marker = try rule(&change.conversation) else { return change.conversation }
            if !note.isEmpty { try change.append(.init(author: .note, name: caller.name, text: note), at: now) }
            try change.append(isInternal ? .remark(marker) : .marker(marker), at: now)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: action,
                    subject: "conversation:\(id)", detail: marker),
                in: transaction)
            return try change.save(publishingOn: bus, at: now)
        }
    }
}
