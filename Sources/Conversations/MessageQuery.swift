internal import DeskAPI
internal import Vocabulary

/// What a search asks for: words for the index, and filters.
///
/// ```
/// refund "wrong size" -voucher from:customer tag:returns status:open before:2026-11-01 in:42 has:note
/// ```
struct MessageQuery: Equatable, Sendable {
    /// The words as FTS5 reads them; `nil` when there are only filters.
    var words: String?
    /// Only what such people wrote.
    var author: Message.Author?
    /// Only what somebody whose name begins like this wrote.
    var name: String?
    var tag: String?
    var status: Conversation.Status?
    var priority: Conversation.Priority?
    var conversation: Int64?
    /// Before this moment, in milliseconds.
    var before: Timestamp?
    /// Not before this moment.
    var after: Timestamp?

    /// Reads a query.
    ///
    /// - Throws: ``Problem`` `.invalidField` with what is wrong and what there is.
    init(_ text: String) throws(Problem) {
        var wanted: [String] = []
        var unwanted: [String] = []
        for token in MessageQuery.tokens(of: text) {
            if !token.isQuoted, let colon = token.text.firstIndex(of: ":"), colon != token.text.startIndex {
                let key = token.text[..<colon].lowercased()
                if try take(key, String(token.text[token.text.index(after: colon)...])) { continue }
            }
            guard
                token.text.unicodeScalars.contains(where: {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                })
            else { continue }
            // In double quotes nothing is a command to the index; a star behind them asks for beginnings.
            let isBeginning = !token.isQuoted && token.text.hasSuffix("*")
            let plain = (isBeginning ? String(token.text.dropLast()) : token.text).replacing("\"", with: "\"\"")
            let word = "\"\(plain)\"" + (isBeginning ? "*" : "")
            if token.isUnwanted { unwanted.append(word) } else { wanted.append(word) }
        }
        if wanted.isEmpty, !unwanted.isEmpty {
            throw Problem(.invalidField, "query must hold a word besides those that are not wanted")
        }
        if !wanted.isEmpty {
            words = wanted.joined(separator: " ") + unwanted.map { " NOT \($0)" }.joined()
        }
        if words == nil, self == MessageQuery() {
            throw Problem(.invalidField, "query must hold a word or a filter such as from:customer")
        }
    }

    private init() {}

    /// Takes a filter; `false` when it is none, such as the beginning of an address.
    private mutating func take(_ key: String, _ value: String) throws(Problem) -> Bool {
        switch key {
        case "from":
            if let author = Message.Author(rawValue: value.lowercased()) { self.author = author } else { name = value }
        case "has":
            guard value == "note" else { throw Problem(.invalidField, "query: has: knows only note") }
            author = .note
        case "tag": tag = value.lowercased()
        case "status": status = try MessageQuery.choice(key, value)
        case "priority": priority = try MessageQuery.choice(key, value)
        case "in":
            guard let number = Int64(value.drop { $0 == "#" }) else {
                throw Problem(.invalidField, "query: in: must be followed by the number of a conversation")
            }
            conversation = number
        case "before": before = try MessageQuery.day(key, value)
        case "after": after = try MessageQuery.day(key, value)
        default: return false
        }
        return true
    }

    private static func choice<Choice: FieldChoice>(_ key: String, _ value: String) throws(Problem) -> Choice {
        guard let choice = Choice(rawValue: value.lowercased()) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidField, "query: \(key): must be followed by one of \(known)")
        }
        return choice
    }

    private static func day(_ key: String, _ value: String) throws(Problem) -> Timestamp {
        let text = value.utf8.count == 10 ? value + "T00:00:00Z" : value
        guard let moment = Timestamp(rfc3339: text) else {
            throw Problem(.invalidField, "query: \(key): must be followed by a day such as 2026-11-01, or a moment")
        }
        return moment
    }

    private struct Token {
        var text = ""
        var isQuoted = false
        var isUnwanted = false
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        // The index ends a text at U+0000.
        var rest = Substring(text.replacing("\0", with: " "))
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard !rest.isEmpty else { return tokens }
            var token = Token()
            if rest.first == "-", rest.dropFirst().first.map({ !$0.isWhitespace }) ?? false {
                token.isUnwanted = true
                rest.removeFirst()
            }
            if rest.first == "\"" {
                token.isQuoted = true
                token.text = String(rest.dropFirst().prefix { $0 != "\"" })
                rest = rest.dropFirst(token.text.count + 1).drop { $0 == "\"" }
            } else {
                token.text = String(rest.prefix { !$0.isWhitespace })
                rest = rest.dropFirst(token.text.count)
            }
            tokens.append(token)
        }
    }
}
