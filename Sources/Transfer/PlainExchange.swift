internal import Glibc
internal import Threads
internal import Vocabulary

/// One question and one answer over a plain TCP connection, for protocols that are no HTTP; every step has its limit.
public struct PlainExchange: Sendable {
    /// A name or an address.
    public var host: String
    /// The port.
    public var port: Int
    /// What is sent when the connection stands; nothing only connects.
    public var question: [UInt8]
    /// How long everything together may take; a name server that is slow can take longer.
    public var patience: Duration
    /// The most bytes that are read of the answer.
    public var limit = 512

    /// An exchange with a server.
    public init(host: String, port: Int, question: [UInt8] = [], patience: Duration) {
        self.host = host
        self.port = port
        self.question = question
        self.patience = patience
    }

    /// Connects, asks, and gives the first bytes that come; none without a question.
    ///
    /// It runs on a thread of its own, which a slow name server keeps busy for a while.
    ///
    /// - Throws: ``TransferFailure``.
    public func perform() async throws(TransferFailure) -> [UInt8] {
        let outcome: Result<[UInt8], TransferFailure> = await withCheckedContinuation { continuation in
            do throws(ThreadFailure) {
                try DedicatedThread.start("plain-exchange") {
                    do throws(TransferFailure) {
                        continuation.resume(returning: .success(try run()))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            } catch {
                continuation.resume(returning: .failure(.other(error.description)))
            }
        }
        return try outcome.get()
    }

    private var server: String { "\(host):\(port)" }

    private func run() throws(TransferFailure) -> [UInt8] {
        let end = SuspendingClock.now + patience
        let descriptor = try connect(until: end)
        defer { close(descriptor) }
        guard !question.isEmpty else { return [] }
        let sent = unsafe question.withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == question.count else { throw .cut(server: server) }
        guard wait(descriptor, for: POLLIN, until: end) else { throw .timedOut(.firstByte, server: server) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw .cut(server: server) }
        return Array(bytes.prefix(count))
    }

    /// A connection to the first of the host's addresses that accepts one.
    private func connect(until end: SuspendingClock.Instant) throws(TransferFailure) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { throw .unresolved(server: host) }
        defer { unsafe freeaddrinfo(list) }
        var failure = TransferFailure.unresolved(server: host)
        var next = unsafe list
        while let address = unsafe next {
            let kind = unsafe address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
            let descriptor = unsafe socket(address.pointee.ai_family, kind, address.pointee.ai_protocol)
            if descriptor >= 0 {
                let started = unsafe Glibc.connect(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
                if started == 0 || (errno == EINPROGRESS && wait(descriptor, for: POLLOUT, until: end)) {
                    if isConnected(descriptor) { return descriptor }
                    failure = .refused(server: server)
                } else {
                    failure = errno == ECONNREFUSED ? .refused(server: server) : .timedOut(.connect, server: server)
                }
                close(descriptor)
            }
            unsafe next = address.pointee.ai_next
        }
        throw failure
    }

    private func isConnected(_ descriptor: Int32) -> Bool {
        var code: Int32 = 0
        var size = socklen_t(4)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code == 0
    }

    private func wait(_ descriptor: Int32, for event: Int32, until end: SuspendingClock.Instant) -> Bool {
        while true {
            let left = (end - SuspendingClock.now).wholeMilliseconds
            guard left > 0 else { return false }
            var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let status = unsafe poll(&request, 1, Int32(clamping: left))
            if status > 0 { return true }
            if status < 0, errno != EINTR { return false }
        }
    }
}
