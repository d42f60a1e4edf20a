internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Follows one conversation: everything that was ever said, in order and once, then what is said now.
struct CustomerFollower: Follower {
    typealias News = CustomerNews

    private let room: String
    private var offset: Int64 = 0
    private var epoch: String?
    private var isReading = false
    private var held: [Message] = []
    private var answers = AnswerAssembly()

    private static let joinID = 1
    private static let historyID = 2

    init(_ conversation: ID<Conversation>) {
        room = "c:\(conversation)"
    }

    static func news(of connection: ConnectionState) -> CustomerNews { .connection(connection) }

    mutating func connected() -> [String] {
        isReading = true
        held = []
        answers.clear()
        var data = [JSONValue.Member("room", .string(room))]
        if let epoch { data.append(.init("since", ["offset": .integer(offset), "epoch": .string(epoch)])) }
        return [Request.frame(CustomerFollower.joinID, "join", data)]
    }

    mutating func take(_ object: JSONValue) -> Reaction<CustomerNews> {
        switch object["id"]?.wholeNumber {
        case Int64(CustomerFollower.joinID)?: joined(object)
        case Int64(CustomerFollower.historyID)?: read(object)
        default: Reaction(news: pushed(object))
        }
    }

    private mutating func joined(_ reply: JSONValue) -> Reaction<CustomerNews> {
        guard let ok = reply["ok"] else {
            return Reaction(refusal: reply["error"]?["message"]?.text ?? "the conversation cannot be joined")
        }
        var reaction = Reaction<CustomerNews>()
        if let conversation = record(Conversation.self, ok["conversation"]) {
            reaction.news.append(.conversation(conversation))
        }
        if let epoch, epoch != ok["epoch"]?.text { offset = 0 }
        epoch = ok["epoch"]?.text
        guard ok["recovered"] == true else {
            reaction.frames = [history]
            return reaction
        }
        for missed in ok["missed"]?.elements ?? [] { reaction.news += message(missed["data"]) }
        return settled(reaction)
    }

    private var history: String {
        Request.frame(
            CustomerFollower.historyID, "history",
            [.init("room", .string(room)), .init("after", .integer(offset)), .init("limit", 300)])
    }

    /// A page of what was said before; the next one is asked for until there is none.
    private mutating func read(_ reply: JSONValue) -> Reaction<CustomerNews> {
        guard let items = reply["ok"]?["items"]?.elements else {
            return Reaction(refusal: reply["error"]?["message"]?.text ?? "the conversation cannot be read")
        }
        var reaction = Reaction<CustomerNews>()
        for item in items { reaction.news += message(item) }
        if items.count == 300 {
            reaction.frames = [history]
            return reaction
        }
        return settled(reaction)
    }

    /// Everything of before is read: what came meanwhile follows.
    private mutating func settled(_ reaction: Reaction<CustomerNews>) -> Reaction<CustomerNews> {
        var reaction = reaction
        isReading = false
        for message in held.sorted(by: { $0.offset < $1.offset }) where message.offset > offset {
            offset = message.offset
            reaction.news.append(.message(message))
        }
        held = []
        reaction.isLive = true
        return reaction
    }

    private mutating func pushed(_ object: JSONValue) -> [CustomerNews] {
        guard let data = object["data"] else { return [] }
        switch object["event"]?.text {
        case "message"?:
            guard isReading else { return message(data) }
            if let early = record(Message.self, data) { held.append(early) }
            return []
        case "conversation"?: return record(Conversation.self, data).map { [.conversation($0)] } ?? []
        case "answer"?: return answers.take(data).map { [.answer($0)] } ?? []
        case "typing"?: return Typing(pushed: data).map { [.typing($0)] } ?? []
        default: return []
        }
    }

    private mutating func message(_ data: JSONValue?) -> [CustomerNews] {
        guard let message = record(Message.self, data), message.offset > offset else { return [] }
        offset = message.offset
        return [.message(message)]
    }

    /// What cannot be read was written by another version, and is left out.
    private func record<Subject: Record>(_ type: Subject.Type, _ data: JSONValue?) -> Subject? {
        guard let data else { return nil }
        do throws(FieldFault) {
            return try Subject.read(data, .natural)
        } catch {
            return nil
        }
    }
}
