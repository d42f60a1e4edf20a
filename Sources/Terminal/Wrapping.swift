public import Vocabulary

/// One line of a wrapped text.
public struct WrappedLine: Hashable, Sendable {
    /// What it says, without the space at which it was broken.
    public let text: SafeText
    /// The cells left free in front of it.
    public let indent: Int
}

extension SafeText {
    /// The text in lines of at most this many cells, broken between words.
    ///
    /// Words that are longer than a line are broken between glyphs, wide glyphs (Chinese, Japanese) anywhere. Line
    /// breaks of the text stay. Lines after the first start `hanging` cells further right.
    public func wrapped(to columns: Int, hanging: Int = 0) -> [WrappedLine] {
        guard columns > 0 else { return [] }
        let hanging = min(hanging, columns - 1)
        var lines: [WrappedLine] = []
        for paragraph in self.lines {
            var wrapper = Wrapper(paragraph, columns: columns, hanging: hanging, isFirst: lines.isEmpty)
            lines += wrapper.wrap()
        }
        return lines
    }
}

/// Walks over one paragraph and breaks it.
private struct Wrapper {
    let paragraph: SafeText
    let columns: Int
    let hanging: Int
    private var glyphs: Glyphs
    private var lines: [WrappedLine] = []
    private var isFirst: Bool
    private var start: String.Index
    private var width = 0
    /// Where the line may end and where the next one then begins.
    private var chance: (end: String.Index, next: String.Index)?

    init(_ paragraph: SafeText, columns: Int, hanging: Int, isFirst: Bool) {
        self.paragraph = paragraph
        self.columns = columns
        self.hanging = hanging
        self.isFirst = isFirst
        glyphs = Glyphs(paragraph.text)
        start = glyphs.position
    }

    private var room: Int { isFirst ? columns : columns - hanging }

    mutating func wrap() -> [WrappedLine] {
        var before = glyphs.position
        while let glyph = glyphs.next() {
            // Spaces hang over the edge; everything else starts the next line there.
            if !glyph.isSpace, width > 0, width + glyph.columns > room {
                breakLine(before: before)
            } else {
                take(glyph, from: before)
            }
            before = glyphs.position
        }
        if start < paragraph.text.endIndex || lines.isEmpty { end(at: paragraph.text.endIndex) }
        return lines
    }

    private mutating func take(_ glyph: Glyph, from index: String.Index) {
        if glyph.isSpace {
            let isRun = chance.map { $0.next == index } ?? false
            chance = (isRun ? chance?.end ?? index : index, glyphs.position)
        } else if glyph.columns == 2 {
            // A line may end behind any wide glyph.
            chance = (glyphs.position, glyphs.position)
        }
        width += glyph.columns
    }

    /// Ends the line at the last chance, or before this glyph; what is left behind is read again.
    private mutating func breakLine(before index: String.Index) {
        var place = (end: index, next: index)
        if let chance, chance.end > start { place = chance }
        end(at: place.end)
        start = place.next
        glyphs.position = place.next
        width = 0
        chance = nil
    }

    private mutating func end(at index: String.Index) {
        lines.append(
            WrappedLine(text: paragraph.slice(start..<index).withoutTrailingSpaces, indent: isFirst ? 0 : hanging))
        isFirst = false
    }
}

extension Glyph {
    fileprivate var isSpace: Bool { scalar == " " && marks == 0 }
}

extension SafeText {
    fileprivate var withoutTrailingSpaces: SafeText {
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " { end = text.index(before: end) }
        return end == text.endIndex ? self : slice(text.startIndex..<end)
    }
}
