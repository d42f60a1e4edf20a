/// One line of Markdown without its marks: links and images become their words, emphasis and code lose their signs.
struct PlainText {
    /// What a reader would read aloud.
    let text: String

    /// Takes the marks out.
    init(markdown line: Substring) {
        var output = ""
        var rest = line.hasPrefix("> ") ? line.dropFirst(2) : line
        while let character = rest.first {
            if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
                output.append(next)
                rest = rest.dropFirst(2)
            } else if let code = PlainText.code(rest) {
                output += code.inner
                rest = code.rest
            } else if let link = PlainText.link(rest) {
                output += PlainText(markdown: link.inner).text
                rest = link.rest
            } else if let emphasis = PlainText.emphasis(rest, after: output.last) {
                rest = emphasis
            } else if let comment = PlainText.comment(rest) {
                rest = comment
            } else {
                output.append(character)
                rest = rest.dropFirst()
            }
        }
        text = output
    }

    private typealias Part = (inner: Substring, rest: Substring)

    /// Code between backticks.
    private static func code(_ rest: Substring) -> Part? {
        let mark = rest.prefix { $0 == "`" }
        guard !mark.isEmpty, let end = find(mark, in: rest.dropFirst(mark.count)) else { return nil }
        return (rest[rest.index(rest.startIndex, offsetBy: mark.count)..<end.lowerBound], rest[end.upperBound...])
    }

    /// The words of a link or an image: `[words](address)`, `![words](address)`.
    private static func link(_ rest: Substring) -> Part? {
        let body = rest.first == "!" ? rest.dropFirst() : rest
        guard body.first == "[", let middle = find("](", in: body),
            let close = body[middle.upperBound...].firstIndex(of: ")")
        else { return nil }
        return (body[body.index(after: body.startIndex)..<middle.lowerBound], body[body.index(after: close)...])
    }

    /// Stars and underscores open or close at the edge of a word; between spaces or inside a name they are themselves.
    private static func emphasis(_ rest: Substring, after previous: Character?) -> Substring? {
        guard let mark = rest.first, mark == "*" || mark == "_" else { return nil }
        let signs = rest.prefix { $0 == mark }.count
        let next = rest.dropFirst(signs).first
        let opens = isEdge(previous) && next.map { !$0.isWhitespace } ?? false
        let closes = isEdge(next) && previous.map { !$0.isWhitespace } ?? false
        return signs <= 3 && (opens || closes) ? rest.dropFirst(signs) : nil
    }

    private static func isEdge(_ character: Character?) -> Bool {
        guard let character else { return true }
        return !character.isLetter && !character.isNumber
    }

    /// What is behind a comment, which is not for readers.
    private static func comment(_ rest: Substring) -> Substring? {
        guard rest.hasPrefix("<!--") else { return nil }
        return find("-->", in: rest).map { rest[$0.upperBound...] } ?? ""
    }

    private static func find(_ wanted: Substring, in text: Substring) -> Range<Substring.Index>? {
        var start = text.startIndex
        while start != text.endIndex {
            if text[start...].hasPrefix(wanted) { return start..<text.index(start, offsetBy: wanted.count) }
            start = text.index(after: start)
        }
        return nil
    }
}
