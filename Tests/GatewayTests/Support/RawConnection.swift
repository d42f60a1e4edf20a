import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A TCP connection that sends exactly the bytes a test says, and shows exactly those that come back.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let arrivals: Arrivals

    /// How long a test waits for what must happen.
    static let patience = TimeAmount.seconds(10)

    private init(channel: any Channel, arrivals: Arrivals) {
        self.channel = channel
        self.arrivals = arrivals
    }

    static func open(port: Int, receiveBuffer: Int? = nil) async throws -> RawConnection {
        let arrivals = Arrivals()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(arrivals))
                }
            }
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(
                .socketOption(.so_rcvbuf), value: ChannelOptions.Types.SocketOption.Value(receiveBuffer))
        }
        return RawConnection(
            channel: try await bootstrap.connect(host: "127.0.0.1", port: port).get(), arrivals: arrivals)
    }

    func send(_ text: String) async throws {
        try await send(bytes: Array(text.utf8))
    }

    func send(bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Ends our direction only.
    func endSending() async throws {
        try await channel.close(mode: .output).get()
    }

    func close() async {
        await withCheckedContinuation { continuation in
            channel.close().whenComplete { _ in continuation.resume() }
        }
    }

    /// Reads nothing more, so that the peer's sends pile up.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Reads again.
    func goOnReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// Waits until `parse` finds what it looks for in what arrived, and takes that away.
    func take<Found: Sendable>(
        _ what: String = "an answer", _ parse: @escaping @Sendable (inout [UInt8]) -> Found?
    ) async throws -> Found {
        try await arrivals.take(what, parse, on: channel.eventLoop)
    }

    /// Waits until the peer has closed its direction; gives what still lay there.
    func takeEnd() async throws -> [UInt8] {
        try await arrivals.takeEnd(on: channel.eventLoop)
    }
}

/// Why a test did not see what it waited for.
struct NothingCame: Error, CustomStringConvertible {
    let description: String
}

/// The bytes that came and were not taken yet.
private final class Arrivals: Sendable {
    private let state = NIOLockedValueBox(State())

    private struct State {
        var bytes: [UInt8] = []
        var isEnded = false
        var waiting: (@Sendable (inout State) -> Bool)?
        var giveUp: (@Sendable (String) -> Void)?
    }

    func arrived(_ bytes: some Sequence<UInt8>) { change { $0.bytes.append(contentsOf: bytes) } }

    func ended() { change { $0.isEnded = true } }

    private func change(_ body: (inout State) -> Void) {
        let unmet: (@Sendable (String) -> Void)? = state.withLockedValue { state in
            body(&state)
            if let waiting = state.waiting, waiting(&state) { (state.waiting, state.giveUp) = (nil, nil) }
            guard state.isEnded, let giveUp = state.giveUp else { return nil }
            (state.waiting, state.giveUp) = (nil, nil)
            return giveUp
        }
        unmet?("the connection ended")
    }

    func take<Found: Sendable>(
        _ what: String, _ parse: @escaping @Sendable (inout [UInt8]) -> Found?, on loop: any EventLoop
    ) async throws -> Found {
        try await wait(what, on: loop) { state in parse(&state.bytes) }
    }

    func takeEnd(on loop: any EventLoop) async throws -> [UInt8] {
        try await wait("the end of the connection", on: loop) { state in
            guard state.isEnded else { return nil }
            defer { state.bytes = [] }
            return state.bytes
        }
    }

    private func wait<Found: Sendable>(
        _ what: String, on loop: any EventLoop, _ look: @escaping @Sendable (inout State) -> Found?
    ) async throws -> Found {
        let promise = loop.makePromise(of: Found.self)
        let deadline = loop.scheduleTask(in: RawConnection.patience) { [self] in
            let giveUp = state.withLockedValue { state in
                defer { (state.waiting, state.giveUp) = (nil, nil) }
                return state.giveUp
            }
            giveUp?("the time was over")
        }
        let isOver = state.withLockedValue { state in
            if let found = look(&state) {
                promise.succeed(found)
                return false
            }
            state.waiting = { state in
                guard let found = look(&state) else { return false }
                promise.succeed(found)
                return true
            }
            state.giveUp = { promise.fail(NothingCame(description: "waiting for \(what): \($0)")) }
            return state.isEnded
        }
        if isOver { change { _ in } }
        defer { deadline.cancel() }
        return try await promise.futureResult.get()
    }
}

private final class Collector: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let arrivals: Arrivals

    init(_ arrivals: Arrivals) {
        self.arrivals = arrivals
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrivals.arrived(unwrapInboundIn(data).readableBytesView)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { arrivals.ended() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrivals.ended()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        arrivals.ended()
        context.close(promise: nil)
    }
}
