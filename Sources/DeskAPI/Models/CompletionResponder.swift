/// Where the answer to a chat completion goes: whole, or piece by piece.
///
/// Exactly one of ``answer(status:headers:body:)`` and ``begin(headers:)`` is called; after `begin`, any number of
/// writes and one `end`.
public protocol CompletionResponder: Sendable {
    /// Sends everything at once, as JSON.
    func answer(status: Int, headers: [(name: String, value: String)], body: [UInt8]) async
    /// Begins a stream of server-sent events with status 200.
    func begin(headers: [(name: String, value: String)]) async
    /// Sends the next bytes; waits while the client takes them slower than they come.
    ///
    /// - Returns: whether the client is still there.
    func write(_ bytes: [UInt8]) async -> Bool
    /// Ends the stream.
    func end() async
}
