/// A regular expression that matches in time linear in the text, so that no pattern can hold up the desk.
///
/// Thompson's construction: all states at once, no backtracking. Understood are literals, `.`, `[a-z]`, `[^a-z]`, `\d`,
/// `\w`, `\s`, `( )`, `(?: )`, `|`, `*`, `+` and `?`; it matches the whole text, as Alertmanager's do.
struct LabelPattern: Equatable, Sendable {
    /// The longest pattern, in characters.
    static let longest = 200

    /// Why a text is no pattern.
    struct Fault: Error {
        let message: String
    }

    private enum State: Equatable, Sendable {
        case one(Set<Character>, isNegated: Bool, next: Int)
        case split(Int, Int)
        case end
    }

    private var states: [State] = [.end]
    private var start = 0

    init(_ text: String) throws(Fault) {
        guard text.count <= LabelPattern.longest else {
            throw Fault(message: "is longer than \(LabelPattern.longest) characters")
        }
        var parser = LabelPatternParser(text)
        start = add(try parser.whole(), before: 0)
    }

    private mutating func add(_ node: LabelPatternNode, before next: Int) -> Int {
        switch node {
        case .one(let characters, let isNegated): return push(.one(characters, isNegated: isNegated, next: next))
        case .sequence(let nodes): return nodes.reversed().reduce(next) { add($1, before: $0) }
        case .either(let left, let right):
            let first = add(left, before: next)
            return push(.split(first, add(right, before: next)))
        case .repeated(let inner, let least, let isEndless):
            guard isEndless else { return push(.split(add(inner, before: next), next)) }
            let loop = push(.split(next, next))
            let body = add(inner, before: loop)
            states[loop] = .split(body, next)
            return least == 0 ? loop : body
        }
    }

    private mutating func push(_ state: State) -> Int {
        states.append(state)
        return states.count - 1
    }

    /// Whether the whole text matches.
    func matches(_ text: String) -> Bool {
        var now: Set<Int> = []
        reach(start, &now)
        for character in text {
            var next: Set<Int> = []
            for state in now {
                guard case .one(let characters, let isNegated, let following) = states[state],
                    characters.contains(character) != isNegated
                else { continue }
                reach(following, &next)
            }
            if next.isEmpty { return false }
            now = next
        }
        return now.contains(0)
    }

    private func reach(_ state: Int, _ found: inout Set<Int>) {
        guard found.insert(state).inserted, case .split(let left, let right) = states[state] else { return }
        reach(left, &found)
        reach(right, &found)
    }
}

indirect enum LabelPatternNode {
    case one(Set<Character>, isNegated: Bool)
    case sequence([LabelPatternNode])
    case either(LabelPatternNode, LabelPatternNode)
    case repeated(LabelPatternNode, least: Int, isEndless: Bool)
}

struct LabelPatternParser {
    private var rest: Substring
    private var depth = 0

    init(_ text: String) {
        rest = Substring(text)
        if rest.first == "^" { rest.removeFirst() }
        if rest.last == "$", !rest.hasSuffix("\\$") { rest.removeLast() }
    }

    mutating func whole() throws(LabelPattern.Fault) -> LabelPatternNode {
        let node = try either()
        guard rest.isEmpty else { throw LabelPattern.Fault(message: "has a ) without its (") }
        return node
    }

    private mutating func either() throws(LabelPattern.Fault) -> LabelPatternNode {
        var node = try sequence()
        while rest.first == "|" {
            rest.removeFirst()
            node = .either(node, try sequence())
        }
        return node
    }

    private mutating func sequence() throws(LabelPattern.Fault) -> LabelPatternNode {
        var nodes: [LabelPatternNode] = []
        while let next = rest.first, next != "|", next != ")" {
            var node = try one()
            while let sign = rest.first, "*+?".contains(sign) {
                rest.removeFirst()
                node = .repeated(node, least: sign == "+" ? 1 : 0, isEndless: sign != "?")
            }
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func one() throws(LabelPattern.Fault) -> LabelPatternNode {
        switch rest.removeFirst() {
        case ".": return .one([], isNegated: true)
        case "[": return try set()
        case "\\": return try escaped()
        case "(":
            if rest.hasPrefix("?:") { rest.removeFirst(2) }
            depth += 1
            guard depth <= 20 else { throw LabelPattern.Fault(message: "has more than 20 ( in one another") }
            let node = try either()
            guard rest.popFirst() == ")" else { throw LabelPattern.Fault(message: "has a ( without its )") }
            depth -= 1
            return node
        case let sign where "*+?{}^$".contains(sign):
            throw LabelPattern.Fault(
                message: "has \(sign) where it means nothing here; write \\\(sign) for the character")
        case let character: return .one([character], isNegated: false)
        }
    }

    private mutating func escaped() throws(LabelPattern.Fault) -> LabelPatternNode {
        guard let next = rest.popFirst() else { throw LabelPattern.Fault(message: "ends with a \\") }
        let digits = "0123456789"
        let word = digits + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
        switch next {
        case "d", "D": return .one(Set(digits), isNegated: next == "D")
        case "w", "W": return .one(Set(word), isNegated: next == "W")
        case "s", "S": return .one(Set(" \t\n\r"), isNegated: next == "S")
        case _ where next.isLetter || next.isNumber:
            throw LabelPattern.Fault(message: "has \\\(next), which is not understood; \\d, \\w and \\s are")
        default: return .one([next], isNegated: false)
        }
    }

    private mutating func set() throws(LabelPattern.Fault) -> LabelPatternNode {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var characters: Set<Character> = []
        while let next = rest.popFirst(), next != "]" || characters.isEmpty {
            var first = next
            if next == "\\", let literal = rest.popFirst() { first = literal }
            guard rest.first == "-", let last = rest.dropFirst().first, last != "]" else {
                characters.insert(first)
                continue
            }
            rest.removeFirst(2)
            guard let from = first.asciiValue, let to = last.asciiValue, from <= to else {
                throw LabelPattern.Fault(
                    message: "has the range \(first)-\(last), which is not one of ASCII characters")
            }
            characters.formUnion((from...to).map { Character(Unicode.Scalar($0)) })
            if rest.isEmpty { break }
        }
        guard !characters.isEmpty else { throw LabelPattern.Fault(message: "has an empty or open [") }
        return .one(characters, isNegated: isNegated)
    }
}
