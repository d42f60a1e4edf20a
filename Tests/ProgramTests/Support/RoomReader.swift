import JSON
import NIOConcurrencyHelpers

/// Somebody of the staff on a WebSocket who follows conversations through every end of the gateway, and notes what came.
final class RoomReader: Sendable {
    private let conversations: [Int64]
    private let token: String
    private let state = NIOLockedValueBox(State())

    private struct State {
        var epoch = ""
        /// The offsets that came in each conversation, in their order.
        var came: [Int64: [Int64]] = [:]
        var faults: [String] = []
    }

    init(_ conversations: [Int64], token: String) {
        self.conversations = conversations
        self.token = token
    }

    /// The offsets that came in a conversation, in their order.
    func offsets(in conversation: Int64) -> [Int64] { state.withLockedValue { $0.came[conversation] ?? [] } }
    /// What should not have been.
    var faults: [String] { state.withLockedValue { $0.faults } }

    /// Reads until the connection ends.
    func follow(port: Int) {
        do {
            let socket = try join(port: port)
            while true {
                take(try socket.object { $0["event"] == "message" && ($0["room"]?.text ?? "").hasPrefix("c:") })
            }
        } catch {
            // The gateway is gone: the next one is asked for what was missed.
        }
    }

    /// Comes back once, for what was missed.
    func catchUp(port: Int) throws { _ = try join(port: port) }

    private func join(port: Int) throws -> WebSocket {
        let socket = try WebSocket(port: port, token: token)
        for (index, conversation) in conversations.enumerated() {
            let last = offsets(in: conversation).last ?? 0
            let epoch = state.withLockedValue { $0.epoch }
            let since = epoch.isEmpty ? "" : #","since":{"offset":\#(last),"epoch":"\#(epoch)"}"#
            try socket.send(#"{"id":\#(index + 1),"op":"join","data":{"room":"c:\#(conversation)"\#(since)}}"#)
            // What is pushed in rooms that were joined before comes in between.
            let reply = try socket.object { object in
                if object["event"] == "message" { take(object) }
                return object["id"]?.wholeNumber == Int64(index + 1)
            }
            joined(conversation, reply, isResumed: !epoch.isEmpty)
        }
        return socket
    }

    private func joined(_ conversation: Int64, _ reply: JSONValue, isResumed: Bool) {
        guard let ok = reply["ok"] else { return note("no room \(conversation): \(reply.encoded)") }
        if isResumed, ok["recovered"] != true { return note("conversation \(conversation) was not resumed") }
        for missed in ok["missed"]?.elements ?? [] { take(missed) }
        if let epoch = ok["epoch"]?.text { state.withLockedValue { $0.epoch = epoch } }
    }

    private func take(_ object: JSONValue) {
        guard let offset = object["offset"]?.wholeNumber, let room = object["room"]?.text,
            let conversation = Int64(room.dropFirst(2))
        else { return }
        state.withLockedValue { $0.came[conversation, default: []].append(offset) }
    }

    private func note(_ fault: String) { state.withLockedValue { $0.faults.append(fault) } }
}
