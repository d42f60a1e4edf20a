internal import JSON
internal import Vocabulary

/// Conversations that a language model is to learn from, as providers take them: a JSON object with `messages` a line.
public struct ChatExamples: Equatable, Sendable {
    /// How many there are.
    public let count: Int
    /// Messages of the one who is learned from.
    public let answers: Int

    /// The fewest that providers take.
    public static let least = 10
    /// The most bytes of a file.
    public static let mostBytes = 100_000_000
    /// Who may speak.
    private static let roles = ["system", "developer", "user", "assistant", "tool", "function"]

    /// Checks a file; every fault is told with its line.
    ///
    /// - Parameter least: how many examples are needed.
    /// - Throws: ``LearningFailure/faultyData(_:count:)`` or ``LearningFailure/tooLittle(_:)``.
    public init(checking bytes: [UInt8], least: Int = ChatExamples.least) throws(LearningFailure) {
        guard bytes.count <= ChatExamples.mostBytes else {
            throw .tooLittle(
                "the file has \(bytes.count) bytes, more than \(ChatExamples.mostBytes); take fewer examples")
        }
        var reading = Reading()
        var number = 0
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            reading.take(line, number, isLast: line.endIndex == bytes.endIndex)
        }
        guard reading.faultCount == 0 else { throw .faultyData(reading.faults, count: reading.faultCount) }
        guard reading.count >= least else {
            throw .tooLittle("too few examples (\(reading.count)); providers take \(least) or more")
        }
        (count, answers) = (reading.count, reading.answers)
    }

    /// What has been read so far.
    private struct Reading {
        var count = 0
        var answers = 0
        var faults: [DataFault] = []
        var faultCount = 0

        mutating func fault(_ line: Int, _ text: String) {
            faultCount += 1
            if faults.count < 100 { faults.append(DataFault(line, text)) }
        }

        mutating func take(_ bytes: ArraySlice<UInt8>, _ line: Int, isLast: Bool) {
            if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
                // What is uploaded is the file as it is: providers refuse empty lines but the end of the last.
                if !isLast { fault(line, "it is empty; take it out") }
                return
            }
            if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                return fault(line, "the file begins with a byte order mark; save it as UTF-8 without one")
            }
            guard String(validating: bytes, as: UTF8.self) != nil else {
                return fault(line, "it is not UTF-8; save the file as UTF-8")
            }
            do throws(JSONFailure) {
                let document = try JSONParser.parse(bytes)
                switch ChatExamples.fault(of: document) {
                case .some(let text): fault(line, text)
                case nil:
                    count += 1
                    answers += document["messages"]?.elements?.count { $0["role"]?.text == "assistant" } ?? 0
                }
            } catch {
                fault(line, "it is no JSON: \(SafeText(untrusted: error.description, limit: 120).oneLine.text)")
            }
        }
    }

    /// What is wrong with an example; `nil` when nothing is.
    private static func fault(of example: JSONValue) -> String? {
        guard example.members != nil else { return "it is \(example.kind), but must be an object with messages" }
        guard let messages = example["messages"]?.elements else { return "it has no list of messages" }
        for (place, message) in messages.enumerated() {
            if let words = fault(ofMessage: message) { return "message \(place + 1) \(words)" }
        }
        guard messages.contains(where: { $0["role"]?.text == "assistant" }) else {
            return "no message is of the role assistant, so there is nothing to learn"
        }
        return nil
    }

    private static func fault(ofMessage message: JSONValue) -> String? {
        guard message.members != nil else { return "is \(message.kind), but must have role and content" }
        guard let role = message["role"]?.text else { return "has no role" }
        guard roles.contains(role) else {
            let shown = SafeText(untrusted: role, limit: 40).oneLine.text
            return "has the role \(shown), but must have one of \(roles.joined(separator: ", "))"
        }
        switch message["content"] {
        case .string(let text)?:
            return role == "assistant" && text.allSatisfy(\.isWhitespace) ? "of the assistant is empty" : nil
        case .array(let parts)?:
            return parts.isEmpty ? "has an empty content" : nil
        // An answer may be a call of a tool in place of words.
        case .null?, nil:
            let isCall = message["tool_calls"]?.elements?.isEmpty == false || message["function_call"] != nil
            return role == "assistant" && isCall ? nil : "has no content"
        default: return "has a content that is no text"
        }
    }
}
