import Foundation
import Settings
import Terminal
import Testing

/// The tables of docs/themes.md are those of the sources; `WATCHDESK_RECORD=1` writes them anew.
@Suite(.serialized) struct ThemeDocumentTests {
    private static let root = URL(filePath: Repository.themes).deletingLastPathComponent()
    private static let page = root.appending(path: "docs/themes.md")

    @Test func `the roles are those of the sources, with their meanings`() throws {
        let source = try String(contentsOf: Self.root.appending(path: "Sources/Terminal/Role.swift"), encoding: .utf8)
        let pattern = /\/\/\/ (.+)\n    case (\w+)\n/
        let rows = source.matches(of: pattern).map { "| `\($0.2)` | \($0.1) |" }
        #expect(rows.count == Role.count)
        try expect("roles", ["| role | meaning |", "| --- | --- |"] + rows)
    }

    @Test func `the themes are those that ship, with what their files say first`() throws {
        let rows = try Repository.themeNames.map { name in
            let text = try String(contentsOfFile: "\(Repository.themes)/\(name).yaml", encoding: .utf8)
            let paragraph = text.split(separator: "\n").prefix { $0.hasPrefix("# ") && !$0.hasPrefix("# Each role") }
            return "| `\(name)` | \(paragraph.map { $0.dropFirst(2) }.joined(separator: " ")) |"
        }
        #expect(rows.count >= 8)
        try expect("themes", ["| theme | what it is |", "| --- | --- |"] + rows)
    }

    private func expect(_ name: String, _ lines: [String]) throws {
        var text = try String(contentsOf: Self.page, encoding: .utf8)
        let start = try #require(text.range(of: "<!-- \(name) -->\n"))
        let end = try #require(text.range(of: "<!-- end -->", range: start.upperBound..<text.endIndex))
        let wanted = lines.joined(separator: "\n") + "\n"
        let range = start.upperBound..<end.lowerBound
        if ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] == "1" {
            text.replaceSubrange(range, with: wanted)
            try text.write(to: Self.page, atomically: true, encoding: .utf8)
            return
        }
        #expect(text[range] == wanted, "the table of \(name) is old: run this test with WATCHDESK_RECORD=1")
    }
}
