/// Why a text is not the JSON that was asked for, and where.
public struct JSONFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The bytes are not UTF-8.
        case invalidUTF8
        /// The text ends in the middle of a value.
        case unexpectedEnd
        /// A character that cannot stand here.
        case unexpectedByte
        /// More text behind the value.
        case trailingData
        /// Arrays and objects nest more deeply than allowed.
        case tooDeep(limit: Int)
        /// The same member name twice in one object.
        case duplicateName(String)
        /// A control character inside a string that must be escaped.
        case controlCharacter
        /// A backslash before something JSON does not know.
        case badEscape
        /// Half of a surrogate pair, which is no character.
        case loneSurrogate
        /// A number beyond the range of 64-bit floating point.
        case numberTooLarge
    }

    /// What is wrong.
    public let reason: Reason
    /// The line of the fault, from 1.
    public let line: Int
    /// The byte in the line, from 1.
    public let column: Int

    /// A fault at a place.
    public init(reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// One line for a person: what, where, and what would be accepted.
    public var description: String { "line \(line), column \(column): \(explanation)" }

    private var explanation: String {
        switch reason {
        case .invalidUTF8: "these bytes are not UTF-8"
        case .unexpectedEnd: "the JSON ends too early"
        case .unexpectedByte: "this character cannot stand here in JSON"
        case .trailingData: "there is more text behind the JSON value"
        case .tooDeep(let limit): "arrays and objects may nest at most \(limit) deep"
        case .duplicateName(let name): "the name \"\(name)\" stands twice in one object"
        case .controlCharacter: "control characters in a string must be escaped"
        case .badEscape: "this is no JSON escape"
        case .loneSurrogate: "half of a surrogate pair is no character"
        case .numberTooLarge: "this number is beyond 64-bit floating point"
        }
    }
}
