internal import Bus
internal import DeskAPI
internal import Storage
internal import Vocabulary

/// One change of a conversation inside a transaction: its new state, and what its transcript gains.
struct ConversationChange {
    /// The conversation as it will be.
    var conversation: Conversation
    private let transaction: Transaction
    private var written: [Message] = []

    /// Starts from the conversation as it is now.
    ///
    /// - Throws: ``Problem`` `.notFound` when the caller may not know of it.
    init(of id: ID<Conversation>, by caller: Caller, in transaction: Transaction) throws {
        self.transaction = transaction
        conversation = try transaction.conversation(id, seenBy: caller)
    }

    /// What a person reads who looks at the conversation for the first time, to be written at its end.
    struct Entry {
        var author: Message.Author
        var name: String
        var text: String
        var cid: ULID?
        var answer: AnswerDetails?

        /// A line by the desk itself, such as "ana took over".
        static func marker(_ text: String) -> Entry {
            Entry(author: .system, name: "desk", text: text)
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
        written.append(message)
        return message
    }

    /// Writes the conversation, and publishes all of it once it is durable.
    func save(publishingOn bus: Bus<DeskEvent>) throws -> Conversation {
        try transaction.update(conversation)
        try transaction.keepState(of: conversation)
        let (conversation, written) = (conversation, written)
        transaction.afterCommit {
            for message in written { bus.publish(.messagePosted(message)) }
            bus.publish(.conversationChanged(conversation))
        }
        return conversation
    }
}
