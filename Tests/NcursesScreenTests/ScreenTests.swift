import Glibc
import NcursesScreen
import Terminal
import Testing
import Vocabulary

/// ncurses keeps one screen in a process: one test after the other.
@Suite(.serialized) struct ScreenTests {
    private func frame(_ size: Size, _ text: SafeText = "hello") -> Frame {
        var frame = Frame(size)
        Tile("周 title", state: "state").draw(in: frame.bounds, on: &frame)
        frame.write(text, at: Position(column: 2, row: 1), .critical)
        return frame
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func times(_ needle: String, in bytes: [UInt8]) -> Int { text(bytes).components(separatedBy: needle) - 1 }

    @Test func `a frame leaves in one piece inside of the marks of synchronized output`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open()
        defer { screen.close() }
        _ = terminal.output()
        let sent = screen.show(frame(screen.size))
        let bytes = terminal.output(atLeast: sent)
        #expect(sent > 100 && bytes.count == sent)
        #expect(text(bytes).hasPrefix("\u{1B}[?2026h") && text(bytes).hasSuffix("\u{1B}[?2026l"))
        #expect(times("\u{1B}[?2026", in: bytes) == 2)
    }

    @Test func `nothing is sent when nothing changed, and little when little did`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open()
        defer { screen.close() }
        screen.show(frame(screen.size))
        _ = terminal.output()
        #expect(screen.show(frame(screen.size)) == 0)
        #expect(terminal.output().isEmpty)
        let sent = screen.show(frame(screen.size, "hallo"))
        #expect(sent > 0 && sent < 60)
        screen.redrawAll()
        #expect(screen.show(frame(screen.size, "hallo")) > 500)
    }

    /// The system calls by which this thread has written so far.
    private func writes() throws -> Int {
        let descriptor = unsafe Glibc.open("/proc/thread-self/io", O_RDONLY)
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        let line = text(Array(bytes[..<max(0, count)])).split(separator: "\n").first { $0.hasPrefix("syscw:") }
        return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
    }

    @Test(.enabled(if: access("/proc/thread-self/io", R_OK) == 0, "this kernel does not count system calls"))
    func `however many places change, a frame costs two writes: into the memory file, and out of it`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open()
        defer { screen.close() }
        var shown = frame(screen.size)
        screen.show(shown)
        _ = terminal.output()
        for row in 2..<20 {
            for column in [4, 24, 60] { shown.write("7", at: Position(column: column, row: row), .strong) }
        }
        let before = try writes()
        let sent = screen.show(shown)
        let after = try writes()
        #expect(after - before == 2)
        #expect(terminal.output().count == sent && sent > 100)
    }

    @Test func `a blank is sent in the colour before it, unless it shows one of its own`() throws {
        let terminal = try PseudoTerminal(columns: 60, rows: 4)
        let screen = try terminal.open()
        defer { screen.close() }
        var words = Frame(screen.size)
        for column in stride(from: 0, to: 50, by: 5) {
            words.write("pid", at: Position(column: column, row: 1), .critical)
        }
        screen.show(words)
        #expect(times("\u{1B}[38;5;", in: terminal.output()) <= 3, "not for each of ten words")
        var grounds = Frame(screen.size)
        grounds.write("a", at: Position(column: 0, row: 2), .critical)
        grounds.write("   ", at: Position(column: 1, row: 2), .text, on: .selection)
        grounds.write("   ", at: Position(column: 4, row: 2), .text, .underline)
        screen.show(grounds)
        let bytes = text(terminal.output())
        #expect(bytes.contains("\u{1B}[48;5;") || bytes.contains(";48;5;"), "the ground of the selection: \(bytes)")
        #expect(bytes.contains("\u{1B}[4m") || bytes.contains(";4m"), "the line below a blank: \(bytes)")
    }

    @Test func `the terminal shows the frame, whatever was there before`() throws {
        let size = Size(columns: 40, rows: 8)
        let terminal = try PseudoTerminal(columns: size.columns, rows: size.rows)
        let screen = try terminal.open()
        defer { screen.close() }
        var model = TerminalModel(size)
        var random = SeededRandom(seed: 61)
        for round in 0..<200 {
            let shown = scribbled(size, &random)
            let sent = screen.show(shown)
            model.take(terminal.output(atLeast: sent + (round == 0 ? 16 : 0)))
            #expect(model.unknown == [])
            #expect(model.lines == visible(shown), "round \(round)")
            if let cursor = shown.cursor { #expect(model.cursor == cursor && model.isCursorVisible) }
        }
    }

    @Test func `closing gives the terminal back as it was`() throws {
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let screen = try terminal.open { $0.hasMouse = true }
        #expect(terminal.modes != before)
        screen.show(frame(screen.size))
        var model = TerminalModel(screen.size)
        model.take(terminal.output())
        #expect(model.isOnSecondScreen && !model.isCursorVisible)
        #expect(model.modes.isSuperset(of: ["?2004", "?1004", "?1006", "?1000"]))
        screen.close()
        screen.close()
        model.take(terminal.output())
        #expect(terminal.modes == before)
        #expect(!model.isOnSecondScreen && model.isCursorVisible)
        #expect(model.modes.isDisjoint(with: ["?2004", "?1004", "?1006", "?1000", "?1002", "?2026"]))
        #expect(screen.show(frame(screen.size)) == 0)
    }

    @Test func `NO_COLOR sends no colour, but bold and underline`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(["NO_COLOR": "1"])
        defer { screen.close() }
        #expect(screen.depth == .none)
        screen.show(frame(screen.size))
        #expect(colours(in: terminal.output()).isEmpty)
        screen.theme = Theme(name: "other", styles: [:])
        screen.show(frame(screen.size, "again"))
        let bytes = terminal.output()
        #expect(colours(in: bytes).isEmpty)
        #expect(text(bytes).contains("\u{1B}[1m") || text(bytes).contains(";1m"))
    }

    @Test func `an empty NO_COLOR means nothing`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(["NO_COLOR": ""])
        defer { screen.close() }
        #expect(screen.depth == .twoFiftySix)
        screen.show(frame(screen.size))
        #expect(!colours(in: terminal.output()).isEmpty)
    }

    @Test(arguments: [
        ["LC_ALL": "C"], ["LC_ALL": "POSIX"], ["LC_ALL": "", "LC_CTYPE": "", "LANG": ""],
        ["LC_ALL": "C", "LANG": "C.UTF-8"],
    ])
    func `without UTF-8 no byte leaves that is not ASCII`(locale: [String: String]) throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(locale)
        #expect(screen.glyphs == .ascii)
        screen.show(frame(screen.size, "José 周敏 ● ⣿ 👍"))
        screen.close()
        let bytes = terminal.output()
        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(text(bytes).contains("Jos?"))
    }

    @Test(arguments: ["C.UTF-8", "xx_YY.utf8", "en_US.UTF-8"])
    func `a UTF-8 locale that is not installed is UTF-8 all the same`(name: String) throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(["LC_ALL": name])
        defer { screen.close() }
        #expect(screen.glyphs == .unicode)
        screen.show(frame(screen.size, "周敏"))
        #expect(text(terminal.output()).contains("周敏"))
    }

    @Test(arguments: [
        ("xterm-256color", ColourDepth.twoFiftySix, true), ("xterm", .eight, true), ("linux", .eight, false),
        ("vt100", .none, false),
        ("dumb", .none, false), ("nosuchterminal", .twoFiftySix, true), ("", .twoFiftySix, true),
    ])
    func `every kind of terminal is served as well as it can`(name: String, depth: ColourDepth, isModern: Bool) throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(["TERM": name])
        #expect(screen.depth == depth)
        #expect(screen.show(frame(screen.size)) > 0)
        screen.close()
        let bytes = text(terminal.output())
        #expect(bytes.contains("\u{1B}[?2026h") == isModern)
        #expect(bytes.contains("\u{1B}[?2004h") == isModern)
        if name == "dumb" { #expect(!bytes.contains("\u{1B}")) }
    }

    @Test(arguments: [(1, 1), (2, 1), (1, 5), (500, 3), (200, 60)])
    func `every size is served`(columns: Int, rows: Int) throws {
        let terminal = try PseudoTerminal(columns: columns, rows: rows)
        let screen = try terminal.open()
        defer { screen.close() }
        #expect(screen.size == Size(columns: columns, rows: rows))
        #expect(screen.show(frame(screen.size)) > 0)
        #expect(screen.show(frame(Size(columns: 80, rows: 24))) >= 0)
    }

    @Test func `after a resize everything is drawn anew in the new size`() throws {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let screen = try terminal.open()
        defer { screen.close() }
        screen.show(frame(screen.size))
        for (columns, rows) in [(40, 10), (1, 1), (120, 40), (33, 7)] {
            terminal.resize(columns: columns, rows: rows)
            screen.resize()
            #expect(screen.size == Size(columns: columns, rows: rows))
            _ = terminal.output()
            let shown = frame(screen.size, "resized")
            let sent = screen.show(shown)
            var model = TerminalModel(screen.size)
            model.take(terminal.output(atLeast: sent))
            #expect(model.lines == visible(shown))
            #expect(model.unknown == [])
        }
    }

    @Test func `keys, escapes and pastes arrive; a lone escape after its moment`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open()
        defer { screen.close() }
        terminal.type("aé\u{1B}OA\u{3}\r")
        #expect(screen.nextKeys() == [.character("a"), .character("é"), .up, .control("c"), .enter])
        terminal.type("\u{1B}")
        #expect(screen.nextKeys() == [.escape])
        terminal.type("\u{1B}[200~q\u{1B}[201~\u{1B}[I")
        #expect(screen.nextKeys() == [.paste("q"), .focusIn])
        #expect(screen.nextKeys() == [])
        #expect(!screen.isInputClosed)
    }

    @Test func `a terminal that hung up ends the input`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open()
        defer { screen.close() }
        terminal.hangUp()
        #expect(screen.nextKeys() == [])
        #expect(screen.isInputClosed)
        screen.show(frame(screen.size))
    }

    @Test func `what is no terminal is refused`() throws {
        let terminal = try PseudoTerminal()
        #expect(throws: ScreenFailure.notATerminal) {
            _ = try terminal.open { options in
                options.input = Glibc.open("/dev/null", O_RDWR)
                options.output = options.input
            }
        }
        let first = try terminal.open()
        defer { first.close() }
        #expect(throws: ScreenFailure.alreadyOpen) { _ = try terminal.open() }
    }

    private func visible(_ frame: Frame) -> [String] {
        (0..<frame.size.rows).map { row in
            var line = frame.row(row).map(\.text).joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func scribbled(_ size: Size, _ random: inout SeededRandom) -> Frame {
        let pieces: [SafeText] = [
            "word", "周敏", "é", "e\u{301}", "⣿⣦", "   ", "────────────", "👍", "xxxxxxxxxxxxxxxxxxxx", "ก็", "Z",
        ]
        var frame = Frame(size)
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            let place = Position(
                column: Int.random(in: 0..<size.columns, using: &random),
                row: Int.random(in: 0..<size.rows, using: &random))
            let role = Role.allCases.randomElement(using: &random) ?? .text
            frame.write(pieces.randomElement(using: &random) ?? "x", at: place, role)
        }
        if Bool.random(using: &random) {
            frame.cursor = Position(column: 3, row: Int.random(in: 0..<size.rows, using: &random))
        }
        return frame
    }

    /// Every number in a colour or attribute sequence that names a colour.
    private func colours(in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        for piece in text(bytes).split(separator: "\u{1B}[", omittingEmptySubsequences: true).dropFirst(0) {
            guard let end = piece.firstIndex(where: { !"0123456789;:".contains($0) }), piece[end] == "m" else {
                continue
            }
            found += piece[..<end].split { ";:".contains($0) }.compactMap { Int($0) }.filter {
                (30...49).contains($0) || (90...107).contains($0)
            }
        }
        return found
    }
}

extension String {
    /// How many parts a separator makes of the text.
    fileprivate func components(separatedBy separator: String) -> Int {
        var count = 1
        var rest = self[...]
        while let range = rest.range(of: separator) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

extension Substring {
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].unicodeScalars.starts(with: needle.unicodeScalars) {
                return start..<unicodeScalars.index(start, offsetBy: needle.unicodeScalars.count)
            }
            start = unicodeScalars.index(after: start)
        }
        return nil
    }
}
