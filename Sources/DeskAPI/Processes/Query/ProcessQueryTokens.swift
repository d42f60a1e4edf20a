internal import Vocabulary

/// A piece of a filter.
struct QueryToken: Equatable {
    enum Kind: Equatable {
        case word(String)
        case quoted(String)
        case comparison(QueryOperator)
        case opening
        case closing
        case end
    }

    let kind: Kind
    /// The character at which it begins, counted from 1.
    let position: Int

    /// The piece as people are told of it.
    var found: String {
        switch kind {
        case .word(let text): "`\(SafeText(untrusted: text, limit: 40).oneLine)`"
        case .quoted(let text): "\"\(SafeText(untrusted: text, limit: 40).oneLine)\""
        case .comparison(let comparison): "`\(comparison.rawValue)`"
        case .opening: "`(`"
        case .closing: "`)`"
        case .end: "the end"
        }
    }
}

/// Cuts a filter into pieces.
struct ProcessQueryTokens {
    private let characters: [Character]
    private var index = 0
    private var tokens: [QueryToken] = []

    /// The pieces of a filter, the last one its end.
    static func read(_ text: String) throws(ProcessQueryFault) -> [QueryToken] {
        var reader = ProcessQueryTokens(characters: Array(text))
        while reader.index < reader.characters.count { try reader.step() }
        reader.add(.end, at: reader.index)
        return reader.tokens
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private mutating func step() throws(ProcessQueryFault) {
        let start = index
        let character = characters[index]
        switch character {
        case "(", ")":
            index += 1
            add(character == "(" ? .opening : .closing, at: start)
        case "\"": add(.quoted(try quoted()), at: start)
        case _ where character.isWhitespace: index += 1
        case _ where ProcessQueryTokens.signs.contains(character): add(.comparison(try comparison()), at: start)
        default: add(.word(word()), at: start)
        }
    }

    private mutating func add(_ kind: QueryToken.Kind, at start: Int) {
        tokens.append(QueryToken(kind: kind, position: start + 1))
    }

    private mutating func comparison() throws(ProcessQueryFault) -> QueryOperator {
        let rest = String(characters[index...].prefix(2))
        guard let found = QueryOperator.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            throw ProcessQueryFault(index + 1, "expected != or !~, found `!`")
        }
        index += found.rawValue.count
        return found
    }

    private mutating func word() -> String {
        let start = index
        while index < characters.count, !ProcessQueryTokens.ends(characters[index]) { index += 1 }
        return String(characters[start..<index])
    }

    /// A text in quotes, in which a backslash keeps the next character as it is.
    private mutating func quoted() throws(ProcessQueryFault) -> String {
        let start = index
        var text = ""
        index += 1
        while index < characters.count {
            let character = characters[index]
            index += 1
            if character == "\"" { return text }
            if character == "\\", index < characters.count {
                text.append(characters[index])
                index += 1
            } else {
                text.append(character)
            }
        }
        throw ProcessQueryFault(index + 1, "expected \" to close the text that begins at \(start + 1)")
    }

    private static let signs: Set<Character> = ["=", "!", ">", "<", "~"]

    private static func ends(_ character: Character) -> Bool {
        character.isWhitespace || character == "(" || character == ")" || character == "\"" || signs.contains(character)
    }
}
