internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Who has a conversation and who waits; pure, so that every path can be tested without a database.
extension Conversation {
    /// Takes the newest entry of the transcript into the summary.
    mutating func follow(_ message: Message) {
        lastOffset = message.offset
        updatedAt = message.at
        switch message.author {
        case .note, .system: return
        case .customer:
            if subject.isEmpty { subject = message.text.firstWords }
            noteQuestion(at: message.at)
        case .agent:
            waitingSince = nil
            firstReplyAt = firstReplyAt ?? message.at
        case .assistant: break
        }
        lastText = message.text.beginning
        lastAuthor = message.author
    }

    /// A person takes it; returns what the transcript says of it, `nil` when they already have it.
    ///
    /// Who waits goes on waiting until the first reply: a claim alone does not help a customer.
    ///
    /// - Parameter expected: the owner that the person saw, `queue` for none; `nil` allows the assistant and the queue.
    mutating func claim(by caller: Caller, ifOwner expected: String?, at now: Timestamp) throws(Problem) -> String? {
        try requireUnresolved()
        guard owner != caller.actor else { return nil }
        let present = owner ?? Conversation.queueOwner
        let isFree = present == Conversation.queueOwner || present == Conversation.assistantOwner
        guard expected.map({ $0 == present }) ?? isFree else { throw ownedByAnother }
        let from = isFree ? "" : " from \(ownerName ?? present)"
        take(by: caller, at: now)
        return "\(caller.name) took over\(from)"
    }

    /// A person who answers takes the conversation from the assistant or the queue, so that not both answer.
    mutating func takeByReplying(_ caller: Caller, at now: Timestamp) -> String? {
        switch status {
        case .assistant, .waiting,
            .snoozed where owner == nil:
            take(by: caller, at: now)
            return "\(caller.name) took over"
        case .snoozed:
            status = .open
            return nil
        case .open, .resolved: return nil
        }
    }

    /// Gives it to the assistant or the queue; returns what the transcript says of it, `nil` when it is there already.
    mutating func release(
        by caller: Caller, to target: ReleaseConversation.Target, at now: Timestamp
    ) throws(Problem) -> String? {
        try requireUnresolved()
        try requireRight(of: caller)
        switch target {
        case .assistant:
            guard status != .assistant else { return nil }
            status = .assistant
            owner = Conversation.assistantOwner
            ownerName = Conversation.assistantOwner
            waitingSince = nil
            waitingReason = nil
            updatedAt = now
            return "\(caller.name) handed back to the assistant"
        case .queue:
            guard status != .waiting else { return nil }
            enqueue(reason: "handed back by \(caller.name)", at: now)
            return "\(caller.name) handed back to the queue"
        }
    }

    /// The assistant asks for a person; returns what the transcript says of it, `nil` when it no longer has it.
    mutating func requestPerson(reason: String, at now: Timestamp) -> String? {
        guard status == .assistant else { return nil }
        enqueue(reason: reason, at: now)
        return "Handed over to a person: \(reason)"
    }

    /// It is done; returns what the transcript says of it, `nil` when it was done before.
    mutating func resolve(by caller: Caller, at now: Timestamp) throws(Problem) -> String? {
        guard status != .resolved else { return nil }
        try requireRight(of: caller)
        status = .resolved
        waitingSince = nil
        waitingReason = nil
        updatedAt = now
        return "\(caller.name) resolved the conversation"
    }

    /// - Throws: ``Problem`` `.conversationClosed` when it is resolved.
    func requireUnresolved() throws(Problem) {
        guard status == .resolved else { return }
        throw Problem(.conversationClosed, "conversation \(id) is resolved; start a new one")
    }

    /// What a claim calls an owner that is nobody.
    static let queueOwner = "queue"

    /// Whoever has it decides about it; an admin may always, and what nobody has is everybody's.
    func requireRight(of caller: Caller) throws(Problem) {
        let isFree = owner == nil || owner == Conversation.assistantOwner
        guard isFree || owner == caller.actor || caller.role == .admin else { throw ownedByAnother }
    }

    private var ownedByAnother: Problem {
        let name = ownerName ?? Conversation.queueOwner
        let members = [
            JSONValue.Member("owner", .string(owner ?? Conversation.queueOwner)),
            JSONValue.Member("owner_name", .string(name)),
        ]
        let detail = owner == nil ? "conversation \(id) waits in the queue now" : "\(name) has conversation \(id) now"
        return Problem(.alreadyClaimed, detail, current: .object(members))
    }

    private mutating func take(by caller: Caller, at now: Timestamp) {
        status = .open
        owner = caller.actor
        ownerName = caller.name
        updatedAt = now
        if lastAuthor == .customer { waitingSince = waitingSince ?? now }
    }

    private mutating func enqueue(reason: String, at now: Timestamp) {
        status = .waiting
        owner = nil
        ownerName = nil
        waitingSince = waitingSince ?? now
        waitingReason = reason
        updatedAt = now
    }

    /// A question starts the wait for a person unless the assistant answers; it also ends a snooze.
    private mutating func noteQuestion(at now: Timestamp) {
        if status == .snoozed { status = owner == nil ? .waiting : .open }
        if status == .open || status == .waiting { waitingSince = waitingSince ?? now }
    }
}

extension String {
    /// The first 200 characters, for a list.
    fileprivate var beginning: String { String(String.UnicodeScalarView(unicodeScalars.prefix(200))) }

    /// The first line, cut at a word when it is longer than 60 characters.
    fileprivate var firstWords: String {
        let line = unicodeScalars.drop { $0.properties.isWhitespace }.prefix { $0 != "\n" && $0 != "\r" }
        let start = line.prefix(60)
        guard start.endIndex != line.endIndex else { return String(String.UnicodeScalarView(line)) }
        let words = start.lastIndex(of: " ").map { start[..<$0] } ?? start
        return String(String.UnicodeScalarView(words)) + "…"
    }
}
