internal import NIOCore
internal import NIOHTTP1
internal import Vocabulary

/// Answers that are written piece by piece.
extension EdgeHandler {
    /// Whether an answer is being made or written.
    var isAnswering: Bool {
        switch phase {
        case .answering, .streaming: true
        case .waiting, .receiving, .leaving, .upgraded: false
        }
    }

    /// Has a chat completion answered.
    func complete(_ request: EdgeRequest, _ context: ChannelHandlerContext) {
        let answer = StreamedAnswer(self, of: worker, on: context.eventLoop)
        let router = router
        work = Task { await router.complete(request, to: answer) }
    }

    /// Writes the head of an answer whose pieces follow.
    func beginStream(_ head: EdgeResponse) {
        guard let context, case .answering(let asked) = phase else { return }
        let buffer = bytes.write(head, headOnly: false, closing: !asked.keepsAlive, at: worker.now())
        phase = .streaming(asked)
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Writes a piece; whoever made it is told when the next is welcome, or that the client is gone.
    func writeStream(_ piece: [UInt8], _ done: @escaping (Bool) -> Void) {
        guard let context, case .streaming = phase, context.channel.isActive else { return done(false) }
        context.writeAndFlush(wrapOutboundOut(ResponseBytes.piece(piece)), promise: nil)
        if context.channel.isWritable { done(true) } else { patient = done }
    }

    /// Ends the answer, and takes the next request.
    func endStream() {
        guard let context, case .streaming(let asked) = phase else { return }
        work = nil
        let now = Monotonic.onLoop
        worker.meter.answered(status: 200, took: now.nanoseconds - asked.startedAt.nanoseconds, at: now)
        let last = ByteBuffer(string: "0\r\n\r\n")
        if !asked.keepsAlive || isDraining || (isInputClosed && waiting.isEmpty) { return leave(context, after: last) }
        context.writeAndFlush(wrapOutboundOut(last), promise: nil)
        phase = .waiting
        clock.enter(.idle, at: now)
        goOn(context)
    }

    /// The client is gone: nothing more is made for it.
    func giveUpAnswer() {
        events?.leave()
        events = nil
        work?.cancel()
        work = nil
        let waits = patient
        patient = nil
        waits?(false)
    }
}
