internal import NIOCore

/// Stands before the listening socket: takes no more connections than allowed; the rest wait in the kernel's queue.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let limit: Int
    private let notice: @Sendable (GatewayNotice) -> Void
    private var open = 0
    private var isHeld = false

    init(limit: Int, notice: @escaping @Sendable (GatewayNotice) -> Void) {
        self.limit = limit
        self.notice = notice
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let child = unwrapInboundIn(data)
        open += 1
        child.closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { [weak self] _ in
            self?.closed(context)
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if open < limit { return context.read() }
        if !isHeld { notice(.connectionsFull(limit: limit)) }
        isHeld = true
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        notice(.acceptFailed(reason: String(describing: error)))
        context.fireErrorCaught(error)
    }

    private func closed(_ context: ChannelHandlerContext) {
        open -= 1
        guard isHeld, open < limit else { return }
        isHeld = false
        context.read()
    }
}

/// Something about the gateway itself that whoever runs it should know.
public enum GatewayNotice: Equatable, Sendable, CustomStringConvertible {
    /// So many connections are open that new ones wait.
    case connectionsFull(limit: Int)
    /// The system refused a new connection; it is tried again.
    case acceptFailed(reason: String)
    /// The gateway fell behind the desk's events; everybody connected is told to read anew.
    case eventsMissed

    /// One line for the log.
    public var description: String {
        switch self {
        case .connectionsFull(let limit): "\(limit) connections are open: new ones wait until one closes"
        case .acceptFailed(let reason): "a connection could not be accepted, trying again: \(reason)"
        case .eventsMissed: "the gateway fell behind the desk's events: everybody connected reads anew"
        }
    }
}
