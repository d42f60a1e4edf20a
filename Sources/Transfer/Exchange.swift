internal import CCurl
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// One request on its way, shared by the worker thread that feeds it and the task that reads it.
final class Exchange: Sendable {
    let request: HTTPRequest
    let server: String
    let reach: AddressReach
    private let mailbox: Mailbox
    private let state: NIOLockedValueBox<ExchangeState>

    init(_ request: HTTPRequest, reach: AddressReach, mailbox: Mailbox) {
        self.request = request
        self.reach = reach
        self.mailbox = mailbox
        server = serverName(in: request.url)
        state = NIOLockedValueBox(ExchangeState(request, server: server, at: .reading))
    }

    /// Changes the state under its lock, then lets a reader that got what it waited for go on.
    @discardableResult
    func update<Value>(_ change: (inout ExchangeState) -> (Value, ExchangeState.Wake?)) -> Value {
        let (value, wake) = state.withLockedValue(change)
        wake?.resume()
        return value
    }

    /// Hands the exchange to the worker.
    func start() {
        if !mailbox.post(.start(self)) { fail(.stopped) }
    }

    func end(_ failure: TransferFailure?) {
        update { ((), $0.end(failure)) }
    }

    func fail(_ failure: TransferFailure) {
        update { ((), $0.fail(failure)) }
    }

    /// Ends the exchange from the reader's side; its connection is closed unless the response was whole.
    func cancel() {
        fail(.cancelled)
        mailbox.post(.remove(self))
    }

    /// Lets the rest of the response pass unread for up to a second, so that the connection can be used again.
    func discard() {
        let isOver = state.withLockedValue { state in
            state.discard(until: .reading + .seconds(1))
            return state.isOver
        }
        if !isOver { mailbox.post(.resume(self)) }
    }

    /// Nobody can read any more: closes the connection, unless the rest is let pass anyway.
    func abandon() {
        if state.withLockedValue({ !$0.isOver && !$0.isDiscarding }) { cancel() }
    }

    func setDeadline(_ moment: Monotonic?) {
        state.withLockedValue { $0.setDeadline(moment) }
        mailbox.post(.recheck)
    }

    var nextLimit: (moment: Monotonic, phase: TransferFailure.Phase) {
        state.withLockedValue { $0.nextLimit }
    }

    var isOver: Bool { state.withLockedValue { $0.isOver } }

    func head() async -> Result<HTTPHead, TransferFailure> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in update { ((), $0.wait(.head(reader))) } }
        } onCancel: {
            cancel()
        }
    }

    func nextBytes() async -> Result<[UInt8]?, TransferFailure> {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reader in update { ((), $0.wait(.bytes(reader))) } }
        } onCancel: {
            cancel()
        }
        if state.withLockedValue({ $0.resumeIfCaughtUp(at: .reading) }) { mailbox.post(.resume(self)) }
        return result
    }
}

extension Monotonic {
    /// CLOCK_MONOTONIC now.
    static var reading: Monotonic { Monotonic(nanoseconds: wd_curl_clock()) }
}

/// Host and port of an address, for messages; never its user name, password, path or query.
func serverName(in url: String) -> String {
    let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let authority = afterScheme.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return String(authority.split(separator: "@").last ?? authority)
}

// What libcurl calls while the worker runs it. Global functions, because closure literals handed to C die at run time;
// the context is an exchange that the worker holds.

func takeHead(_ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let exchange = unsafe exchange(context) else { return -1 }
    let line = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    return exchange.update { $0.takeHead(line, at: .reading) }.rawValue
}

func takeBody(_ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let exchange = unsafe exchange(context) else { return -1 }
    return exchange.update { state in
        unsafe state.takeBody(UnsafeBufferPointer(start: bytes, count: count), at: .reading)
    }.rawValue
}

func takeCertificate(_ context: UnsafeMutableRawPointer?, _ seconds: Int64) {
    guard let exchange = unsafe exchange(context), (0...253_402_300_799).contains(seconds) else { return }
    exchange.update { ($0.takeCertificate(end: Timestamp(milliseconds: seconds * 1000)), nil) }
}

func judgeAddress(_ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let exchange = unsafe exchange(context) else { return -1 }
    let address = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    guard !exchange.reach.allows(address) else { return 1 }
    exchange.fail(.addressRefused(exchange.server))
    return 0
}

func exchange(_ context: UnsafeMutableRawPointer?) -> Exchange? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
}
