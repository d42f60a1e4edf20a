internal import Bus
internal import DeskAPI
internal import Storage
internal import Vocabulary

/// One change of a conversation inside a transaction: its new state, and what its transcript gains.
struct ConversationChange {
    /// The conversation as it will be.
    var conversation: Conversation
    /// Its clocks, to be written with it.
    var clocks: ServiceClocks
    private let transaction: Transaction
    private let plan: SupportPlan
    private var written: [Message] = []

    /// Starts from the conversation as it is now.
    ///
    /// - Throws: ``Problem`` `.notFound` when the caller may not know of it.
    init(of id: ID<Conversation>, by caller: Caller, _ plan: SupportPlan, in transaction: Transaction) throws {
        self.transaction = transaction
        self.plan = plan
        conversation = try transaction.conversation(id, seenBy: caller)
        clocks = try transaction.clocks(of: id)
    }

    /// What a person reads who looks at the conversation for the first time, to be written at its end.
    struct Entry {
        var author: Message.Author
        var name: String
        var text: String
        var cid: ULID?
        var answer: AnswerDetails?
        /// How a customer's words sound, −1 upset to 1 glad; `nil` when nobody can say.
        var feeling: Double?

        /// A line by the desk itself, such as "ana took over".
        static func marker(_ text: String) -> Entry {
            Entry(author: .system, name: "desk", text: text)
        }

        /// A line by the desk itself that is no customer's business, such as "The first reply is late".
        static func remark(_ text: String) -> Entry {
            Entry(author: .note, name: "desk", text: text)
        }
    }

    /// Writes an entry at the next place of the transcript.
    @discardableResult
    mutating func append(_ entry: Entry, at now: Timestamp) throws -> Message {
        var message = Message()
        message.conversation = conversation.id
        message.offset = conversation.lastOffset + 1
        message.cid = entry.cid
        message.author = entry.author
        message.authorName = entry.name
        message.text = entry.text
        message.at = now
        message.answer = entry.answer
        message.id = try transaction.insert(message)
        conversation.follow(message)
        if let feeling = entry.feeling { conversation.hear(feeling) }
        written.append(message)
        return message
    }

    /// Writes the conversation, and publishes all of it once it is durable.
    mutating func save(publishingOn bus: Bus<DeskEvent>, at now: Timestamp) throws -> Conversation {
        if conversation.status != .snoozed { conversation.snoozedUntil = nil }
        clocks.follow(&conversation, plan, at: now)
        try transaction.update(conversation)
        try transaction.update(clocks, of: conversation.id)
        try transaction.keepState(of: conversation)
        let (conversation, written) = (conversation, written)
        transaction.afterCommit {
            for message in written { bus.publish(.messagePosted(message)) }
            bus.publish(.conversationChanged(conversation))
        }
        return conversation
    }

    /// Writes the conversation and publishes that it is there, not each of its messages: nobody waits for them.
    mutating func saveQuietly(publishingOn bus: Bus<DeskEvent>, at now: Timestamp) throws -> Conversation {
        written = []
        return try save(publishingOn: bus, at: now)
    }
}
