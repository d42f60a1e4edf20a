/// A place in a YAML text, for a person with an editor.
public struct YAMLPosition: Hashable, Comparable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// The character in the line, from 1.
    public let column: Int

    /// A place by its line and column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders from the top of the text to its end.
    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One value of a YAML document with the place where it begins.
public struct YAMLNode: Equatable, Sendable {
    /// What a node can be.
    public enum Content: Equatable, Sendable {
        /// A single text, which a reader turns into a number, a duration and so on.
        case scalar(YAMLScalar)
        /// A list in the order of the text.
        case sequence([YAMLNode])
        /// Names with values in the order of the text; no name twice.
        case mapping([YAMLMember])
    }

    /// What the node is.
    public let content: Content
    /// Where it begins.
    public let position: YAMLPosition

    /// A node at a place.
    public init(_ content: Content, at position: YAMLPosition) {
        self.content = content
        self.position = position
    }

    /// Whether nothing was written here: empty, `~` or `null` without quotes.
    public var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        return scalar.isNull
    }
}

/// The text of a scalar, and whether it stood there without quotes.
public struct YAMLScalar: Equatable, Sendable {
    /// The text with quotes and escapes resolved; it comes from outside and may hold anything.
    public let text: String
    /// Whether it was written without quotes, so that `1` is a number and `~` is nothing.
    public let isPlain: Bool

    /// A scalar by its text.
    public init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// Whether it says "nothing" (YAML 1.2 core schema, 10.3.2).
    public var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
}

/// A name and its value in a mapping.
public struct YAMLMember: Equatable, Sendable {
    /// The name as written.
    public let key: String
    /// Where the name stands.
    public let position: YAMLPosition
    /// The value behind the colon.
    public let value: YAMLNode

    /// A member of a mapping.
    public init(_ key: String, at position: YAMLPosition, value: YAMLNode) {
        self.key = key
        self.position = position
        self.value = value
    }
}
