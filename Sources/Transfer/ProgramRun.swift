internal import Glibc
internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// Runs a program once with its arguments as they are, never through a shell.
public struct ProgramRun: Sendable {
    /// The program's path and its arguments.
    public var arguments: [String]
    /// All that it finds in its environment.
    public var environment: [String: String]
    /// What it reads from standard input.
    public var input: [UInt8]
    /// How long it may run; then it and what it started are killed.
    public var patience: Duration
    /// How often it is asked whether the task was cancelled, in milliseconds.
    private static let lookAround: Int64 = 250
    /// The most bytes of its output that are kept.
    public static let outputLimit = 8192

    /// A program to be run.
    public init(arguments: [String], environment: [String: String], input: [UInt8], patience: Duration) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.patience = patience
    }

    /// How it ended.
    public enum Ending: Equatable, Sendable {
        /// With this status and these first words of its output.
        case exit(Int32, String)
        /// By this signal.
        case signal(Int32)
        /// It was killed, because it took too long.
        case tooSlow
        /// It could not be started; with the system's number for the reason.
        case notStarted(Int32)
    }

    /// Runs it on a thread of its own and waits for its end; when the task is cancelled it is killed, as ``Ending/tooSlow``.
    public func perform() async -> Ending {
        let isCancelled = NIOLockedValueBox(false)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                do throws(ThreadFailure) {
                    try DedicatedThread.start("notice-program") { continuation.resume(returning: run(isCancelled)) }
                } catch {
                    continuation.resume(returning: .notStarted(EAGAIN))
                }
            }
        } onCancel: {
            isCancelled.withLockedValue { $0 = true }
        }
    }

    private func run(_ isCancelled: NIOLockedValueBox<Bool>) -> Ending {
        var line: [Int32] = [-1, -1]
        // A pair of sockets carries both ways, and a program that does not read ends no thread with a signal.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &line) == 0 else { return .notStarted(errno) }
        defer { close(line[0]) }
        var process: pid_t = 0
        let status = spawn(on: line[1], &process)
        close(line[1])
        guard status == 0 else { return .notStarted(status) }
        let (output, isInTime) = converse(line[0], isCancelled)
        return end(process, isInTime: isInTime, output)
    }

    private func spawn(on line: Int32, _ process: inout pid_t) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        for descriptor in Int32(0)...2 { unsafe posix_spawn_file_actions_adddup2(&actions, line, descriptor) }
        // A group of its own, to be killed as a whole; and the signals that our threads block reach it.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for index in unsafe words.indices { unsafe free(words[index]) }
            for index in unsafe variables.indices { unsafe free(variables[index]) }
        }
        return unsafe posix_spawn(&process, arguments[0], &actions, &attributes, &words, &variables)
    }

    /// Gives the input and takes the output until the program closes its side or the time is over.
    private func converse(
        _ line: Int32, _ isCancelled: NIOLockedValueBox<Bool>
    ) -> (output: [UInt8], isInTime: Bool) {
        let end = ContinuousClock.now + patience
        var unsent = input[...]
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = (end - ContinuousClock.now).wholeMilliseconds
            guard left > 0, !isCancelled.withLockedValue({ $0 }) else { return (output, false) }
            let events = unsent.isEmpty ? POLLIN : POLLIN | POLLOUT
            var request = pollfd(fd: line, events: Int16(events), revents: 0)
            guard unsafe poll(&request, 1, Int32(clamping: min(left, ProgramRun.lookAround))) > 0 else { continue }
            if request.revents & Int16(POLLOUT) != 0, !unsent.isEmpty {
                let sent = unsafe unsent.withUnsafeBytes {
                    unsafe send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
                // Whoever does not read need not.
                unsent = sent < 0 && errno != EAGAIN ? [] : unsent.dropFirst(max(0, sent))
                if unsent.isEmpty { shutdown(line, Int32(SHUT_WR)) }
            }
            guard request.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { continue }
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(line, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return (output, true) }
            output += chunk.prefix(min(count, ProgramRun.outputLimit - output.count))
        }
    }

    private func end(_ process: pid_t, isInTime: Bool, _ output: [UInt8]) -> Ending {
        if !isInTime { kill(-process, SIGKILL) }
        var status: Int32 = 0
        let end = ContinuousClock.now + .seconds(1)
        // It closed its output; what still runs after a second is killed.
        while unsafe waitpid(process, &status, WNOHANG) == 0 {
            if ContinuousClock.now > end { kill(-process, SIGKILL) }
            poll(nil, 0, 5)
        }
        guard isInTime else { return .tooSlow }
        guard status & 0x7F == 0 else { return .signal(status & 0x7F) }
        return .exit(status >> 8 & 0xFF, String(decoding: output, as: UTF8.self))
    }
}
