internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Changes subject, priority and tags; what is due follows the priority.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.invalidField`; ``StorageFailure``.
    public func update(_ request: UpdateConversation, by caller: Caller, at now: Timestamp) async throws -> Conversation
    {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: request.id, by: caller, plan, in: transaction)
            guard let what = try change.conversation.file(request, at: now) else { return change.conversation }
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "conversation.update",
                    subject: "conversation:\(request.id)", detail: what),
                in: transaction)
            return try change.save(publishingOn: bus, at: now)
        }
    }

    /// Puts a conversation aside, until a moment or until the customer writes.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed`, `.conversationClosed`, `.invalidField`; ``StorageFailure``.
    public func snooze(_ request: SnoozeConversation, by caller: Caller, at now: Timestamp) async throws -> Conversation
    {
        try await change(request.id, by: caller, action: "conversation.snooze", isInternal: true, at: now) {
            conversation in
            try conversation.snooze(by: caller, until: request.until, at: now)
        }
    }

    /// Takes a conversation up again before its time.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.conversationClosed`; ``StorageFailure``.
    public func wake(_ id: ID<Conversation>, by caller: Caller, at now: Timestamp) async throws -> Conversation {
        try await change(id, by: caller, action: "conversation.wake", isInternal: true, at: now) { conversation in
            try conversation.wake(by: caller.name, at: now)
        }
    }

    /// Gives a conversation to a colleague, with a note for them.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed`, `.conversationClosed`; ``StorageFailure``.
    public func transfer(
        _ request: TransferConversation, to actor: String, named name: String, by caller: Caller, at now: Timestamp
    ) async throws -> Conversation {
        try await change(
            request.id, by: caller, action: "conversation.transfer", note: request.note, at: now
        ) { conversation in
            try conversation.give(to: actor, named: name, by: caller, at: now)
        }
    }

    /// Takes what the customer says about the help, once.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.forbidden`, `.notResolved`, `.alreadyRated`; ``StorageFailure``.
    public func rate(_ request: RateConversation, by caller: Caller, at now: Timestamp) async throws -> Conversation {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: request.id, by: caller, plan, in: transaction)
            let marker = try change.conversation.rate(request, by: caller, at: now)
            try change.append(.marker(marker), at: now)
            try transaction.run("UPDATE conversation SET rated_at = ? WHERE id = ?", now, request.id)
            return try change.save(publishingOn: bus, at: now).seen(by: caller)
        }
    }

    /// Takes what the customer says about the help by a link, whose proof was checked.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.notResolved`, `.alreadyRated`; ``StorageFailure``.
    public func rate(_ request: RateByLink, of id: ID<Conversation>, at now: Timestamp) async throws -> Conversation {
        let customer: ID<Customer>? = try await database.read {
            try $0.value("SELECT customer FROM conversation WHERE id = ?", id)
        }
        guard let customer else { throw Problem(.notFound, "this conversation is no longer there") }
        let caller = Caller(identity: .customer(customer), role: .customer, name: "customer \(customer)")
        return try await rate(
            RateConversation(id, rating: request.rating, comment: request.comment), by: caller, at: now)
    }
}
