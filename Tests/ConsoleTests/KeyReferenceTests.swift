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

    @Test func `every key of a mode means one thing at a time`() {
        // Two commands on one key in one pane are told apart by what the pane shows; the reference names both.
        let rows = KeyReference.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count > 60)
        #expect(!rows.contains { $0.contains("|  |  |") }, "every command has a title and a meaning")
    }
}
