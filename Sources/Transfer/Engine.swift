internal import CCurl
internal import Vocabulary

/// The worker thread's side: owns libcurl's handles, and nobody else touches them.
struct Engine {
    private struct Running {
        let exchange: Exchange
        let handle: wd_exchange
    }

    private let mailbox: Mailbox
    private let usesEnvironmentProxy: Bool
    private var running: [ObjectIdentifier: Running] = [:]

    init(_ mailbox: Mailbox, usesEnvironmentProxy: Bool) {
        self.mailbox = mailbox
        self.usesEnvironmentProxy = usesEnvironmentProxy
    }

    /// Works until it is told to stop; what still runs then fails as stopped.
    mutating func run() {
        wd_curl_block_signals()
        while true {
            for command in mailbox.take() {
                guard obey(command) else { return stop() }
            }
            guard wd_engine_run(mailbox.engine) == 0 else { return stop() }
            reap()
            let wait = expire(at: .reading)
            wd_engine_wait(mailbox.engine, wait)
        }
    }

    private mutating func obey(_ command: Mailbox.Command) -> Bool {
        switch command {
        case .start(let exchange): start(exchange)
        case .resume(let exchange):
            if let running = running[ObjectIdentifier(exchange)] { wd_exchange_resume(running.handle) }
        case .remove(let exchange): remove(exchange)
        case .recheck: break
        case .stop: return false
        }
        return true
    }

    private mutating func start(_ exchange: Exchange) {
        guard !exchange.isOver else { return }
        let context = unsafe Unmanaged.passUnretained(exchange).toOpaque()
        let handle = unsafe wd_exchange_open(context, takeHead, takeBody, judgeAddress)
        guard handle != 0 else { return exchange.end(.other("no memory for another request")) }
        running[ObjectIdentifier(exchange)] = Running(exchange: exchange, handle: handle)
        guard prepare(handle, for: exchange.request) else {
            exchange.end(.invalidRequest("libcurl does not accept the address \"\(exchange.request.url)\""))
            return remove(exchange)
        }
        let patience = max(1, Int(exchange.request.patience.connect.wholeMilliseconds))
        if wd_exchange_start(handle, mailbox.engine, patience, usesEnvironmentProxy ? 1 : 0) != 0 {
            exchange.end(.other("libcurl did not start the request"))
            remove(exchange)
        }
    }

    private func prepare(_ handle: wd_exchange, for request: HTTPRequest) -> Bool {
        guard unsafe wd_exchange_target(handle, request.method.rawValue, request.url) == 0 else { return false }
        if request.wantsCertificateEnd { unsafe wd_exchange_watch_certificate(handle, takeCertificate) }
        if request.isSentOnce { wd_exchange_send_once(handle) }
        if let authority = request.authority {
            guard unsafe wd_exchange_trust(handle, authority) == 0 else { return false }
        }
        // An empty Expect header keeps libcurl from asking leave before each larger body.
        guard unsafe wd_exchange_header(handle, "Expect:") == 0 else { return false }
        for header in request.headers {
            // A colon without a value would remove the header; a semicolon sends it empty.
            let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
            guard unsafe wd_exchange_header(handle, line) == 0 else { return false }
        }
        guard let body = request.body ?? (request.method.needsBody ? [] : nil) else { return true }
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            // libcurl would claim that it is a web form.
            guard unsafe wd_exchange_header(handle, "Content-Type:") == 0 else { return false }
        }
        return unsafe body.withUnsafeBufferPointer { bytes in
            unsafe wd_exchange_body(handle, bytes.baseAddress, bytes.count) == 0
        }
    }

    private mutating func remove(_ exchange: Exchange) {
        guard let running = running.removeValue(forKey: ObjectIdentifier(exchange)) else { return }
        wd_exchange_close(running.handle)
    }

    private mutating func reap() {
        var context: UnsafeMutableRawPointer?
        var code: Int32 = 0
        while unsafe wd_engine_next_ended(mailbox.engine, &context, &code) == 1 {
            guard let exchange = unsafe exchange(context), let running = running[ObjectIdentifier(exchange)] else {
                continue
            }
            exchange.end(failure(code, of: running))
            remove(exchange)
        }
    }

    private func failure(_ code: Int32, of running: Running) -> TransferFailure? {
        let server = running.exchange.server
        let words = unsafe String(cString: wd_exchange_fault(running.handle))
        return switch Character(Unicode.Scalar(UInt8(bitPattern: wd_curl_kind_of(code)))) {
        case "o": nil
        case "r": .unresolved(server: server)
        case "c": .refused(server: server)
        case "t": .timedOut(.connect, server: server)
        case "s": .tls(words.isEmpty ? "TLS fault \(code)" : words)
        case "p": .cut(server: server)
        case "m": .malformed(server: server)
        case "u": .invalidRequest("\"\(running.exchange.request.url)\" is no address")
        default: .other(words.isEmpty ? "libcurl fault \(code)" : words)
        }
    }

    /// Ends what is past a limit; gives the milliseconds until the next limit passes.
    private mutating func expire(at now: Monotonic) -> Int32 {
        var wait = Duration.seconds(60)
        for running in running.values {
            let limit = running.exchange.nextLimit
            if limit.moment <= now {
                running.exchange.end(.timedOut(limit.phase, server: running.exchange.server))
                remove(running.exchange)
            } else {
                wait = min(wait, limit.moment - now)
            }
        }
        // Rounded up, so that the limit has passed when the wait ends.
        return Int32(wait.wholeMilliseconds + 1)
    }

    private mutating func stop() {
        for command in mailbox.close() {
            if case .start(let exchange) = command { exchange.end(.stopped) }
        }
        for running in running.values {
            running.exchange.end(.stopped)
            wd_exchange_close(running.handle)
        }
        running = [:]
        wd_engine_close(mailbox.engine)
    }
}

extension HTTPRequest.Method {
    /// Whether servers expect a length even when nothing is sent along.
    fileprivate var needsBody: Bool { self == .post || self == .put || self == .patch }
}
