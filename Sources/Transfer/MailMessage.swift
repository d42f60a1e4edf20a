internal import CCurl
internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// One e-mail and the server that takes it, by SMTP (RFC 5321) over libcurl on a thread of its own.
public struct MailMessage: Sendable {
    /// How the server is spoken to.
    public enum Encryption: Sendable {
        /// In the open first, then encrypted; a server that cannot is refused.
        case starttls
        /// Encrypted from the first byte.
        case implicit
        /// Not at all.
        case none
    }

    /// The server's name or address.
    public var host: String
    /// Its port.
    public var port: Int
    /// How it is spoken to.
    public var encryption: Encryption
    /// A file of certificates to trust in place of the system's.
    public var authority: String?
    /// Who logs in, and the password.
    public var login: (user: String, password: String)?
    /// The sender's address.
    public var from: String
    /// The receivers' addresses.
    public var to: [String]
    /// Head and body with CRLF line ends; dots at the beginning of lines are doubled on the way.
    public var text: String
    /// How long everything together may take.
    public var patience: Duration

    /// A message for a server.
    public init(
        host: String, port: Int, encryption: Encryption, from: String, to: [String], text: String, patience: Duration
    ) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.from = from
        self.to = to
        self.text = text
        self.patience = patience
    }

    /// Why a message was not taken.
    public enum Failure: Error, Equatable, Sendable {
        /// The server said no with this code, 400 to 599; from 500 on it would say no again.
        case refused(code: Int)
        /// The server or the way to it failed; it may have the message when the connection broke after its last byte.
        case transfer(TransferFailure)
    }

    /// Sends the message; it was taken by the server for every receiver when this returns.
    ///
    /// - Parameter reach: Which addresses the connection may go to.
    /// - Throws: ``Failure``; `.transfer(.cancelled)` at most a second after the task was cancelled.
    public func send(reach: AddressReach) async throws(Failure) {
        let run = MailRun(reach: reach, server: "\(host):\(port)")
        let outcome: Result<Void, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                do throws(ThreadFailure) {
                    try DedicatedThread.start("mail") { continuation.resume(returning: perform(run)) }
                } catch {
                    continuation.resume(returning: .failure(.transfer(.other(error.description))))
                }
            }
        } onCancel: {
            run.isCancelled.withLockedValue { $0 = true }
        }
        try outcome.get()
    }

    private func perform(_ run: MailRun) -> Result<Void, Failure> {
        let context = unsafe Unmanaged.passUnretained(run).toOpaque()
        wd_curl_block_signals()
        let scheme = encryption == .implicit ? "smtps" : "smtp"
        let mail = unsafe wd_mail_open(
            context, judgeMailAddress, isMailCancelled, "\(scheme)://\(host):\(port)/watchdesk", from)
        guard mail != 0 else { return .failure(.transfer(.other("no memory for a mail"))) }
        defer { wd_mail_close(mail) }
        for address in to {
            guard unsafe wd_mail_to(mail, address) == 0 else { return .failure(.transfer(.other("no memory"))) }
        }
        if let login { unsafe wd_mail_login(mail, login.user, login.password) }
        if let authority { unsafe wd_mail_trust(mail, authority) }
        var text = text
        let code = text.withUTF8 { bytes in
            unsafe wd_mail_send(
                mail, bytes.baseAddress, bytes.count, encryption == .none ? 0 : 1, Int(patience.wholeMilliseconds))
        }
        return verdict(code, mail, run)
    }

    private func verdict(_ code: Int32, _ mail: wd_mail, _ run: MailRun) -> Result<Void, Failure> {
        let kind = Character(Unicode.Scalar(UInt8(bitPattern: wd_curl_kind_of(code))))
        if kind == "o" { return .success(()) }
        if let failure = run.failure.withLockedValue({ $0 }) { return .failure(.transfer(failure)) }
        if run.isCancelled.withLockedValue({ $0 }) { return .failure(.transfer(.cancelled)) }
        let answer = wd_mail_answer(mail)
        if (400...599).contains(answer) { return .failure(.refused(code: answer)) }
        let server = run.server
        let words = unsafe String(cString: wd_mail_fault(mail))
        let failure: TransferFailure =
            switch kind {
            case "r": .unresolved(server: server)
            case "c": .refused(server: server)
            case "t": .timedOut(.total, server: server)
            case "s": .tls(words.isEmpty ? "TLS fault \(code)" : words)
            case "p": .cut(server: server)
            default: .other(words.isEmpty ? "libcurl fault \(code)" : words)
            }
        return .failure(.transfer(failure))
    }
}

/// One attempt, shared with libcurl's callbacks.
private final class MailRun: Sendable {
    let reach: AddressReach
    let server: String
    let failure = NIOLockedValueBox<TransferFailure?>(nil)
    let isCancelled = NIOLockedValueBox(false)

    init(reach: AddressReach, server: String) {
        self.reach = reach
        self.server = server
    }
}

// Global functions, because closure literals handed to C die at run time.

private func judgeMailAddress(
    _ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int
) -> Int32 {
    guard let run = unsafe mailRun(context) else { return -1 }
    let address = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    guard !run.reach.allows(address) else { return 1 }
    run.failure.withLockedValue { $0 = .addressRefused(run.server) }
    return 0
}

private func isMailCancelled(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let run = unsafe mailRun(context) else { return 1 }
    return run.isCancelled.withLockedValue { $0 } ? 1 : 0
}

private func mailRun(_ context: UnsafeMutableRawPointer?) -> MailRun? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<MailRun>.fromOpaque(context).takeUnretainedValue()
}
