import Console
import Foundation
import Testing

@Suite struct KeyReferenceTests {
    @Test func `the key reference in the documents is the one that is printed`() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/keys.md")
        if ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] == "1" {
            try KeyReference.markdown.write(to: path, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: path, encoding: .utf8)
        #expect(written == KeyReference.markdown, "write it anew with: watchdesk docs keys > docs/keys.md")
    }

    @Test func `every command has keys, a title and a meaning`() {
        let rows = KeyReference.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count > 60)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(cells.prefix(3).allSatisfy { !$0.isEmpty }, "\(row)")
            #expect(cells.count > 2 && cells[2].hasSuffix("."), "\(row)")
        }
    }
}
