internal import DeskAPI
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket
internal import Vocabulary

/// Asks a gateway for a WebSocket, and puts its handlers in place of HTTP's when it is granted.
final class Handshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private enum State {
        case asking
        case granted(HTTPResponseHead)
        case refused(HTTPResponseHead, ByteBuffer)
        case done
    }

    private let address: GatewayAddress
    private let token: String
    private let established: EventLoopPromise<NIOAsyncChannel<SocketEvent, String>>
    private let upgrader: NIOWebSocketClientUpgrader
    private var state = State.asking

    static let encoderName = "request"
    static let decoderName = "response"
    /// How long a refusal may be.
    private static let maximumRefusal = 64 * 1024

    init(
        address: GatewayAddress, token: String,
        established: EventLoopPromise<NIOAsyncChannel<SocketEvent, String>>
    ) {
        self.address = address
        self.token = token
        self.established = established
        upgrader = NIOWebSocketClientUpgrader { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
    }

    func channelActive(context: ChannelHandlerContext) {
        var headers: HTTPHeaders = [
            "Host": address.authority, "Connection": "Upgrade", "Upgrade": "websocket",
            "Sec-WebSocket-Protocol": "watchdesk.v1.json", "Authorization": "Bearer \(token)",
        ]
        upgrader.addCustom(upgradeRequestHeaders: &headers)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/v1/realtime", headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .done = state { return context.fireChannelRead(data) }
        switch (state, unwrapInboundIn(data)) {
        case (.asking, .head(let head)) where head.status == .switchingProtocols: state = .granted(head)
        case (.granted(let head), .end): switchProtocol(head, context)
        case (.asking, .head(let head)): state = .refused(head, ByteBuffer())
        case (.refused(let head, var body), .body(var more)):
            guard body.readableBytes + more.readableBytes <= Handshake.maximumRefusal else {
                return refuse(head, body, context)
            }
            body.writeBuffer(&more)
            state = .refused(head, body)
        case (.refused(let head, let body), .end): refuse(head, body, context)
        default: break
        }
    }

    private func switchProtocol(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
        guard upgrader.shouldAllowUpgrade(upgradeResponse: head) else {
            return fail(.refused("\(address.authority) does not speak WebSocket as it should"), context)
        }
        state = .done
        let pipeline = context.pipeline.syncOperations
        let socket: NIOAsyncChannel<SocketEvent, String>
        do {
            try pipeline.addHandlers(
                WebSocketFrameEncoder(),
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: MessageAssembly.maximumBytes)),
                IdleStateHandler(readTimeout: .seconds(45)), MessageAssembly())
            socket = try NIOAsyncChannel<SocketEvent, String>(
                wrappingChannelSynchronously: context.channel,
                configuration: .init(backPressureStrategy: .init(lowWatermark: 16, highWatermark: 256)))
        } catch {
            return fail(.unreachable("the WebSocket could not be set up: \(error)"), context)
        }
        // Frames that came right behind the answer are given on by the decoder when it is removed, and may be
        // answered at once: HTTP's encoder must be gone by then. Nobody may write before the decoder is gone as well,
        // because it looks at requests that go out and takes a frame for a broken one.
        let removed = context.eventLoop.makePromise(of: Void.self)
        removed.futureResult.assumeIsolated().whenComplete { [self] _ in
            pipeline.removeHandler(self, promise: nil)
            established.succeed(socket)
        }
        pipeline.removeHandler(name: Handshake.encoderName, promise: nil)
        pipeline.removeHandler(name: Handshake.decoderName, promise: removed)
    }

    private func refuse(_ head: HTTPResponseHead, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        let problem = Problem(document: Array(body.readableBytesView), status: Int(head.status.code))
        let mayHelpToWait = head.status.code >= 500 || problem.code == .rateLimited
        fail(mayHelpToWait ? .unreachable(problem.detail) : .refused(problem.detail), context)
    }

    private func fail(_ failure: SocketFailure, _ context: ChannelHandlerContext) {
        state = .done
        established.fail(failure)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        established.fail(SocketFailure.unreachable("\(address.authority) broke the connection"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .done = state { return context.fireErrorCaught(error) }
        established.fail(SocketFailure.unreachable("\(address.authority) does not answer in HTTP: \(error)"))
        context.close(promise: nil)
    }
}
