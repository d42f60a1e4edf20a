import Glibc
import JSON
import Testing

/// The console on a real pseudo-terminal, and every way out of it.
@Suite(.serialized, .onOwnThread)
struct ConsoleTerminalTests {
    let folder: TemporaryFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try TemporaryFolder()
        terminal = try PseudoTerminal()
    }

    private func open(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> RunningProgram {
        let usual = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]
        return try RunningProgram(
            ["--data", "\(folder.path)/data", "--listen", "127.0.0.1:0"] + arguments, home: folder.path,
            environment: usual.merging(environment) { $1 }, on: terminal)
    }

    private func expectRestored(_ before: [UInt32]) {
        terminal.takeWhatIsDrawn()
        #expect(terminal.modes == before, "the terminal's modes are not what they were")
        #expect(terminal.isSwitchedBack("?1049"), "the second screen is still shown")
        #expect(terminal.isSwitchedBack("?25", on: "l", off: "h"), "the cursor is still hidden")
        for mode in ["?2004", "?1000", "?1002", "?1003", "?1006", "?1004"]
        where terminal.parameters(of: "h").contains(mode) {
            #expect(terminal.isSwitchedBack(mode), "\(mode) is still on")
        }
    }

    /// Opens every pane and the help, each drawn before the next.
    private func lookAround() throws {
        for key in ["2", "3", "4", "5", "?"] {
            terminal.forget()
            terminal.type(key)
            try terminal.wait("the pane behind \(key)") { terminal.news.count > 200 }
        }
    }

    @Test func `q leaves the terminal as it was, with status 0`() throws {
        let before = terminal.modes
        let program = try open()
        try terminal.see("watchdesk")
        #expect(terminal.modes != before)
        terminal.type("q")
        #expect(try program.end() == .exit(0))
        expectRestored(before)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func `a signal ends it within two seconds and leaves the terminal as it was`(_ signal: Int32) throws {
        let before = terminal.modes
        let program = try open()
        try terminal.see("watchdesk")
        let start = ContinuousClock.now
        program.send(signal)
        _ = try program.end(within: .seconds(10))
        #expect(ContinuousClock.now - start < .seconds(2))
        expectRestored(before)
        // The gateway inside was closed too: the folder is free.
        #expect(try ServedDesk(folder).stop() == .exit(0))
    }

    @Test(arguments: [SIGSEGV, SIGABRT])
    func `a crash leaves the terminal as it was`(_ signal: Int32) throws {
        let before = terminal.modes
        let program = try open()
        try terminal.see("watchdesk")
        program.send(signal)
        #expect(try program.end() == .signal(signal))
        expectRestored(before)
    }

    @Test func `a draft goes to the person's editor and comes back, whatever the editor does`() throws {
        _ = try folder.write("good", "printf 'from the editor' > \"$1\"\n")
        _ = try folder.write("bad", "printf 'lost' > \"$1\"; exit 3\n")
        let desk = try ServedDesk(folder)
        let customer = try desk.customer()
        _ = try desk.ask(
            "POST", "/v1/conversations/\(customer.conversation)/messages", token: customer.token, ["text": "Hello?"])
        for (editor, seen) in [("good", "from the editor"), ("bad", "ended with status 3")] {
            let program = try RunningProgram(
                ["console", "--data", "\(folder.path)/data"], home: folder.path,
                environment: [
                    "TERM": "xterm-256color", "EDITOR": "false", "VISUAL": "sh \(folder.path)/\(editor)",
                ], on: terminal)
            try terminal.see("live")
            terminal.type("4")
            try terminal.see("Crystal")
            terminal.type("\r")
            try terminal.see("Hello?")
            terminal.type("n")
            try terminal.see("NOTE for colleagues")
            terminal.forget()
            terminal.type("\u{7}")
            try terminal.see(seen)
            program.send(SIGTERM)
            _ = try program.end()
            terminal.forget()
        }
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `a window that is closed ends it within two seconds`() throws {
        let program = try open()
        try terminal.see("watchdesk")
        let start = ContinuousClock.now
        terminal.hangUp()
        _ = try program.end(within: .seconds(10))
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func `a storm of sizes ends in a whole screen`() throws {
        let before = terminal.modes
        let program = try open()
        try terminal.see("watchdesk")
        var random = SeededRandom(seed: 3)
        for _ in 0..<100 {
            let columns = Int.random(in: 1...250, using: &random)
            terminal.resize(columns: columns, rows: Int.random(in: 1...90, using: &random))
            terminal.takeWhatIsDrawn()
        }
        terminal.resize(columns: 1, rows: 1)
        terminal.forget()
        terminal.resize(columns: 100, rows: 30)
        try terminal.see("watchdesk")
        terminal.type("q")
        #expect(try program.end() == .exit(0))
        expectRestored(before)
    }

    @Test func `NO_COLOR has no colour`() throws {
        let program = try open(environment: ["NO_COLOR": "1"])
        try terminal.see("watchdesk")
        try lookAround()
        let colours = terminal.parameters(of: "m").flatMap { $0.split(whereSeparator: { ";:".contains($0) }) }
            .compactMap { Int($0) }.filter {
                (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0)
            }
        #expect(colours.isEmpty)
        program.send(SIGTERM)
        _ = try program.end()
    }

    @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "POSIX", "TERM": "vt100"], ["LC_ALL": "C", "TERM": "linux"]])
    func `a terminal without UTF-8 gets ASCII`(_ environment: [String: String]) throws {
        let program = try open(environment: environment)
        try terminal.see("watchdesk")
        try lookAround()
        #expect(terminal.drawn.allSatisfy { $0 < 0x80 })
        program.send(SIGTERM)
        _ = try program.end()
    }

    @Test(arguments: ["dumb", "nosuchterminal", ""])
    func `a terminal that nobody knows gets a clear line or a screen`(_ name: String) throws {
        let program = try open(environment: ["TERM": name])
        try terminal.wait("a word") { terminal.plainText.contains("watchdesk") || terminal.plainText.contains("TERM") }
        program.send(SIGTERM)
        let ending = try program.end()
        if case .signal(let number) = ending { #expect(number == SIGTERM) }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `garbage from the keyboard does no harm`(_ seed: UInt64) throws {
        let before = terminal.modes
        let program = try open()
        try terminal.see("watchdesk")
        var random = SeededRandom(seed: seed)
        // Without the keys that end or stop a program: q, Ctrl-C, Ctrl-D, Ctrl-Z, Ctrl-backslash.
        let fatal: Set<UInt8> = [0x71, 0x51, 3, 4, 0x1A, 0x1C]
        let garbage = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }.filter { !fatal.contains($0) }
        terminal.type(garbage)
        terminal.forget()
        terminal.resize(columns: 90, rows: 28)
        try terminal.wait("another frame") { terminal.news.count > 500 }
        let start = ContinuousClock.now
        program.send(SIGTERM)
        #expect([.exit(0), .exit(128 + SIGTERM), .signal(SIGTERM)].contains(try program.end()))
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(terminal.modes == before)
    }

    @Test func `what a customer writes never steers the terminal`() throws {
        let desk = try ServedDesk(folder)
        let hostile = "zebra\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{1B}P+q\u{1B}\\ \u{202E}\u{8}\u{8}\r\u{1B}[6n"
        let customer = try desk.customer(hostile)
        try desk.ask("POST", "/v1/conversations/\(customer.conversation)/claim", token: desk.token, [:])
        let sent = try desk.ask(
            "POST", "/v1/conversations/\(customer.conversation)/messages", token: customer.token,
            ["text": .string(hostile)])
        #expect(sent.status == 201)
        let program = try open()
        try terminal.see("live")
        terminal.type("4")
        try terminal.see("zebra")
        terminal.forget()
        terminal.type("\r")
        try terminal.see("zebra")
        let drawn = String(decoding: terminal.drawn, as: UTF8.self)
        for poison in ["\u{1B}]0;owned", "\u{9B}", "\u{1B}P+q", "\u{202E}", "\u{1B}[6n"] {
            #expect(!drawn.unicodeScalars.contains(sequence: poison), "\(poison.debugDescription) was drawn")
        }
        terminal.type("\u{1B}")
        program.send(SIGTERM)
        _ = try program.end()
        let listed = try RunningProgram.run(
            ["conversations", "list", "--data", "\(folder.path)/data"], home: folder.path)
        #expect(listed.output.contains("zebra") && !listed.output.contains("\u{1B}"))
        let chat = try RunningProgram.run(
            ["conversations", "show", "1", "--data", "\(folder.path)/data"], home: folder.path)
        #expect(chat.output.contains("zebra") && !chat.output.contains("\u{1B}"))
        #expect(try desk.stop() == .exit(0))
    }
}

extension String.UnicodeScalarView {
    /// Whether these scalars stand in a row here; scalars, because characters may join with what stands around them.
    fileprivate func contains(sequence text: String) -> Bool {
        firstRange(of: Array(text.unicodeScalars)) != nil
    }
}
