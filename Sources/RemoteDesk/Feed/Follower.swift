internal import DeskAPI
internal import JSON

/// What somebody who follows a gateway makes of what it says; pure, so that every order can be tested.
protocol Follower: Sendable {
    /// What is told to whoever listens.
    associatedtype News: Sendable

    /// News about the connection.
    static func news(of connection: ConnectionState) -> News
    /// A connection stands: what is to be sent first.
    mutating func connected() -> [String]
    /// The gateway said something.
    mutating func take(_ object: JSONValue) -> Reaction<News>
}

/// What follows from what the gateway said.
struct Reaction<News: Sendable>: Sendable {
    /// What listeners are told, in order.
    var news: [News] = []
    /// What is sent, in order.
    var frames: [String] = []
    /// Everything that was missed is known: from now on it is live.
    var isLive = false
    /// The gateway will never let this client in; for people.
    var refusal: String?

    static var nothing: Reaction { Reaction() }
}

/// Writes a client's requests.
enum Request {
    /// The frame of a request: `{"id": 7, "op": "join", "data": {…}}`.
    static func frame(_ id: Int?, _ op: String, _ data: [JSONValue.Member]) -> String {
        var members: [JSONValue.Member] = []
        if let id { members.append(.init("id", .integer(Int64(id)))) }
        members += [.init("op", .string(op)), .init("data", .object(data))]
        return JSONValue.object(members).encoded
    }
}
