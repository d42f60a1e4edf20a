import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

@testable import Gateway

/// Gives every message back, through the gateway's own WebSocket layer with limits as wide as the Autobahn suite needs.
struct EchoServer {
    let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel

    static func start() async throws -> EchoServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(EchoHandshake())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return EchoServer(port: listener.localAddress?.port ?? 0, group: group, listener: listener)
    }

    func stop() async throws {
        try await listener.close()
        try await group.shutdownGracefully()
    }
}

/// Reads a request's head and puts the gateway's handlers in its place.
private final class EchoHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    static let limit = 32 << 20
    private var head = ""

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        head += String(buffer: unwrapInboundIn(data))
        guard head.hasSuffix("\r\n\r\n") else { return }
        var headers = HTTPHeaders()
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
            if parts.count == 2 { headers.add(name: String(parts[0]), value: String(parts[1])) }
        }
        let request = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: headers)
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        upgrader.buildUpgradeResponse(
            channel: context.channel, upgradeRequest: request, initialResponseHeaders: HTTPHeaders()
        ).assumeIsolated().whenComplete { result in
            guard case .success(let answer) = result, let accept = answer.first(name: "sec-websocket-accept") else {
                return context.close(promise: nil)
            }
            self.open(accept, context)
        }
    }

    private func open(_ accept: String, _ context: ChannelHandlerContext) {
        let text =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
        context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        do {
            try context.pipeline.syncOperations.addHandlers(
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: EchoHandshake.limit)),
                WebSocketHandler(
                    messageBytes: EchoHandshake.limit, fragments: 100_000, farewellTime: .seconds(2)), Echo())
        } catch {
            return context.close(promise: nil)
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = WebSocketHandler.Incoming

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .text(let message):
            context.writeAndFlush(NIOAny(ServerFrame.text(message.readableBytesView)), promise: nil)
        case .binary(let message):
            context.writeAndFlush(NIOAny(ServerFrame.binary(message.readableBytesView)), promise: nil)
        case .control: break
        }
    }
}
