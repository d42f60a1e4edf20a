internal import NIOCore
internal import NIOWebSocket

/// Puts a gateway's frames together to messages, and answers its pings.
final class MessageAssembly: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = SocketEvent
    typealias OutboundIn = String
    typealias OutboundOut = WebSocketFrame

    private var partial: ByteBuffer?

    /// A gateway's largest message: what was missed, about 1 MiB, and room to spare.
    static let maximumBytes = 8 << 20

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: take(frame.unmaskedData, isWhole: frame.fin, context)
        case .continuation:
            guard var message = partial else { return fail(context) }
            var rest = frame.unmaskedData
            message.writeBuffer(&rest)
            take(message, isWhole: frame.fin, context)
        case .ping: write(.pong, frame.unmaskedData, context)
        case .connectionClose: closed(frame.unmaskedData, context)
        case .pong: break
        default: fail(context)
        }
    }

    private func take(_ message: ByteBuffer, isWhole: Bool, _ context: ChannelHandlerContext) {
        guard message.readableBytes <= MessageAssembly.maximumBytes else { return fail(context) }
        partial = isWhole ? nil : message
        guard isWhole else { return }
        context.fireChannelRead(wrapInboundOut(.text(String(buffer: message))))
    }

    private func closed(_ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        var payload = payload
        let code = Int(payload.readInteger(as: UInt16.self) ?? 1005)
        context.fireChannelRead(wrapInboundOut(.closed(code: code, reason: String(buffer: payload))))
        write(.connectionClose, ByteBuffer(integer: UInt16(code == 1005 ? 1000 : code)), context)
        context.close(promise: nil)
    }

    private func fail(_ context: ChannelHandlerContext) {
        write(.connectionClose, ByteBuffer(integer: 1002 as UInt16), context)
        context.close(promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let frame = WebSocketFrame(
            fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(string: unwrapOutboundIn(data)))
        context.write(wrapOutboundOut(frame), promise: promise)
    }

    private func write(_ opcode: WebSocketOpcode, _ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: payload)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The gateway pings several times a minute: so much silence is a dead connection.
        if event is IdleStateHandler.IdleStateEvent { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
