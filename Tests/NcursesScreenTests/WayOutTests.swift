import CLinux
import Glibc
import NcursesScreen
import Terminal
import Testing
import Vocabulary

/// A program of its own dies on a pseudo-terminal; what it leaves behind is looked at from here.
@Suite(.serialized) struct WayOutTests {
    /// Opens the terminal as standard input, output and error, shows a frame, and says something on standard error.
    static func open(_ path: String) throws -> Screen {
        let terminal = Glibc.open(path, O_RDWR)
        for descriptor in 0...2 { dup2(terminal, Int32(descriptor)) }
        let screen = try Screen.open(environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"])
        var frame = Frame(screen.size)
        frame.write("on the screen", at: frame.bounds.origin)
        screen.show(frame)
        let words = Array("said on standard error\n".utf8)
        write(2, words, words.count)
        return screen
    }

    /// What the screen has been told, at most five seconds later: another thread may be the one that is interrupted.
    static func nextSignals(_ screen: Screen) -> [Screen.Signal] {
        var ready = pollfd(fd: screen.signalDescriptor, events: Int16(POLLIN), revents: 0)
        poll(&ready, 1, 5000)
        return screen.takeSignals()
    }

    /// Stays until the signal that was sent ends the process; five seconds without one are a success, and so a failure.
    static func waitForTheEnd(_ screen: Screen) -> Never {
        poll(nil, 0, 5000)
        screen.close()
        exit(0)
    }

    @Test func `a crash gives the terminal back and then shows what was said`() async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
            let screen = try WayOutTests.open(path)
            kill(getpid(), SIGSEGV)
            WayOutTests.waitForTheEnd(screen)
        }
        try expectRestored(terminal, before)
    }

    @Test func `a failed precondition does so too, with its message`() async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .failure) { [path = path as String] in
            let screen = try WayOutTests.open(path)
            let rows: [Int] = []
            print(rows[screen.size.rows])
        }
        try expectRestored(terminal, before)
    }

    @Test func `a stack overflow does so too`() async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
            let screen = try WayOutTests.open(path)
            print(descend(screen.size.columns))
        }
        try expectRestored(terminal, before)
    }

    @Test(arguments: [SIGQUIT, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGSYS, SIGTRAP])
    func `every deadly signal does so`(signal: Int32) async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .failure) { [path = path as String, signal = signal as Int32] in
            let screen = try WayOutTests.open(path)
            kill(getpid(), signal)
            WayOutTests.waitForTheEnd(screen)
        }
        try expectRestored(terminal, before)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `a wish to end is passed on, and the second one is obeyed at once`(signal: Int32) async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .failure) { [path = path as String, signal = signal as Int32] in
            let screen = try WayOutTests.open(path)
            kill(getpid(), signal)
            guard WayOutTests.nextSignals(screen) == [.exitWanted] else { exit(0) }
            kill(getpid(), signal)
            WayOutTests.waitForTheEnd(screen)
        }
        try expectRestored(terminal, before)
    }

    @Test func `a clean end shows what was said`() async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let path = terminal.path
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
            let screen = try WayOutTests.open(path)
            kill(getpid(), SIGWINCH)
            guard WayOutTests.nextSignals(screen) == [.resized], screen.takeSignals() == [] else { exit(1) }
            screen.close()
            exit(7)
        }
        try expectRestored(terminal, before)
    }

    private func expectRestored(_ terminal: PseudoTerminal, _ before: [UInt32]) throws {
        let bytes = terminal.output()
        #expect(terminal.modes == before)
        var model = TerminalModel(Size(columns: 80, rows: 24))
        model.take(bytes)
        #expect(!model.isOnSecondScreen && model.isCursorVisible)
        #expect(model.modes.isDisjoint(with: ["?2004", "?1004", "?2026", "?1000"]))
        let text = String(decoding: bytes, as: UTF8.self)
        let screenEnd = try #require(text.ranges(of: "\u{1B}[?1049l").last)
        #expect(text[screenEnd.upperBound...].contains("said on standard error"))
        #expect(!text[..<screenEnd.lowerBound].contains("said on standard error"))
    }
}

/// Runs out of stack.
@inline(never) private func descend(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
        buffer[0] = UInt8(truncatingIfNeeded: depth)
        return descend(depth + 1) + Int(buffer[0])
    }
}
