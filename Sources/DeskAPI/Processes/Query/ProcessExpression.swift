/// The structure of a filter.
indirect enum ProcessExpression: Equatable, Sendable {
    /// Lets everything through.
    case everything
    /// The name or the command line holds the word.
    case word(String)
    case comparison(ProcessField, QueryOperator, QueryValue)
    case not(ProcessExpression)
    case and(ProcessExpression, ProcessExpression)
    case or(ProcessExpression, ProcessExpression)

    func matches(_ process: RunningProcess) -> Bool {
        switch self {
        case .everything: true
        case .word(let word):
            process.name.holds(word) || process.command?.holds(word) ?? false
        case .comparison(let field, let comparison, let value):
            field.compares(process, comparison, value)
        case .not(let inner): !inner.matches(process)
        case .and(let left, let right): left.matches(process) && right.matches(process)
        case .or(let left, let right): left.matches(process) || right.matches(process)
        }
    }

    /// Whether a field has to be known to decide.
    func reads(_ wanted: ProcessField) -> Bool {
        switch self {
        case .everything: false
        case .word: wanted == .cmd || wanted == .name
        case .comparison(let field, _, _): field == wanted
        case .not(let inner): inner.reads(wanted)
        case .and(let left, let right), .or(let left, let right): left.reads(wanted) || right.reads(wanted)
        }
    }
}

extension ProcessExpression: CustomStringConvertible {
    var description: String {
        switch self {
        case .everything: ""
        case .word(let word): QueryValue.quoted(word)
        case .comparison(let field, let comparison, let value): "\(field.rawValue)\(comparison.rawValue)\(value)"
        case .not(let inner): "not \(inner.bracketed(below: 2))"
        case .and(let left, let right): "\(left.bracketed(below: 1)) and \(right.bracketed(below: 2))"
        case .or(let left, let right): "\(left) or \(right.bracketed(below: 1))"
        }
    }

    /// How tightly the expression holds together.
    private var binding: Int {
        switch self {
        case .or: 0
        case .and: 1
        case .everything, .word, .comparison, .not: 2
        }
    }

    private func bracketed(below least: Int) -> String { binding < least ? "(\(self))" : description }
}

/// How a field is compared.
enum QueryOperator: String, CaseIterable, Sendable {
    // The longer ones come first: the first that fits is taken.
    case unequal = "!="
    case lacks = "!~"
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
    case above = ">"
    case below = "<"
    case holds = "~"
}

/// What a field is compared with.
enum QueryValue: Equatable, Sendable {
    /// A number, and how it was written.
    case number(Double, String)
    case text(String)
    case state(ProcessState)
}

extension QueryValue: CustomStringConvertible {
    var description: String {
        switch self {
        case .number(_, let text): text
        case .text(let text): QueryValue.quoted(text)
        case .state(let state): state.rawValue
        }
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }
}

extension String {
    /// Whether the text holds another one, whatever the case of its letters.
    func holds(_ other: String) -> Bool {
        other.isEmpty || lowercased().contains(other.lowercased())
    }
}
