internal import CLinux
internal import Glibc

/// Starts operating-system threads, for C calls that block; Swift's own pool must never wait in one.
public enum DedicatedThread {
    /// Runs `body` on a new detached thread with this name (15 bytes are kept) and a stack of 1 MiB.
    ///
    /// - Throws: ``ThreadFailure`` when the system has no thread left.
    public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
        let errand = unsafe Unmanaged.passRetained(Errand(name: name, body: body))
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, 1 << 20)
        defer { unsafe pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, &attributes, runErrand, errand.toOpaque())
        guard status == 0 else {
            unsafe errand.release()
            throw ThreadFailure.notStarted(errno: status)
        }
    }
}

/// Why a thread could not be started.
public enum ThreadFailure: Error, Equatable, CustomStringConvertible {
    /// The system refused; usually the process limit was reached (`ulimit -u`).
    case notStarted(errno: Int32)

    /// The reason and the remedy in one line.
    public var description: String {
        switch self {
        case .notStarted(let code): "the system refused another thread (errno \(code)); raise the limit: ulimit -u"
        }
    }
}

/// What a new thread is to do.
private final class Errand: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

/// A global function, because a closure literal passed to C dies at run time when made on the main actor.
private func runErrand(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    let errand = unsafe Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue()
    unsafe errand.name.withCString { name in unsafe wd_name_thread(name) }
    errand.body()
    return nil
}
