internal import CLinux
internal import Glibc
public import Vocabulary

extension ProcessSignal {
    fileprivate var number: Int32 {
        switch self {
        case .terminate: SIGTERM
        case .kill: SIGKILL
        case .hangUp: SIGHUP
        case .interrupt: SIGINT
        case .stop: SIGSTOP
        case .proceed: SIGCONT
        case .user1: SIGUSR1
        case .user2: SIGUSR2
        }
    }
}

/// Why no signal was sent.
public enum SignalFailure: Error, Equatable, Sendable {
    /// The files are of another host or another container: the numbers mean other processes there.
    case elsewhere
    /// Process 1, without which the machine or the container ends.
    case isInit
    /// The process that asks.
    case isOwn
    /// A part of the kernel, which takes no signals.
    case isKernel
    /// There is no such process.
    case gone
    /// The number belongs to another process now.
    case reused
    /// The system does not allow it.
    case notPermitted
    /// The system refused for another reason.
    case refused(errno: Int32)
}

/// A hold on one process: what is sent through it reaches that process, and never another that got its number.
public final class ProcessHandle: Sendable {
    /// The name of the process when it was taken hold of, as the kernel keeps it.
    public let name: [UInt8]
    /// The user that it runs as; `nil` when it went away meanwhile.
    public let owner: UInt32?

    private let identity: ProcessIdentity
    private let folder: ProcessFolder
    /// -1 on kernels before 5.3, which have no such descriptors.
    private let descriptor: Int32

    /// Takes hold of a process.
    ///
    /// The descriptor comes first and the check after it: when the start is right then, the descriptor means the right
    /// process, or one that has ended, which takes no signal.
    ///
    /// - Throws: ``SignalFailure``; process 1, this process and parts of the kernel are refused.
    public init(_ identity: ProcessIdentity, root: String = "/") throws(SignalFailure) {
        guard root == "/", let folder = ProcessFolder(root: "") else { throw .elsewhere }
        guard identity.pid > 1 else { throw .isInit }
        guard identity.pid != getpid() else { throw .isOwn }
        let descriptor = wd_process_handle(identity.pid)
        let fault = errno
        guard descriptor >= 0 || fault == ENOSYS || fault == EPERM else { throw .gone }
        do throws(SignalFailure) {
            name = try ProcessHandle.check(identity, in: folder)
        } catch {
            if descriptor >= 0 { close(descriptor) }
            throw error
        }
        self.identity = identity
        self.folder = folder
        self.descriptor = descriptor
        owner = folder.owner(of: identity.pid)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Sends a signal.
    ///
    /// - Throws: ``SignalFailure``.
    public func send(_ signal: ProcessSignal) throws(SignalFailure) {
        if descriptor >= 0 {
            guard wd_signal_handle(descriptor, signal.number) != 0 else { return }
        } else {
            // Between this check and the signal the number can change hands; such a kernel has nothing better.
            _ = try ProcessHandle.check(identity, in: folder)
            guard kill(identity.pid, signal.number) != 0 else { return }
        }
        switch errno {
        case ESRCH: throw .gone
        case EPERM: throw .notPermitted
        case let code: throw .refused(errno: code)
        }
    }

    /// The name of the process, if it is the one that is meant.
    private static func check(
        _ identity: ProcessIdentity, in folder: ProcessFolder
    ) throws(SignalFailure) -> [UInt8] {
        var line = [UInt8](repeating: 0, count: 2048)
        guard let count = folder.read("stat", of: identity.pid, into: &line),
            let stat = ProcessStat.parse(line.span.extracting(0..<count))
        else { throw .gone }
        guard stat.started == identity.started else { throw .reused }
        guard !stat.isKernelThread else { throw .isKernel }
        return Array(line[stat.name])
    }
}
