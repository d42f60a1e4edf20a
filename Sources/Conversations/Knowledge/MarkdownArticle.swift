/// A Markdown article divided into passages that each fit into an answer or a prompt.
///
/// Understands what articles use of CommonMark: headings in both styles, fenced code, paragraphs, lists, front matter
/// with a `title:`. Headings inside fenced code are code.
struct MarkdownArticle: Equatable {
    /// The front matter's title, or the first heading, or the file's name.
    let title: String
    /// The passages in the order of the text.
    let passages: [Passage]

    /// A stretch of text under one heading.
    struct Passage: Equatable {
        /// The heading above it; empty when it is the title, or before the first.
        let section: String
        /// Paragraphs divided by blank lines, as plain text.
        let text: String
    }

    /// A passage longer than this is divided between its paragraphs.
    static let passageLength = 1200

    /// Reads an article.
    init(path: String, markdown: String) {
        var reader = ArticleReader()
        for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            reader.take(line)
        }
        reader.finishSection()
        title = reader.title ?? MarkdownArticle.name(of: path)
        passages = reader.passages
    }

    private static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".md") ? String(file.dropLast(3)) : file
    }
}

/// Takes an article line by line.
private struct ArticleReader {
    private(set) var title: String?
    private(set) var passages: [MarkdownArticle.Passage] = []
    private var section = ""
    private var paragraphs: [String] = []
    private var lines: [String] = []
    private var fence: Substring?
    private var isInFrontMatter = false
    private var isAtStart = true

    mutating func take(_ line: Substring) {
        defer { isAtStart = false }
        let content = line.trimmingSpaces
        if isAtStart, content == "---" {
            isInFrontMatter = true
        } else if isInFrontMatter {
            takeFrontMatter(content)
        } else if let open = fence {
            if content.hasPrefix(open), content.allSatisfy({ $0 == open.first }) { fence = nil } else { add(line) }
        } else if content.hasPrefix("```") || content.hasPrefix("~~~") {
            fence = content.prefix { $0 == content.first }
        } else if let heading = content.heading {
            start(heading.text, level: heading.level)
        } else if !lines.isEmpty, content.isUnderline {
            let heading = lines.joined(separator: " ")
            lines = []
            start(heading, level: content.first == "=" ? 1 : 2)
        } else if content.isEmpty {
            finishParagraph()
        } else {
            add(Substring(PlainText(markdown: content).text))
        }
    }

    mutating func finishSection() {
        finishParagraph()
        var text = ""
        for paragraph in paragraphs {
            if !text.isEmpty, text.utf8.count + paragraph.utf8.count > MarkdownArticle.passageLength {
                passages.append(MarkdownArticle.Passage(section: section, text: text))
                text = ""
            }
            text += text.isEmpty ? paragraph : "\n\n" + paragraph
        }
        if !text.isEmpty { passages.append(MarkdownArticle.Passage(section: section, text: text)) }
        paragraphs = []
    }

    private mutating func takeFrontMatter(_ line: Substring) {
        if line == "---" || line == "..." {
            isInFrontMatter = false
        } else if line.hasPrefix("title:") {
            let value = line.dropFirst(6).trimmingSpaces
            title = String(value.first == "\"" && value.count > 1 ? value.dropFirst().dropLast() : value)
        }
    }

    private mutating func start(_ heading: String, level: Int) {
        finishSection()
        let text = PlainText(markdown: Substring(heading)).text
        if title == nil, level == 1, passages.isEmpty {
            title = text
            section = ""
        } else {
            section = text == title ? "" : text
        }
    }

    private mutating func add(_ line: Substring) {
        if !line.isEmpty { lines.append(String(line)) }
    }

    private mutating func finishParagraph() {
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        lines = []
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var trimmed = drop { $0 == " " || $0 == "\t" }
        while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
        return trimmed
    }

    /// The level and text of a heading such as `## Returns ##`.
    fileprivate var heading: (level: Int, text: String)? {
        let level = prefix { $0 == "#" }.count
        let rest = dropFirst(level)
        guard (1...6).contains(level), rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
        var text = rest.trimmingSpaces
        let closing = text.reversed().prefix { $0 == "#" }.count
        if closing > 0, closing == text.count || text.dropLast(closing).last == " " { text = text.dropLast(closing) }
        return (level, String(text.trimmingSpaces))
    }

    /// Whether this is the line under a heading of the other style.
    fileprivate var isUnderline: Bool {
        guard let first, first == "=" || first == "-", count >= 2 else { return false }
        return allSatisfy { $0 == first }
    }
}
