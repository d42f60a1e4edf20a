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
    private var notifications: [StaffNotification] = []
    private let before: Conversation
    private let clocksBefore: ServiceClocks
    /// Whose act it is; `nil` for the desk's own.
    private let caller: Caller?

    /// Starts from the conversation as it is now.
    ///
    /// - Throws: ``Problem`` `.notFound` when the caller may not know of it.
    init(of id: ID<Conversation>, by caller: Caller, _ plan: SupportPlan, in transaction: Transaction) throws {
        self.transaction = transaction
        self.plan = plan
        before = try transaction.conversation(id, seenBy: caller)
        clocksBefore = try transaction.clocks(of: id)
        (conversation, clocks) = (before, clocksBefore)
        self.caller = caller == .assistant ? nil : caller
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
        /// Which language a customer's words are in; `nil` when nobody can say.
        var language: String?

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
        if let language = entry.language { conversation.language = language }
        if let feeling = entry.feeling { conversation.hear(feeling) }
        written.append(message)
        return message
    }

    /// Whoever writes has read what stands before their words.
    mutating func readToEnd(at now: Timestamp) throws {
        guard let caller, caller.isStaff else { return }
        try transaction.moveMark(of: caller, in: &conversation, to: conversation.lastOffset, at: now)
    }

    /// Tells one of the staff about it, once the change is durable.
    mutating func notify(
        _ actor: String, _ kind: StaffNotification.Kind, _ text: String, about message: Int64? = nil, at now: Timestamp
    ) {
        var notification = StaffNotification()
        (notification.user, notification.kind, notification.at) = (actor, kind, now)
        (notification.conversation, notification.message) = (conversation.id, message)
        notification.from = caller?.name ?? "desk"
        notification.text = String(text.prefix(StaffNotification.textLimit))
        notification.priority = kind == .late ? .urgent : kind == .assigned ? .high : .normal
        if conversation.priority == .urgent { notification.priority = .urgent }
        notifications.append(notification)
    }

    /// Whoever is given a conversation by somebody else is told.
    private mutating func notifyNewOwner(at now: Timestamp) {
        guard let owner = conversation.owner, owner != before.owner, owner.hasPrefix("u:"), owner != caller?.actor
        else {
            return
        }
        let subject = conversation.subject.isEmpty ? conversation.lastText ?? "" : conversation.subject
        notify(owner, .assigned, subject, at: now)
    }

    /// Writes the conversation, and publishes all of it once it is durable.
    mutating func save(publishingOn bus: Bus<DeskEvent>, at now: Timestamp) throws -> Conversation {
        if conversation.status != .snoozed { conversation.snoozedUntil = nil }
        clocks.follow(&conversation, plan, at: now)
        try transaction.update(conversation, since: before)
        if clocks != clocksBefore { try transaction.update(clocks, of: conversation.id) }
        if conversation.hasMoved(since: before) { try transaction.keepState(of: conversation) }
        notifyNewOwner(at: now)
        let told = try notifications.map(transaction.store)
        let (conversation, written) = (conversation, written)
        transaction.afterCommit {
            for message in written { bus.publish(.messagePosted(message)) }
            bus.publish(.conversationChanged(conversation))
            for notification in told { bus.publish(.notified(notification)) }
        }
        return conversation
    }

    /// Writes the conversation and publishes that it is there, not each of its messages: nobody waits for them.
    mutating func saveQuietly(publishingOn bus: Bus<DeskEvent>, at now: Timestamp) throws -> Conversation {
        written = []
        return try save(publishingOn: bus, at: now)
    }
}
