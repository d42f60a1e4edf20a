import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A network between a client and a gateway that a test can break and mend.
final class CuttableProxy: Sendable {
    let port: Int
    private let listener: any Channel
    private let lines: Lines

    /// The connections that pass through, and whether new ones may.
    private final class Lines: Sendable {
        private let state = NIOLockedValueBox((isCut: false, channels: [any Channel]()))

        var isCut: Bool { state.withLockedValue { $0.isCut } }

        func add(_ channel: any Channel) { state.withLockedValue { $0.channels.append(channel) } }

        func cut(_ isCut: Bool) -> [any Channel] {
            state.withLockedValue { state in
                defer { state.channels = [] }
                state.isCut = isCut
                return state.channels
            }
        }
    }

    private init(listener: any Channel, lines: Lines) {
        self.listener = listener
        self.lines = lines
        port = listener.localAddress?.port ?? 0
    }

    static func start(to target: Int) async throws -> CuttableProxy {
        let lines = Lines()
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { near in
                guard !lines.isCut else { return near.close() }
                lines.add(near)
                return ClientBootstrap(group: near.eventLoop).connect(host: "127.0.0.1", port: target).flatMap { far in
                    lines.add(far)
                    return near.eventLoop.makeCompletedFuture {
                        try near.pipeline.syncOperations.addHandler(Pipe(to: far))
                        try far.pipeline.syncOperations.addHandler(Pipe(to: near))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return CuttableProxy(listener: listener, lines: lines)
    }

    /// Breaks every connection, and refuses new ones.
    func cut() async { await close(lines.cut(true)) }

    /// Lets new connections through.
    func mend() async { await close(lines.cut(false)) }

    func stop() async { await close(lines.cut(true) + [listener]) }

    private func close(_ channels: [any Channel]) async {
        for channel in channels {
            await withCheckedContinuation { continuation in
                channel.close().whenComplete { _ in continuation.resume() }
            }
        }
    }
}

/// Passes bytes on to another channel.
private final class Pipe: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) {
        self.other = other
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }
}
