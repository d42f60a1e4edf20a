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
    private var lines: [WrappedLine] = []
    private var isFirst: Bool
    private var start: String.Index
    private var width = 0
    /// Where the line may end, where the next begins, and the width of what lies between that and here.
    private var chance: (end: String.Index, next: String.Index, rest: Int)?

    init(_ paragraph: SafeText, columns: Int, hanging: Int, isFirst: Bool) {
        self.paragraph = paragraph
        self.columns = columns
        self.hanging = hanging
        self.isFirst = isFirst
        start = paragraph.text.startIndex
    }

    private var room: Int { isFirst ? columns : columns - hanging }

    mutating func wrap() -> [WrappedLine] {
        var glyphs = Glyphs(paragraph.text)
        var before = glyphs.position
        while let glyph = glyphs.next() {
            let isSpace = glyph.scalar == " "
            if !isSpace, glyph.columns == 2, width > 0, chance == nil || chance?.rest != 0 {
                chance = (before, before, 0)
            }
            while width > 0, width + glyph.columns > room, !isSpace { breakLine(before: before) }
            take(glyph, isSpace: isSpace, from: before, to: glyphs.position)
            before = glyphs.position
        }
        if start < paragraph.text.endIndex || lines.isEmpty { end(at: paragraph.text.endIndex) }
        return lines
    }

    private mutating func take(_ glyph: Glyph, isSpace: Bool, from: String.Index, to: String.Index) {
        width += glyph.columns
        if isSpace {
            let isRun = chance.map { $0.next == from } ?? false
            chance = (isRun ? chance?.end ?? from : from, to, 0)
        } else if chance != nil {
            chance?.rest += glyph.columns
        }
        // Behind a wide glyph the line may end as well.
        if glyph.columns == 2 { chance = (to, to, 0) }
    }

    private mutating func breakLine(before index: String.Index) {
        if let chance, chance.end > start {
            end(at: chance.end)
            start = chance.next
            width = chance.rest
        } else {
            end(at: index)
            start = index
            width = 0
        }
        chance = nil
    }

    private mutating func end(at index: String.Index) {
        lines.append(
            WrappedLine(text: paragraph.slice(start..<index).withoutTrailingSpaces, indent: isFirst ? 0 : hanging))
        isFirst = false
    }
}

extension SafeText {
    fileprivate var withoutTrailingSpaces: SafeText {
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " { end = text.index(before: end) }
        return end == text.endIndex ? self : slice(text.startIndex..<end)
    }
}
