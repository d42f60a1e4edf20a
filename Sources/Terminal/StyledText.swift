public import Vocabulary

/// A line of text in several roles, from left to right.
public struct StyledText: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// A piece of the line in one role.
    public struct Span: Hashable, Sendable {
        /// What it says.
        public var text: SafeText
        /// What it means.
        public var role: Role
        /// How it is set off.
        public var attributes: Attributes
    }

    /// The pieces from left to right.
    public var spans: [Span]

    /// A line in one role.
    public init(_ text: SafeText, _ role: Role = .text, _ attributes: Attributes = []) {
        spans = [Span(text: text, role: role, attributes: attributes)]
    }

    /// A line of these pieces.
    public init(spans: [Span]) {
        self.spans = spans
    }

    /// A constant of the source as plain text.
    public init(stringLiteral value: StaticString) {
        self.init(SafeText(value))
    }

    /// Constants of the source with harmless values between them, as plain text.
    public init(stringInterpolation: SafeText.StringInterpolation) {
        self.init(SafeText(stringInterpolation: stringInterpolation))
    }

    /// The cells that the line takes.
    public var columns: Int { spans.reduce(0) { $0 + $1.text.columns } }

    /// Whether nothing is in it.
    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    /// One line behind the other.
    public static func + (left: StyledText, right: StyledText) -> StyledText {
        StyledText(spans: left.spans + right.spans)
    }

    /// Adds a line behind this one.
    public static func += (left: inout StyledText, right: StyledText) {
        left.spans += right.spans
    }

    /// The line, or as much as fits with `…` as its last.
    public func truncated(to columns: Int) -> StyledText {
        guard self.columns > columns else { return self }
        var room = columns
        var kept: [Span] = []
        for (index, span) in spans.enumerated() {
            let width = span.text.columns
            let isLastVisible = width > room || (width == room && spans[(index + 1)...].contains { !$0.text.isEmpty })
            var piece = span
            if isLastVisible { piece.text = width > room ? span.text.truncated(to: room) : span.text.ellipsed() }
            kept.append(piece)
            guard !isLastVisible else { break }
            room -= width
        }
        return StyledText(spans: kept)
    }
}

extension SafeText {
    /// The text with its last glyph replaced by `…`, filled up to the same width.
    fileprivate func ellipsed() -> SafeText {
        let width = columns
        guard width > 0 else { return self }
        return slice(text.startIndex..<text.index(after: width - 1)) + "…"
    }
}

extension Frame {
    /// Writes a line of several roles from this place to the right, clipped.
    ///
    /// - Returns: the column behind the last glyph, also when that is outside of the clip.
    @discardableResult
    public mutating func write(
        styled line: StyledText, at position: Position, on background: Role? = nil, within clip: Rect? = nil
    ) -> Int {
        var column = position.column
        for span in line.spans {
            column = write(
                span.text, at: Position(column: column, row: position.row), span.role, span.attributes,
                on: background, within: clip)
        }
        return column
    }

    /// Writes a line of several roles on the first line of a rectangle, cut with `…` where it is too long.
    public mutating func write(
        styled line: StyledText, in rect: Rect, align: Alignment = .left, on background: Role? = nil
    ) {
        guard !rect.isEmpty else { return }
        let width = line.columns
        let line = width > rect.columns ? line.truncated(to: rect.columns) : line
        let shown = width > rect.columns ? line.columns : width
        let column = rect.column + align.offset(of: shown, in: rect.columns)
        write(styled: line, at: Position(column: column, row: rect.row), on: background, within: rect)
    }
}
