internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Keeps a conversation that was held elsewhere, resolved, in one commit; the same key is kept once.
    ///
    /// - Throws: ``Problem`` `.invalidField` for tags that cannot be searched for, and for messages out of order;
    ///   ``StorageFailure``.
    public func importing(
        _ request: ImportConversation, by caller: Caller, at now: Timestamp
    ) async throws -> ImportOutcome {
        let plan = plan
        var feelings: [Double?] = []
        for message in request.messages {
            feelings.append(await feeling(of: message.text, by: message.author, isNew: false))
        }
        return try await database.write { [bus, feelings] transaction in
            var outcome = ImportOutcome()
            let known: ID<Conversation>? = try transaction.value(
                "SELECT id FROM conversation WHERE import_key = ?", request.key)
            if let known {
                (outcome.conversation, outcome.duplicate) = (known, true)
                outcome.messages =
                    try transaction.value(
                        "SELECT count(*) FROM message WHERE conversation = ?", known) ?? 0
                return outcome
            }
            let start = request.messages.first?.at ?? now
            let id = try transaction.shell(of: request, from: start)
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            var filing = UpdateConversation(id)
            filing.tags = request.tags
            _ = try change.conversation.file(filing, at: start)
            var last = start
            for (index, message) in request.messages.enumerated() {
                let at = message.at ?? last
                guard at >= last else {
                    throw Problem(.invalidField, "messages[\(index)].at lies before the message before it")
                }
                last = at
                var entry = ConversationChange.Entry(message, of: request)
                entry.feeling = feelings[index]
                try change.append(entry, at: at)
            }
            outcome.conversation = id
            outcome.messages = Int64(request.messages.count)
            change.conversation.status = .resolved
            (change.conversation.waitingSince, change.conversation.waitingReason) = (nil, nil)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "conversation.import",
                    subject: "conversation:\(id)", detail: "\(request.messages.count) messages"),
                in: transaction)
            _ = try change.saveQuietly(publishingOn: bus, at: last)
            return outcome
        }
    }
}

extension ConversationChange.Entry {
    fileprivate init(_ message: ImportedMessage, of request: ImportConversation) {
        author = message.author
        text = message.text
        let usual =
            switch message.author {
            case .customer: request.customerName
            case .assistant: Conversation.assistantOwner
            case .agent, .note: "agent"
            case .system: "desk"
            }
        name = message.name.isEmpty ? usual : message.name
    }
}

extension Transaction {
    /// A customer and a conversation without messages.
    fileprivate func shell(of request: ImportConversation, from start: Timestamp) throws -> ID<Conversation> {
        var conversation = Conversation()
        conversation.customer = ID(
            try insert("INSERT INTO customer (name, created_at) VALUES (?, ?)", request.customerName, start))
        conversation.subject = request.subject
        conversation.owner = Conversation.assistantOwner
        conversation.ownerName = Conversation.assistantOwner
        (conversation.createdAt, conversation.updatedAt) = (start, start)
        let id = ID<Conversation>(try insert(conversation))
        try run("UPDATE conversation SET import_key = ? WHERE id = ?", request.key, id)
        return id
    }
}
