internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import NIOCore

/// The answer to one request that is made elsewhere and written on its connection's loop.
struct StreamedAnswer: CompletionResponder {
    private let worker: Worker
    private let handler: NIOLoopBound<EdgeHandler>

    init(_ handler: EdgeHandler, of worker: Worker, on loop: any EventLoop) {
        self.worker = worker
        self.handler = NIOLoopBound(handler, eventLoop: loop)
    }

    func answer(status: Int, headers: [(name: String, value: String)], body: [UInt8]) async {
        var response = EdgeResponse.json(body, status: status)
        response.headers = headers.map { EdgeResponse.Header($0.name, $0.value) }
        let (whole, handler) = (response, handler)
        worker.execute { handler.value.answeredLater(whole) }
    }

    func begin(headers: [(name: String, value: String)]) async {
        var response = EdgeResponse(status: 200, content: .events)
        response.headers = headers.map { EdgeResponse.Header($0.name, $0.value) }
        let (head, handler) = (response, handler)
        worker.execute { handler.value.beginStream(head) }
    }

    func write(_ bytes: [UInt8]) async -> Bool {
        let handler = handler
        return await withCheckedContinuation { continuation in
            let isTaken = worker.perform {
                handler.value.writeStream(bytes) { continuation.resume(returning: $0) }
            }
            if !isTaken { continuation.resume(returning: false) }
        }
    }

    func end() async {
        let handler = handler
        worker.execute { handler.value.endStream() }
    }
}
