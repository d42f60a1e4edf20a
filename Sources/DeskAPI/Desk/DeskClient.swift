/// A desk as the console, the command line and the tests use it; they do not know whether it is in their own process
/// or across the sea.
public protocol DeskClient: Sendable {
    /// Asks for an operation and waits for its answer.
    ///
    /// - Throws: ``Problem`` as the desk states it, or `.unreachable` when there is no answer.
    func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output

    /// Follows everything that happens, from now until the feed is stopped.
    ///
    /// - Parameter deliver: called in order, from any one thread at a time; it must not block.
    func follow(_ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed

    /// Tells the others that the caller is typing; lost when it cannot be sent.
    func type(in conversation: ConversationReference) async

    /// Where tasks that ask this desk run best; `nil` for Swift's pool.
    var taskExecutor: (any TaskExecutor)? { get }
}

extension DeskClient {
    /// Swift's pool.
    public var taskExecutor: (any TaskExecutor)? { nil }
}

/// What a follower is told.
public enum DeskNews: Equatable, Sendable {
    /// Something happened.
    case event(DeskEvent)
    /// The connection changed.
    case connection(ConnectionState)
    /// Events were missed: everything that is shown must be asked for again.
    case missed
}

/// Whether what is shown is true now.
public enum ConnectionState: Equatable, Sendable {
    /// Not yet connected.
    case connecting
    /// Everything that happens is seen.
    case live
    /// Connected again; what was missed is being read.
    case resyncing
    /// Not connected; the reason for people, and in how many seconds it is tried again.
    case offline(reason: String, retrySeconds: Int)
    /// The desk refuses the key: it will not be tried again.
    case refused(reason: String)
}

/// A running feed; it also stops when released.
public protocol DeskFeed: Sendable {
    /// Ends following; nothing is delivered after it returns and the delivery under way is done.
    func stop()

    /// Lets what is measured every second come rarely, together and without a gap, because nobody looks; everything else
    /// still comes at once.
    func rest(_ isResting: Bool)
}

extension DeskFeed {
    /// A feed whose news cost nothing need not rest.
    public func rest(_ isResting: Bool) {}
}
