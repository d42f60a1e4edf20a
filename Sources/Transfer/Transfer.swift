internal import CCurl
internal import Threads
public import Vocabulary

/// HTTP over libcurl: requests and streams of one program, on one worker thread with kept-alive connections.
///
/// Hold it as long as requests run: when the last reference goes, they fail with ``TransferFailure/stopped``.
/// Redirects are not followed, only `http` and `https` are spoken (HTTP/1.1), certificates are verified.
public final class Transfer: Sendable {
    private let mailbox: Mailbox
    private let reach: AddressReach

    private init(mailbox: Mailbox, reach: AddressReach) {
        self.mailbox = mailbox
        self.reach = reach
    }

    deinit {
        mailbox.post(.stop)
    }

    /// Starts the worker thread.
    ///
    /// - Parameters:
    ///   - reach: which addresses requests may go to; holds for all of them, because connections are shared.
    ///   - usesEnvironmentProxy: whether `http_proxy`, `https_proxy` and `no_proxy` are obeyed.
    ///     A proxy is then what connections go to, and what `reach` judges.
    /// - Throws: ``TransferFailure/other(_:)`` when the system has no thread or memory left.
    public static func start(
        reach: AddressReach = .publicOnly, usesEnvironmentProxy: Bool = false
    ) throws(TransferFailure) -> Transfer {
        guard wd_curl_prepare() == 0 else { throw .other("libcurl could not be prepared") }
        let engine = wd_engine_open(256, 64)
        guard engine != 0 else { throw .other("no memory for libcurl") }
        let mailbox = Mailbox(engine: engine)
        do {
            try DedicatedThread.start("transfer") {
                var engine = Engine(mailbox, usesEnvironmentProxy: usesEnvironmentProxy)
                engine.run()
            }
        } catch {
            wd_engine_close(engine)
            throw .other(error.description)
        }
        return Transfer(mailbox: mailbox, reach: reach)
    }

    /// Now, by the clock that deadlines are measured with (CLOCK_MONOTONIC).
    public var now: Monotonic { .reading }

    /// Sends a request and gives the whole response, whatever its status.
    ///
    /// - Throws: ``TransferFailure``, among them `.tooLarge` above the request's limit, and `.cancelled`.
    public func request(_ request: HTTPRequest) async throws(TransferFailure) -> HTTPResponse {
        let stream = try await stream(request)
        var body: [UInt8] = []
        var chunks = stream.makeAsyncIterator()
        while let chunk = try await chunks.next() { body.append(contentsOf: chunk) }
        return HTTPResponse(head: stream.head, body: body)
    }

    /// Sends a request and gives status and headers as soon as they are there, with the body to follow.
    ///
    /// - Throws: ``TransferFailure`` when no response began.
    public func stream(_ request: HTTPRequest) async throws(TransferFailure) -> HTTPStream {
        try request.validated()
        let exchange = Exchange(request, reach: reach, mailbox: mailbox)
        let lease = HTTPStream.Lease(exchange)
        exchange.start()
        return HTTPStream(head: try await exchange.head().get(), lease: lease)
    }

    /// Ends all requests as stopped, and the worker thread; nothing can be sent after.
    public func stop() {
        mailbox.post(.stop)
    }
}
