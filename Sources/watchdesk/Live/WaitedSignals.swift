internal import Glibc
internal import Threads

/// Signals that are waited for instead of interrupting: block them before other threads start.
struct WaitedSignals: Sendable {
    private let set: sigset_t

    /// Blocks these signals for this thread and all it starts.
    init(_ signals: [Int32]) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    /// Lets every signal through again, whatever the parent process blocked.
    static func unblockAll() {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
    }

    /// Waits for one of them and says which came.
    @discardableResult
    func wait() -> Int32 {
        var set = set
        var signal: Int32 = 0
        while unsafe sigwait(&set, &signal) != 0 {}
        return signal
    }

    /// Whether one of them has come; takes it.
    func takeOne() -> Bool {
        var set = set
        var none = timespec()
        return unsafe sigtimedwait(&set, nil, &none) > 0
    }

    /// From now on another of them ends the process at once, as an impatient person wants.
    func endOnNext() {
        do {
            try DedicatedThread.start("second-signal") {
                let signal = wait()
                _exit(128 + signal)
            }
        } catch {
            Output.complain("watchdesk: \(error)")
        }
    }
}
