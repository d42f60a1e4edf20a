/// Text of the program itself is trusted as it stands, what is put into it is made harmless.
///
/// `"\(count) open · \(name)"` is a `SafeText` whatever `name` holds. A `String` variable cannot become a literal: only
/// constants of the source reach `init(stringLiteral:)`.
extension SafeText: ExpressibleByStringInterpolation {
    /// A constant of the source.
    public init(stringLiteral value: StaticString) {
        self.init(value)
    }

    /// Constants of the source with harmless values between them.
    public init(stringInterpolation: StringInterpolation) {
        self.init(alreadySafe: stringInterpolation.text)
    }

    /// Collects constants and values from left to right.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text: String

        /// Starts empty, with room for what is to come.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        /// Adds a constant of the source.
        public mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        /// Adds text that is harmless already.
        public mutating func appendInterpolation(_ value: SafeText) {
            text += value.text
        }

        /// Adds a whole number.
        public mutating func appendInterpolation(_ value: some BinaryInteger) {
            text += String(value)
        }

        /// Adds text from outside, made harmless.
        public mutating func appendInterpolation(_ value: some StringProtocol) {
            text += SafeText(untrusted: value).text
        }

        /// Adds a value's description, made harmless.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += SafeText(untrusted: value.description).text
        }
    }
}

extension SafeText {
    /// Two harmless texts, one behind the other.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(alreadySafe: left.text + right.text)
    }

    /// A part of the text, by indices of `text`.
    public func slice(_ range: Range<String.Index>) -> SafeText {
        SafeText(alreadySafe: String(text[range]))
    }

    /// The lines of the text, without their line breaks; an empty text has one empty line.
    public var lines: [SafeText] {
        guard text.utf8.contains(10) else { return [self] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map {
            SafeText(alreadySafe: String($0))
        }
    }
}

extension Sequence<SafeText> {
    /// The texts, one behind the other with a separator between them.
    public func joined(separator: SafeText = "") -> SafeText {
        var sum: SafeText?
        for text in self {
            sum = sum.map { $0 + separator + text } ?? text
        }
        return sum ?? ""
    }
}
