public import DeskAPI
internal import Host
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension Processes {
    /// Sends a signal to a process of this host.
    ///
    /// The audit trail has it before it is sent: what cannot be written down is not done. What the system then refuses
    /// is written down too.
    ///
    /// - Throws: ``Problem`` `.notFound` when the process has gone, `.staleRevision` when its number belongs to another,
    ///   `.forbidden` for process 1, the gateway itself, parts of the kernel, and where the gateway's user may not;
    ///   ``StorageFailure``.
    public func signal(
        _ request: SignalProcess, by caller: Caller, at now: Timestamp, monotonic: Monotonic
    ) async throws -> SignalDelivery {
        let identity = ProcessIdentity(
            pid: Int32(clamping: request.pid), started: UInt64(clamping: request.started))
        let handle = try Processes.refusing(request) { () throws(SignalFailure) in
            try ProcessHandle(identity, root: root)
        }
        var delivery = SignalDelivery()
        delivery.pid = request.pid
        delivery.name = SafeText(untrustedBytes: handle.name, limit: 64).oneLine.text
        delivery.user =
            handle.owner.map { owner in users.withLockedValue { $0.name(of: owner, at: monotonic) } } ?? "n/a"
        delivery.signal = request.signal
        delivery.at = now
        try await record("process.signal", delivery, "", by: caller)
        do {
            try Processes.refusing(request) { () throws(SignalFailure) in try handle.send(request.signal) }
        } catch {
            try await record("process.signal-failed", delivery, ": \(error.detail)", by: caller)
            throw error
        }
        return delivery
    }

    private func record(
        _ action: String, _ delivery: SignalDelivery, _ outcome: String, by caller: Caller
    ) async throws {
        let draft = AuditTrail.Draft(
            at: delivery.at, actor: caller.actor, actorName: caller.name, action: action,
            subject: "process:\(delivery.pid)",
            detail: "\(delivery.signal.rawValue) to \(delivery.name) of \(delivery.user)\(outcome)")
        try await audit.write { transaction in _ = try AuditTrail.append(draft, in: transaction) }
    }

    private static func refusing<Success>(
        _ request: SignalProcess, _ body: () throws(SignalFailure) -> Success
    ) throws(Problem) -> Success {
        do throws(SignalFailure) {
            return try body()
        } catch {
            throw Problem(error, pid: request.pid, signal: request.signal)
        }
    }
}

extension Problem {
    fileprivate init(_ failure: SignalFailure, pid: Int64, signal: ProcessSignal) {
        switch failure {
        case .elsewhere:
            self.init(
                .forbidden, "this gateway reads the processes of another system, where it cannot send signals")
        case .isInit:
            self.init(.forbidden, "process 1 keeps the machine going; it is not signalled from here")
        case .isOwn:
            self.init(
                .forbidden, "process \(pid) is this gateway itself; end it where it was started, or with systemctl")
        case .isKernel: self.init(.forbidden, "process \(pid) is a part of the kernel, which takes no signals")
        case .gone: self.init(.notFound, "there is no process \(pid) any more")
        case .reused:
            self.init(
                .staleRevision, "process \(pid) is another one now than the one that was meant; look at the list again")
        case .notPermitted:
            self.init(
                .forbidden, "the system does not let the gateway's user send \(signal.rawValue) to process \(pid)")
        case .refused(let code):
            self.init(
                .internalFailure, "the system refused to send \(signal.rawValue) to process \(pid) (errno \(code))")
        }
    }
}
