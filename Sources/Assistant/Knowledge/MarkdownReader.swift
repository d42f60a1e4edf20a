/// Reads Markdown line by line into passages: a small part of CommonMark, enough for help articles.
struct MarkdownReader {
    private static let passageLimit = 1200
    private let path: String
    private var title: String
    private var hasTitle = false
    private var section = ""
    private var blocks: [String] = []
    private var block: [String] = []
    private var keywords = ""
    private var isCode = false
    private var isFrontMatter = false
    private var lineCount = 0
    private var passages: [KnowledgeArticle.Passage] = []

    init(path: String) {
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? path
        title = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    }

    mutating func take(_ line: Substring) {
        lineCount += 1
        let bare = Substring(line.utf8.drop { $0 == 0x20 || $0 == 0x09 })
        if line == "---", lineCount == 1 || isFrontMatter {
            isFrontMatter.toggle()
        } else if isFrontMatter {
            return
        } else if bare.hasPrefix("```") || bare.hasPrefix("~~~") {
            isCode.toggle()
        } else if isCode {
            block.append("    " + line)
        } else if let comment = keywordComment(bare) {
            keywords += " " + comment
        } else if bare.hasPrefix("<!--") {
            return
        } else if let heading = heading(bare) {
            take(heading)
        } else if bare.isEmpty {
            endBlock()
        } else {
            append(line, bare)
        }
    }

    /// Lines of one paragraph flow together; each list item keeps a line of its own.
    private mutating func append(_ line: Substring, _ bare: Substring) {
        let text = MarkdownReader.plain(bare)
        if let last = block.last, !isListItem(bare), !last.hasPrefix("    ") {
            block[block.count - 1] = last + " " + text
        } else {
            let depth = isListItem(bare) ? min(8, line.count - bare.count) : 0
            block.append(String(repeating: " ", count: depth) + text)
        }
    }

    private func isListItem(_ bare: Substring) -> Bool {
        if bare.hasPrefix("- ") || bare.hasPrefix("* ") || bare.hasPrefix("+ ") { return true }
        let rest = bare.drop { $0.isNumber }
        return rest.count < bare.count && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
    }

    mutating func finish() -> (title: String, passages: [KnowledgeArticle.Passage]) {
        endSection()
        return (title, passages)
    }

    private mutating func take(_ heading: (level: Int, text: String)) {
        endSection()
        if heading.level == 1, !hasTitle {
            title = heading.text
            hasTitle = true
        } else {
            section = heading.text
        }
    }

    private func heading(_ bare: Substring) -> (level: Int, text: String)? {
        let level = bare.prefix { $0 == "#" }.count
        guard (1...6).contains(level), bare.dropFirst(level).first == " " else { return nil }
        let text = bare.dropFirst(level + 1).drop { $0 == " " }
        return (level, MarkdownReader.plain(text))
    }

    private func keywordComment(_ bare: Substring) -> Substring? {
        guard bare.hasPrefix("<!-- keywords:"), let end = bare.firstRange(of: "-->") else { return nil }
        return bare[..<end.lowerBound].dropFirst(14)
    }

    private mutating func endBlock() {
        if !block.isEmpty { blocks.append(block.joined(separator: "\n")) }
        block = []
    }

    /// Makes passages of what was read under one heading, each below the limit where its blocks allow.
    private mutating func endSection() {
        endBlock()
        var text = ""
        for block in blocks {
            if !text.isEmpty, text.utf8.count + block.utf8.count > MarkdownReader.passageLimit {
                add(text)
                text = ""
            }
            text += (text.isEmpty ? "" : "\n\n") + block
        }
        if !text.isEmpty { add(text) }
        blocks = []
        keywords = ""
    }

    private mutating func add(_ text: String) {
        passages.append(.init(path: path, title: title, section: section, text: text, keywords: keywords))
    }

    /// Text without emphasis, and links as their text; code keeps its backquotes.
    static func plain(_ line: Substring) -> String {
        guard line.utf8.contains(where: { "*_[".utf8.contains($0) }) else { return String(line) }
        var result = ""
        var rest = line
        var isCode = false
        while let first = rest.first {
            if first == "`" { isCode.toggle() }
            if !isCode, rest.hasPrefix("**") || rest.hasPrefix("__") {
                rest = rest.dropFirst(2)
            } else if !isCode, let link = link(rest) {
                result += link.text
                rest = link.rest
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// `[text](address)` or `![text](address)` at the beginning.
    private static func link(_ rest: Substring) -> (text: Substring, rest: Substring)? {
        let open = rest.hasPrefix("![") ? rest.dropFirst() : rest
        guard open.first == "[", let middle = open.firstRange(of: "]("),
            let end = open[middle.upperBound...].firstIndex(of: ")")
        else { return nil }
        let text = open[open.index(after: open.startIndex)..<middle.lowerBound]
        return text.contains("[") ? nil : (text, open[open.index(after: end)...])
    }
}
