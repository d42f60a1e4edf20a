internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// A WebSocket to a gateway, open until either side ends it.
final class RealtimeSocket: Sendable {
    /// The texts that come in, until the end.
    let incoming: AsyncStream<[UInt8]>
    private let channel: any Channel
    private let ending: NIOLockedValueBox<UInt16?>

    static let largestMessage = 16 << 20

    /// Connects and upgrades.
    ///
    /// - Throws: ``SocketFailure``.
    static func open(_ address: GatewayAddress, token: String) async throws(SocketFailure) -> RealtimeSocket {
        let ending = NIOLockedValueBox<UInt16?>(nil)
        let (incoming, sink) = AsyncStream.makeStream(of: [UInt8].self)
        let head = requestHead(address, token: token)
        do {
            let opened = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(3))
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try prepare(channel, head: head, opened: opened, ending: ending, sink: sink)
                    }
                }
                .connect(host: address.host, port: address.port).flatMapError { error in
                    opened.fail(error)
                    return MultiThreadedEventLoopGroup.singleton.any().makeFailedFuture(error)
                }.get()
            try await opened.futureResult.get()
            return RealtimeSocket(incoming: incoming, channel: channel, ending: ending)
        } catch let failure as SocketFailure {
            throw failure
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private init(incoming: AsyncStream<[UInt8]>, channel: any Channel, ending: NIOLockedValueBox<UInt16?>) {
        self.incoming = incoming
        self.channel = channel
        self.ending = ending
    }

    /// The code of the close frame that came, if one came.
    var closeCode: UInt16? { ending.withLockedValue { $0 } }

    /// Sends a text; lost when the connection has ended.
    func send(_ text: [UInt8]) {
        let buffer = channel.allocator.buffer(bytes: text)
        let frame = WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: buffer)
        channel.writeAndFlush(frame, promise: nil)
    }

    /// Ends the connection.
    func close() {
        channel.close(promise: nil)
    }

    private static func requestHead(_ address: GatewayAddress, token: String) -> HTTPRequestHead {
        var headers = HTTPHeaders([("Host", address.authority), ("Sec-WebSocket-Protocol", "watchdesk.v1.json")])
        headers.add(name: "Authorization", value: "Bearer \(token)")
        return HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "\(address.path)/v1/realtime", headers: headers)
    }

    private static func prepare(
        _ channel: any Channel, head: HTTPRequestHead, opened: EventLoopPromise<Void>,
        ending: NIOLockedValueBox<UInt16?>, sink: AsyncStream<[UInt8]>.Continuation
    ) throws {
        let upgrader = NIOWebSocketClientUpgrader(maxFrameSize: largestMessage) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
                        maxAccumulatedFrameSize: largestMessage),
                    IncomingFrames(ending: ending, sink: sink))
                opened.succeed()
            }
        }
        try channel.pipeline.syncOperations.addHTTPClientHandlers(
            withClientUpgrade: (
                upgraders: [upgrader],
                completionHandler: { context in
                    // The opening has done its work; if it is gone already, that is what is wanted.
                    context.pipeline.removeHandler(name: OpeningRequest.name, promise: nil)
                }
            ))
        try channel.pipeline.syncOperations.addHandler(
            OpeningRequest(head: head, opened: opened), name: OpeningRequest.name)
    }
}

/// Why no WebSocket could be opened.
enum SocketFailure: Error, Equatable {
    /// Nobody answers there.
    case unreachable(String)
    /// The gateway answered with another status than 101.
    case refused(status: Int)
}

/// Sends the upgrade request and notices an answer that is no upgrade.
private final class OpeningRequest: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    static let name = "opening request"
    private let head: HTTPRequestHead
    private let opened: EventLoopPromise<Void>

    init(head: HTTPRequestHead, opened: EventLoopPromise<Void>) {
        self.head = head
        self.opened = opened
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let response) = unwrapInboundIn(data) else { return }
        opened.fail(SocketFailure.refused(status: Int(response.status.code)))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        opened.fail(SocketFailure.unreachable("the connection ended before it was opened"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        opened.fail(SocketFailure.unreachable("\(error)"))
        context.close(promise: nil)
    }
}

/// Hands texts over, answers pings, and remembers why the other side ended.
private final class IncomingFrames: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let ending: NIOLockedValueBox<UInt16?>
    private let sink: AsyncStream<[UInt8]>.Continuation

    init(ending: NIOLockedValueBox<UInt16?>, sink: AsyncStream<[UInt8]>.Continuation) {
        self.ending = ending
        self.sink = sink
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: sink.yield(Array(frame.unmaskedData.readableBytesView))
        case .ping:
            let pong = WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
        case .connectionClose:
            var data = frame.unmaskedData
            let code = data.readInteger(as: UInt16.self)
            ending.withLockedValue { $0 = code }
            context.close(promise: nil)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        sink.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
