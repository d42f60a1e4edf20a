internal import Vocabulary
internal import YAML

/// One condition on an alert's labels, in Alertmanager's notation: `severity="critical"`, `host=~"db-.*"`.
public struct LabelMatcher: Equatable, Sendable, CustomStringConvertible {
    /// How the value is compared.
    public enum Comparison: String, CaseIterable, Sendable {
        /// The same text.
        case equals = "="
        /// Another text.
        case differs = "!="
        /// The whole text fits the regular expression.
        case fits = "=~"
        /// It does not.
        case fitsNot = "!~"
    }

    /// The label's name.
    public let name: String
    /// How its value is compared.
    public let comparison: Comparison
    /// What it is compared with.
    public let value: String
    private let pattern: LabelPattern?

    /// Why a text is no matcher.
    struct Fault: Error, Equatable {
        let message: String
    }

    /// Reads a matcher; quotes around the value are optional.
    init(_ text: String) throws(Fault) {
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let rest = text.dropFirst(name.count).drop(while: \.isWhitespace)
        guard !name.isEmpty, let comparison = Comparison.allCases.last(where: { rest.hasPrefix($0.rawValue) }) else {
            throw Fault(
                message: "\"\(text)\" is no matcher; expected one such as severity=\"critical\" or host=~\"db-.*\"")
        }
        var value = rest.dropFirst(comparison.rawValue.count).drop(while: \.isWhitespace)
        while value.last?.isWhitespace == true { value.removeLast() }
        if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        self.name = String(name)
        self.comparison = comparison
        self.value = String(value)
        guard comparison == .fits || comparison == .fitsNot else {
            pattern = nil
            try check()
            return
        }
        do throws(LabelPattern.Fault) {
            pattern = try LabelPattern(String(value))
        } catch {
            throw Fault(message: "the regular expression `\(value)` \(error.message)")
        }
        try check()
    }

    private func check() throws(Fault) {
        if let fault = AlertLabels.fault(inName: name) { throw Fault(message: fault) }
        if pattern == nil { try checkWord() }
    }

    /// A value that no alert can have would silence a route without a word.
    private func checkWord() throws(Fault) {
        guard let words = AlertLabels.words[name], !value.isEmpty, !words.contains(value) else { return }
        let hint = words.nearest(to: value).map { "did you mean \"\($0)\"?" }
        throw Fault(
            message: "no alert has the \(name) \"\(value)\", " + (hint ?? "they are: \(words.joined(separator: ", "))"))
    }

    /// Whether these labels meet the condition; a label that is missing is an empty text.
    public func accepts(_ labels: [String: String]) -> Bool {
        let found = labels[name] ?? ""
        let isMet = pattern?.matches(found) ?? (found == value)
        return (comparison == .equals || comparison == .fits) == isMet
    }

    /// The matchers of a list in a file; each that is none is refused at its place.
    static func read(_ mapping: YAMLMapping, _ key: String) -> [LabelMatcher] {
        mapping.items(key).compactMap { item in
            guard let text = item.value(as: .name) else { return nil }
            do throws(LabelMatcher.Fault) {
                return try LabelMatcher(text)
            } catch {
                item.refuse(error.message)
                return nil
            }
        }
    }

    /// As it is written.
    public var description: String { "\(name)\(comparison.rawValue)\"\(value)\"" }
}
