internal import Vocabulary

/// Reads the pieces of a filter: `or` binds least, then `and`, then `not`.
struct ProcessQueryParser {
    private let tokens: [QueryToken]
    private var index = 0
    private var nesting = 0

    /// A parser of these pieces, of which the last is the end.
    init(_ tokens: [QueryToken]) {
        self.tokens = tokens
    }

    /// The whole filter.
    mutating func parse() throws(ProcessQueryFault) -> ProcessExpression {
        guard current.kind != .end else { return .everything }
        let expression = try alternatives()
        guard current.kind == .end else {
            throw ProcessQueryFault(current.position, "expected and, or, or the end, found \(current.found)")
        }
        return expression
    }

    private var current: QueryToken { tokens[index] }

    private mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    /// Steps over a word of the language; in quotes it is a text.
    private mutating func skip(_ keyword: String) -> Bool {
        guard case .word(let word) = current.kind, word.lowercased() == keyword else { return false }
        advance()
        return true
    }

    private mutating func alternatives() throws(ProcessQueryFault) -> ProcessExpression {
        var expression = try conjunction()
        while skip("or") { expression = .or(expression, try conjunction()) }
        return expression
    }

    private mutating func conjunction() throws(ProcessQueryFault) -> ProcessExpression {
        var expression = try negation()
        while skip("and") { expression = .and(expression, try negation()) }
        return expression
    }

    private mutating func negation() throws(ProcessQueryFault) -> ProcessExpression {
        let start = current.position
        guard skip("not") else { return try primary() }
        return .not(try nested(at: start) { (parser) throws(ProcessQueryFault) in try parser.negation() })
    }

    private mutating func primary() throws(ProcessQueryFault) -> ProcessExpression {
        let token = current
        switch token.kind {
        case .opening:
            advance()
            let inner = try nested(at: token.position) { (parser) throws(ProcessQueryFault) in
                try parser.alternatives()
            }
            guard current.kind == .closing else {
                throw ProcessQueryFault(current.position, "expected and, or, or `)`, found \(current.found)")
            }
            advance()
            return inner
        case .word(let word) where !ProcessQueryParser.isKeyword(word):
            advance()
            guard case .comparison(let comparison) = current.kind else { return .word(word) }
            return try self.comparison(try field(word, at: token.position), comparison)
        case .quoted(let text):
            advance()
            return .word(text)
        default:
            throw ProcessQueryFault(token.position, "expected a word, a field or `(`, found \(token.found)")
        }
    }

    /// What follows a field: an operator that the field knows, and a value.
    private mutating func comparison(
        _ field: ProcessField, _ comparison: QueryOperator
    ) throws(ProcessQueryFault) -> ProcessExpression {
        guard field.operators.contains(comparison) else {
            let known = field.operators.map(\.rawValue).joined(separator: " ")
            throw ProcessQueryFault(
                current.position, "\(field.rawValue) takes \(known), found \(current.found)")
        }
        advance()
        let token = current
        let text: String
        switch token.kind {
        case .word(let word): text = word
        case .quoted(let quoted): text = quoted
        default: throw expectation(of: field, comparison, token)
        }
        guard let value = field.value(text) else { throw expectation(of: field, comparison, token) }
        advance()
        return .comparison(field, comparison, value)
    }

    private func expectation(
        of field: ProcessField, _ comparison: QueryOperator, _ token: QueryToken
    ) -> ProcessQueryFault {
        ProcessQueryFault(
            token.position,
            "expected \(field.expectation) after \(field.rawValue)\(comparison.rawValue), found \(token.found)")
    }

    private func field(_ word: String, at position: Int) throws(ProcessQueryFault) -> ProcessField {
        if let field = ProcessField(rawValue: word.lowercased()) { return field }
        let names = ProcessField.allCases.map(\.rawValue)
        let found = SafeText(untrusted: word, limit: 40).oneLine
        let hint = names.nearest(to: word).map { "did you mean \($0)?" } ?? "there are \(names.joined(separator: ", "))"
        throw ProcessQueryFault(position, "expected a field, found `\(found)`; \(hint)")
    }

    private mutating func nested(
        at position: Int, _ body: (inout ProcessQueryParser) throws(ProcessQueryFault) -> ProcessExpression
    ) throws(ProcessQueryFault) -> ProcessExpression {
        guard nesting < ProcessQuery.mostNesting else {
            throw ProcessQueryFault(position, "expected at most \(ProcessQuery.mostNesting) brackets inside each other")
        }
        nesting += 1
        defer { nesting -= 1 }
        return try body(&self)
    }

    private static func isKeyword(_ word: String) -> Bool { ["and", "or", "not"].contains(word.lowercased()) }
}
