internal import DeskAPI
internal import NIOCore
internal import Vocabulary

/// Answers that are streams of events.
extension EdgeHandler {
    /// Begins to tell a client what happens in rooms.
    func tellEvents(_ request: EdgeRequest, query: String, _ context: ChannelHandlerContext) {
        do throws(EdgeProblem) {
            let stream = EventStream(
                try EventsPlan(request, query: query, router: router), hub: upgrade.hub, edge: self)
            events = stream
            stream.open(on: context.eventLoop)
        } catch {
            answered(EdgeResponse(error), context)
        }
    }

    /// Answers with a problem instead.
    func refuseEvents(_ problem: Problem) {
        events = nil
        answeredLater(EdgeResponse(EdgeProblem(problem)))
    }

    /// Writes a piece; ``EventStream/flush()`` sends it.
    func write(_ piece: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(piece), promise: nil)
    }

    /// Ends the answer and the connection.
    func endEvents(after last: ByteBuffer) {
        events = nil
        guard let context else { return }
        guard case .streaming(let asked) = phase else {
            return answered(
                EdgeResponse(
                    EdgeProblem(Problem(.unavailable, "it ended before it began; try again in a moment", retryAfter: 2))
                ), context)
        }
        let now = Monotonic.onLoop
        worker.meter.answered(status: 200, took: now.nanoseconds - asked.startedAt.nanoseconds, at: now)
        var last = last
        last.writeStaticString("0\r\n\r\n")
        leave(context, after: last)
    }
}
