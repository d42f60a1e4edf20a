import NcursesScreen
import Terminal
import Testing
import Vocabulary

/// Colours of 24 bits, on terminals that say that they have them.
@Suite(.serialized) struct DirectColourTests {
    private func shown(_ environment: [String: String], _ theme: Theme = .dark, rows: Int = 3) throws -> String {
        let terminal = try PseudoTerminal(columns: 40, rows: rows)
        let screen = try terminal.open(environment)
        defer { screen.close() }
        screen.theme = theme
        _ = terminal.output()
        var frame = Frame(screen.size)
        frame.write("critical", at: Position(column: 0, row: 0), .critical)
        frame.fill(frame.bounds.line(1), on: .selection)
        for row in 2..<max(2, rows) {
            for column in 0..<40 {
                let shade = UInt8(1 + ((row - 2) * 40 + column) % 255)
                frame.put("⣿", at: Position(column: column, row: row), .chartLow, shade: shade)
            }
        }
        let sent = screen.show(frame)
        return String(decoding: terminal.output(atLeast: sent), as: UTF8.self)
    }

    @Test(arguments: ["truecolor", "24bit"], ["xterm-256color", "tmux-256color", "screen-256color"])
    func `a theme's colours arrive as they are`(colorterm: String, term: String) throws {
        let text = try shown(["COLORTERM": colorterm, "TERM": term])
        #expect(text.contains("\u{1B}[38;2;255;107;99m"))
        #expect(text.contains("\u{1B}[48;2;18;24;92m"))
        #expect(!text.contains("8;5;"))
    }

    @Test(arguments: [
        ["COLORTERM": ""], ["COLORTERM": "1"], ["COLORTERM": "truecolor", "TERM": "xterm"],
        ["COLORTERM": "truecolor", "TERM": "linux"], ["COLORTERM": "truecolor", "NO_COLOR": "1"],
    ])
    func `without the word, or on a terminal of few colours, none is sent`(environment: [String: String]) throws {
        #expect(try !shown(environment).contains("8;2;"))
    }

    @Test func `the terminal's own sixteen are asked for by their numbers`() throws {
        let theme = Theme(
            name: "own",
            styles: [
                .text: Theme.Style(), .critical: Theme.Style(foreground: Colour(palette: 9)),
                .selection: Theme.Style(background: Colour(palette: 4)),
            ])
        let text = try shown(["COLORTERM": "truecolor"], theme, rows: 2)
        #expect(text.contains("\u{1B}[91m") && text.contains("\u{1B}[44m"))
        #expect(!text.contains("8;2;"))
    }

    /// A gradient of 255 steps has more colours than there are numbers for.
    @Test func `more colours than numbers come out as their nearest`() throws {
        let text = try shown(["COLORTERM": "truecolor"], rows: 10)
        let pattern = /38;2;(\d+);(\d+);(\d+)m/
        let colours = Set(text.matches(of: pattern).map { "\($0.1) \($0.2) \($0.3)" })
        #expect(colours.count > 100 && colours.count <= 240)
        #expect(!text.contains("38;5;"))
    }

    @Test func `a screen in 24 bits says so, and what is sent twice is sent alike`() throws {
        let terminal = try PseudoTerminal()
        let screen = try terminal.open(["COLORTERM": "truecolor"])
        defer { screen.close() }
        #expect(screen.depth == .direct)
        var frame = Frame(screen.size)
        frame.write("hello", at: Position(column: 0, row: 0), .accent)
        screen.show(frame)
        let first = terminal.output()
        screen.redrawAll()
        let sent = screen.show(frame)
        #expect(terminal.output(atLeast: sent).count <= first.count)
        #expect(screen.show(frame) == 0)
    }
}
