import Foundation
import Testing

@testable import Assistant

/// `knowledge/` and the copies in the binary say the same.
///
/// After editing an article: `WATCHDESK_RECORD=1 swift test --filter StarterKnowledgeTests`.
@Suite struct StarterKnowledgeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let isRecording = ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] != nil

    @Test func `every article is compiled in as it stands in its file`() throws {
        let folder = Self.root.appending(path: "knowledge")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".md") }.sorted()
        if Self.isRecording { try names.forEach { try record($0, in: folder) } }
        #expect(StarterKnowledge.documents.map(\.path) == names)
        for document in StarterKnowledge.documents where !Self.isRecording {
            let file = try String(contentsOf: folder.appending(path: document.path), encoding: .utf8)
            #expect(document.markdown == file, "\(document.path) differs: record it")
        }
    }

    @Test func `every article has a title, and every passage a heading`() {
        for article in StarterKnowledge.articles {
            #expect(!article.title.hasSuffix(".md") && article.title != article.path)
            #expect(article.passages.count >= 3)
            for passage in article.passages { #expect(!passage.section.isEmpty, "\(article.path): \(passage.text)") }
        }
    }

    private func record(_ name: String, in folder: URL) throws {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let words = name.dropLast(3).split(separator: "-")
        let member = words[0] + words.dropFirst().map(\.capitalized).joined()
        let body = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { $0.isEmpty ? "" : "            " + $0 }.joined(separator: "\n")
        let source = """
            extension StarterKnowledge {
                static let \(member) = Document(
                    path: "\(name)",
                    markdown: #\"""
            \(body)

                        \"""#)
            }

            """
        let file = "Starter+\(member.prefix(1).uppercased() + member.dropFirst()).swift"
        try source.write(
            to: Self.root.appending(path: "Sources/Assistant/Starter/\(file)"), atomically: true, encoding: .utf8)
    }
}
