internal import Vocabulary

/// A filter of processes, such as `cpu>5 and name~post`; read once, asked for each process.
///
/// Fields are compared with `=` `!=` `>` `>=` `<` `<=` `~` (holds the text) and `!~`; comparisons are joined by `and`,
/// `or`, `not` and brackets; a word alone means `name~word or cmd~word`. A value that is not known, such as the disk
/// traffic of a process that may not be looked at, fulfils no comparison.
public struct ProcessQuery: Equatable, Sendable {
    /// The most characters that a filter may have.
    public static let mostCharacters = 500
    /// The most brackets and `not` inside of each other.
    static let mostNesting = 40

    let expression: ProcessExpression

    /// Reads a filter; an empty one lets every process through.
    ///
    /// - Throws: ``ProcessQueryFault`` that names the place and what was expected there.
    public init(_ text: String) throws(ProcessQueryFault) {
        guard text.count <= ProcessQuery.mostCharacters else {
            throw ProcessQueryFault(
                ProcessQuery.mostCharacters + 1, "expected at most \(ProcessQuery.mostCharacters) characters")
        }
        var parser = ProcessQueryParser(try ProcessQueryTokens.read(text))
        expression = try parser.parse()
    }

    init(_ expression: ProcessExpression) {
        self.expression = expression
    }

    /// Whether a process passes.
    public func matches(_ process: RunningProcess) -> Bool { expression.matches(process) }

    /// Whether every process passes.
    public var isEmpty: Bool { expression == .everything }

    /// Whether it looks at command lines, which must be read for it.
    public var readsCommand: Bool { expression.reads(.cmd) }

    /// Whether it looks at users, which must be asked for.
    public var readsUser: Bool { expression.reads(.user) }

    /// Whether it looks at disk traffic, which must be read for it.
    public var readsTraffic: Bool { expression.reads(.io) }
}

extension ProcessQuery: CustomStringConvertible {
    /// The filter written out; reading it gives the same filter.
    public var description: String { expression.description }
}

/// What is wrong with a filter, and where.
public struct ProcessQueryFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The character at which it went wrong, counted from 1.
    public let position: Int
    /// What was expected there, and what stands there.
    public let message: String

    init(_ position: Int, _ message: String) {
        self.position = position
        self.message = message
    }

    /// Place and reason in one line.
    public var description: String { "at \(position): \(message)" }
}

extension Problem {
    /// What the caller of an operation is told about a wrong filter.
    public init(_ fault: ProcessQueryFault) {
        let message = SafeText(untrusted: fault.description, limit: 300).oneLine.text
        var wrong = FieldFault(message)
        wrong.items[0].path = "filter"
        self.init(wrong)
    }
}
