public import Vocabulary

/// A response whose body arrives piece by piece, for one reader.
///
/// The server waits while 64 KiB lie unread. Letting go of the stream before its end closes the connection.
public struct HTTPStream: AsyncSequence, Sendable {
    /// The bytes that arrived since the last piece, at least one.
    public typealias Element = [UInt8]
    /// What ends a stream early.
    public typealias Failure = TransferFailure

    /// Status and headers.
    public let head: HTTPHead
    private let lease: Lease

    /// Ends the exchange when the last holder of the stream is gone.
    final class Lease: Sendable {
        let exchange: Exchange

        init(_ exchange: Exchange) {
            self.exchange = exchange
        }

        deinit {
            exchange.abandon()
        }
    }

    init(head: HTTPHead, lease: Lease) {
        self.head = head
        self.lease = lease
    }

    /// Reads the pieces in order; one reader at a time.
    public struct Iterator: AsyncIteratorProtocol {
        let lease: Lease

        /// The next piece, or `nil` after the whole body.
        ///
        /// - Throws: ``TransferFailure`` when the rest will not come; `.cancelled` when the waiting task is cancelled.
        public mutating func next() async throws(TransferFailure) -> [UInt8]? {
            try await lease.exchange.nextBytes().get()
        }

        /// The next piece, or `nil` after the whole body; for callers on an actor.
        ///
        /// - Throws: ``TransferFailure`` when the rest will not come.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(TransferFailure) -> [UInt8]? {
            try await lease.exchange.nextBytes().get()
        }
    }

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    /// Sets a moment of ``Transfer/now`` at which the stream fails with `.timedOut(.deadline)`; `nil` lifts it.
    public func setDeadline(_ moment: Monotonic?) { lease.exchange.setDeadline(moment) }

    /// Throws away what still comes, for up to a second, so that the next request can use the connection.
    public func discardRest() { lease.exchange.discard() }
}
