public import DeskAPI
internal import JSON
internal import Storage
public import Vocabulary

extension Conversations {
    /// Writes a message into a conversation and returns it when it is durable.
    ///
    /// A person's reply takes the conversation over from the assistant or the queue. The same idempotency key gives
    /// the first result again, marked as a duplicate. A customer's words go into the estimated rating.
    ///
    /// - Parameter mentioned: who a note names; they are told, but not the author.
    /// - Throws: ``Problem`` `.notFound`, `.conversationClosed`, `.forbidden` for a customer's note, `.reusedKey` for
    ///   the same key with another text, `.staleRevision` when a colleague has replied behind what the writer knew;
    ///   ``StorageFailure``.
    public func post(
        _ request: PostMessage, by caller: Caller, mentioning mentioned: [Colleague] = [], at now: Timestamp
    ) async throws -> Message {
        let plan = plan
        guard caller.isStaff || !request.note else { throw Problem(.forbidden, "only staff writes notes") }
        let feeling = await feeling(of: request.text, by: caller.isStaff ? .agent : .customer)
        let language = caller.isStaff ? nil : LanguageGuess.language(of: request.text)
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: request.id, by: caller, plan, in: transaction)
            if let cid = request.cid, let first = try transaction.message(in: request.id, cid: cid) {
                return try first.repeated(by: request)
            }
            if !caller.isStaff { try transaction.requireWelcome(change.conversation.customer) }
            if !request.note {
                try change.conversation.requireUnresolved()
                if let after = request.after, caller.isStaff {
                    try transaction.requireNoReply(in: request.id, behind: after, butBy: caller)
                }
                if caller.isStaff, let marker = change.conversation.takeByReplying(caller, at: now) {
                    try change.append(.marker(marker), at: now)
                }
            }
            if caller.isStaff { try change.conversation.dropDraft(of: caller, in: transaction) }
            if caller.isStaff, !request.note {
                try transaction.run("DELETE FROM assignment WHERE conversation = ?", request.id)
                try transaction.settleSuggestion(in: request.id, of: caller, at: now) { suggestion in
                    SuggestionOutcome(of: suggestion, sentAs: request.text)
                }
            }
            var entry = ConversationChange.Entry(request, by: caller, of: change.conversation)
            entry.feeling = feeling
            entry.language = language
            let message = try change.append(entry, at: now)
            try change.readToEnd(at: now)
            for colleague in mentioned where request.note && colleague.user != caller.actor {
                change.notify(colleague.user, .mention, request.text, about: message.offset, at: now)
            }
            _ = try change.save(publishingOn: bus, at: now)
            return message
        }
    }

    /// Writes the assistant's finished answer, unless a person took the conversation over meanwhile.
    ///
    /// - Parameters:
    ///   - question: the offset of the message that is answered; a second answer to it is not written,
    ///     and none when the customer has written more meanwhile: the next answer is to all of it.
    ///   - reason: why a person is needed as well; the conversation then goes to the queue in the same commit.
    /// - Returns: the message; `nil` when the assistant no longer has the conversation.
    /// - Throws: ``Problem`` `.notFound`, ``StorageFailure``.
    @discardableResult
    public func answer(
        _ id: ID<Conversation>, question: Int64, text: String, details: AnswerDetails,
        requestingPerson reason: String? = nil, at now: Timestamp
    ) async throws -> Message? {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard change.conversation.status == .assistant, question <= change.conversation.lastOffset else {
                return nil
            }
            let overtaken: Int? = try transaction.value(
                """
                SELECT 1 FROM message WHERE conversation = ? AND place > ? AND author IN ('assistant', 'customer')
                """, id, question)
            guard overtaken == nil else { return nil }
            let message = try change.append(
                .init(author: .assistant, name: Conversation.assistantOwner, text: text, answer: details), at: now)
            if let reason, let marker = change.conversation.requestPerson(reason: reason, at: now) {
                try change.append(.marker(marker), at: now)
            }
            _ = try change.save(publishingOn: bus, at: now)
            return message
        }
    }

    /// The messages of a conversation behind an offset, in order; a customer sees no notes.
    ///
    /// - Throws: ``Problem`` `.notFound`, ``StorageFailure``.
    public func messages(_ request: ListMessages, for caller: Caller) async throws -> List<Message> {
        let hidden = caller.isStaff ? "" : Message.Author.note.rawValue
        return try await database.read { snapshot in
            _ = try snapshot.conversation(request.id, seenBy: caller)
            let messages = try snapshot.rows(
                """
                SELECT * FROM message_row WHERE conversation = ? AND place > ? AND author <> ?
                ORDER BY place LIMIT ?
                """,
                request.id, request.after, hidden, request.limit, read: Message.init)
            return List(try snapshot.withSources(messages))
        }
    }

    /// The questions that wait for the assistant's answer, oldest first: after a start, those that the last end cut off.
    public func questionsForAssistant() async throws -> [Message] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT message_row.* FROM conversation CROSS JOIN message_row ON conversation = conversation.id
                WHERE status = 'assistant' AND status <> 'resolved' AND last_author = 'customer' AND place = (
                    SELECT place FROM message WHERE conversation = conversation.id AND author = 'customer'
                    ORDER BY place DESC LIMIT 1)
                ORDER BY message_row.id
                """, read: Message.init)
        }
    }
}

extension Message {
    /// This message as the result of a repeated write.
    fileprivate func repeated(by request: PostMessage) throws(Problem) -> Message {
        guard text == request.text, (author == .note) == request.note else {
            throw Problem(.reusedKey, "cid \(cid?.description ?? "") was used for another text; make a new one")
        }
        var repeated = self
        repeated.duplicate = true
        return repeated
    }
}

extension Snapshot {
    /// - Throws: ``Problem`` `.staleRevision` when somebody else at the desk has replied behind an offset.
    fileprivate func requireNoReply(in id: ID<Conversation>, behind offset: Int64, butBy caller: Caller) throws {
        let reply = try first(
            """
            SELECT author_name, place FROM message
            WHERE conversation = ? AND place > ? AND author = 'agent' AND author_name <> ? ORDER BY place DESC LIMIT 1
            """, id, offset, caller.name
        ) { row in (name: try row[0] as String, place: try row[1] as Int64) }
        guard let reply else { return }
        throw Problem(
            .staleRevision, "\(reply.name) has replied meanwhile",
            current: ["author_name": .string(reply.name), "offset": .integer(reply.place)])
    }
}

extension ConversationChange.Entry {
    fileprivate init(_ request: PostMessage, by caller: Caller, of conversation: Conversation) {
        text = request.text
        cid = request.cid
        if caller.isStaff {
            author = request.note ? .note : .agent
            name = caller.name
        } else {
            author = .customer
            name = conversation.customerName
        }
    }
}

extension Caller {
    /// The desk's own assistant, which may see every conversation.
    static let assistant = Caller(identity: .local, role: .admin, name: Conversation.assistantOwner)
}
