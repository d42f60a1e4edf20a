import DeskAPI
import Foundation
import Testing

@Suite struct ReferenceFreshnessTests {
    @Test func `docs/api.md is what the operations say`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        if ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] == "1" {
            let path = root.appendingPathComponent("docs/api.md")
            try MarkdownReference.page.write(to: path, atomically: true, encoding: .utf8)
        }
        let page = try String(contentsOf: root.appendingPathComponent("docs/api.md"), encoding: .utf8)
        #expect(page == MarkdownReference.page, "write it anew: watchdesk docs markdown > docs/api.md")
    }
}
