internal import NIOCore
internal import NIOWebSocket
internal import Vocabulary

/// Speaks WebSocket for the handler behind it: control frames, closing, and the strictness of ``StrictFrames``.
///
/// Behind it arrive ``Incoming`` values; what that handler writes must be whole frames (``ServerFrame``).
final class WebSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = Incoming
    typealias OutboundOut = ByteBuffer

    /// What arrives behind this handler.
    enum Incoming {
        /// A whole text message, valid UTF-8.
        case text(ByteBuffer)
        /// A whole binary message.
        case binary(ByteBuffer)
        /// A control frame: the peer is alive.
        case control
    }

    private enum State {
        case open
        case closing
    }

    private let farewellTime: TimeAmount
    private var frames: StrictFrames
    private var state = State.open
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?

    /// How long a peer that reads slowly, or not for a while, may take until it hears why.
    private static let patience = TimeAmount.seconds(30)

    /// - Parameter farewellTime: how long the peer may take to close its side once it was told why.
    init(messageBytes: Int, fragments: Int, farewellTime: Duration) {
        self.farewellTime = .milliseconds(farewellTime.wholeMilliseconds)
        frames = StrictFrames(messageBytes: messageBytes, fragments: fragments)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = state else { return }
        switch frames.take(unwrapInboundIn(data)) {
        case .nothing: context.fireChannelRead(wrapInboundOut(.control))
        case .text(let message): context.fireChannelRead(wrapInboundOut(.text(message)))
        case .binary(let message): context.fireChannelRead(wrapInboundOut(.binary(message)))
        case .pong: context.fireChannelRead(wrapInboundOut(.control))
        case .ping(let payload):
            // A peer that takes nothing gets no pongs: they would wait without limit.
            if context.channel.isWritable {
                context.writeAndFlush(wrapOutboundOut(ServerFrame.pong(payload)), promise: nil)
            }
            context.fireChannelRead(wrapInboundOut(.control))
        case .closed(let code): end(context, code, "")
        case .violation(let code, let reason): end(context, code, reason)
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        deadline?.cancel()
        deadline = nil
    }

    /// Ends the connection with a code; nothing can be sent afterwards.
    func close(_ code: CloseCode, _ reason: String) {
        guard case .open = state, let context else { return }
        end(context, code, reason)
    }

    private func end(_ context: ChannelHandlerContext, _ code: CloseCode?, _ reason: String) {
        state = .closing
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { [farewellTime] in
            // Only our direction at first: closing both could throw away the close frame together with unread input.
            context.close(mode: .output, promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: farewellTime) {
                context.close(promise: nil)
            }
        }
        context.writeAndFlush(wrapOutboundOut(ServerFrame.close(code, reason)), promise: written)
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: WebSocketHandler.patience) {
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .open = state else { return context.close(promise: nil) }
        switch error as? NIOWebSocketError {
        case .invalidFrameLength?: end(context, .tooLarge, "the message is too large")
        case nil: context.close(promise: nil)
        default: end(context, .protocolError, "control frames must be whole and have at most 125 bytes")
        }
    }
}
