import Foundation
import Glibc
import NIOConcurrencyHelpers

/// The built program as a process of its own, with its streams on pipes or on a terminal.
final class RunningProgram {
    let processID: pid_t
    let output: Stream
    let errors: Stream
    /// When it was started.
    let startedAt: ContinuousClock.Instant
    /// Ends when the process does, however it does.
    private let life: Stream
    /// Where it draws; a person goes on looking while it ends.
    private let terminal: PseudoTerminal?
    private var ending: Ending?

    /// How a process ended.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    /// The program, built beside the tests.
    static var path: String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return ((tests as NSString).deletingLastPathComponent as NSString).appendingPathComponent("watchdesk")
    }

    /// Starts the program with these arguments in a clean environment whose home is `home`.
    ///
    /// - Parameters:
    ///   - input: what it reads from standard input, at most 64 KiB; nothing without.
    ///   - terminal: the terminal it runs on, in place of the pipes.
    init(
        _ arguments: [String], home: String, environment: [String: String] = [:], input: String = "",
        on terminal: PseudoTerminal? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let (life, output, errors) = (try Pipe(), try Pipe(), try Pipe())
        let typed = try Pipe()
        if let terminal {
            posix_spawn_file_actions_addopen(&actions, 0, terminal.path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        } else {
            let bytes = Array(input.utf8)
            _ = write(typed.writing, bytes, bytes.count)
            posix_spawn_file_actions_adddup2(&actions, typed.reading, 0)
            posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
            posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        }
        posix_spawn_file_actions_adddup2(&actions, life.writing, 9)
        self.terminal = terminal
        startedAt = .now
        processID = try RunningProgram.spawn(
            arguments,
            environment: ["HOME": home, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            actions)
        for pipe in [life, output, errors, typed] { close(pipe.writing) }
        close(typed.reading)
        self.life = Stream(life.reading)
        self.output = Stream(output.reading)
        self.errors = Stream(errors.reading)
    }

    deinit {
        guard ending == nil else { return }
        kill(processID, SIGKILL)
        _ = waitForEnd()
    }

    private static func spawn(
        _ arguments: [String], environment: [String: String], _ actions: posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: the terminal becomes its own, and no signal of the tests' terminal reaches it.
        let newSession: Int16 = 0x80
        posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
        // The threads of the tests block signals; a shell's do not.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        var actions = actions
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var processID: pid_t = 0
        let status = Descriptors.gate.withLockedValue { _ in
            posix_spawn(&processID, path, &actions, &attributes, &words, &variables)
        }
        guard status == 0 else {
            throw NothingCame(description: "cannot start \(path): \(String(cString: strerror(status)))")
        }
        return processID
    }

    func send(_ signal: Int32) {
        kill(processID, signal)
    }

    /// Waits until the process has ended and says how.
    func end(within patience: Duration = Deadline.usual) throws -> Ending {
        if let ending { return ending }
        let deadline = Deadline(patience)
        while !life.isAtEnd {
            var watched = pollfd(fd: life.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&watched, 1, terminal == nil ? deadline.milliseconds : 10)
            terminal?.takeWhatIsDrawn()
            life.takeWhatIsThere()
            guard life.isAtEnd || !deadline.isOver else {
                throw NothingCame(description: "process \(processID) still runs; it said: \(errors.text())")
            }
        }
        return waitForEnd()
    }

    private func waitForEnd() -> Ending {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        let ending: Ending = status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
        self.ending = ending
        return ending
    }

    /// What the process has done when it ended: how, and everything it wrote.
    static func run(
        _ arguments: [String], home: String, environment: [String: String] = [:], input: String = "",
        within patience: Duration = Deadline.usual
    ) throws -> Outcome {
        let program = try RunningProgram(arguments, home: home, environment: environment, input: input)
        let output = try program.output.all(within: patience)
        let errors = try program.errors.all(within: patience)
        return Outcome(ending: try program.end(within: patience), output: output, errors: errors)
    }

    struct Outcome {
        let ending: Ending
        let output: String
        let errors: String
    }
}

/// Both ends of a line to a program: a pair of sockets, because those are closed in other programs from the first moment.
private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw NothingCame(description: "no descriptors left") }
        (reading, writing) = (ends[0], ends[1])
    }
}
