internal import NIOCore

/// Stands before the HTTP decoder and notices bytes, so that a request that never becomes whole is noticed too.
final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    var heard: () -> Void = {}

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        heard()
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        heard = {}
    }
}
