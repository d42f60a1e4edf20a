internal import DeskAPI
internal import NIOCore
internal import NIOHTTP1

extension Router {
    /// Answers a chat completion, whole or piece by piece.
    func complete(_ request: EdgeRequest, to responder: any CompletionResponder) async {
        let caller: Caller
        do throws(EdgeProblem) { caller = try self.caller(of: request) } catch {
            // What such clients read is their own shape; a token that is known to be wrong is nobody's.
            return await desk.complete([], thread: nil, for: .anonymous, to: responder)
        }
        let thread = request.headers.first(name: "x-conversation-id").map { String($0.prefix(200)) }
        await desk.complete(Array(request.body.readableBytesView), thread: thread, for: caller, to: responder)
    }
}
