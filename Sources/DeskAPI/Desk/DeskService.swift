public import Bus
public import Vocabulary

/// A desk as a gateway serves it: many callers, each with its own rights.
public protocol DeskService: Sendable {
    /// Everything that happens, committed before it is published.
    var bus: Bus<DeskEvent> { get }
    /// Changes when the store is made anew; offsets of another epoch mean nothing.
    var epoch: String { get }
    /// The endpoint of every operation, by its name.
    var endpoints: [String: Endpoint] { get }
    /// Finds out who holds a token; takes microseconds and never blocks.
    ///
    /// - Throws: ``Problem`` `.unauthenticated` for a token that is unknown, expired or revoked.
    func caller(holding token: String) throws(Problem) -> Caller
    /// Whether the caller may see a conversation; a customer only its own.
    func may(_ caller: Caller, see conversation: ID<Conversation>) async -> Bool
    /// Everything that is measured, in Prometheus' text format 0.0.4.
    ///
    /// - Throws: ``Problem`` when the caller may not see hosts.
    func exposition(for caller: Caller) throws(Problem) -> [UInt8]
    /// Answers an OpenAI-compatible chat completion through a deployment.
    ///
    /// - Parameters:
    ///   - body: the client's document.
    ///   - thread: what names the conversation, so that it keeps its version; `nil` counts as one of its own.
    func complete(
        _ body: [UInt8], thread: String?, for caller: Caller, to responder: any CompletionResponder) async
    /// What an OpenAI-compatible client may ask for, as such a client reads it; `nil` when there is no such name.
    func completionModels(named name: String?, for caller: Caller) throws(Problem) -> [UInt8]?
    /// The connection behind one of a colleague's devices broke: the device counts for a little longer.
    func cutOff(_ device: String, of caller: Caller)
    /// A connection of a customer came to their conversation, or left it.
    func attend(_ conversation: ID<Conversation>, connection: Int, isThere: Bool)
    /// Tells the desk how the gateway is doing; asked about once a second.
    func observeTraffic(_ source: @escaping @Sendable () -> Traffic)
}

extension DeskService {
    /// Carries an operation out with typed values.
    public func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input, as caller: Caller
    ) async throws(Problem) -> Output {
        guard let endpoint = endpoints[operation.route.name] else {
            throw Problem(.notFound, "this desk does not offer \(operation.route.name)")
        }
        return try await endpoint.answer(caller, input, as: Output.self)
    }
}

/// How a gateway is doing.
public struct Traffic: Equatable, Sendable {
    /// Requests answered since the start.
    public var requests: Int64 = 0
    /// Requests answered with 5xx since the start.
    public var failures: Int64 = 0
    /// Half of the answers over the last seconds took no longer; `nil` without requests.
    public var p50: Duration?
    /// 95th percentile of the answers' times over the last seconds; `nil` without requests.
    public var p95: Duration?
    /// 99th percentile of the answers' times over the last seconds; `nil` without requests.
    public var p99: Duration?
    /// Open connections, HTTP and WebSocket.
    public var connections: Int64 = 0
    /// Open WebSocket connections; they are among the ``connections``.
    public var webSockets: Int64 = 0
    /// Frames that wait because their readers are slow.
    public var waitingFrames: Int64 = 0
    /// Connected consoles of staff.
    public var consoles: Int64 = 0

    /// No traffic.
    public init() {}
}
