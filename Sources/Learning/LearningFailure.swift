/// Why a classifier cannot be trained, stored or read.
public enum LearningFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The data set has faults; the first hundred of them, and how many there are in all.
    case faultyData([DataFault], count: Int)
    /// There are not enough texts.
    case tooLittle(String)
    /// A number of the spec is outside its range.
    case unsoundSpec(field: String, accepts: String)
    /// The bytes are no classifier of ours.
    case notAClassifier
    /// A newer version of the program wrote it.
    case newerVersion(Int)
    /// It was changed or cut after it was written.
    case damaged(String)

    /// What is wrong and what to do, in one line, or one line for each fault.
    public var description: String {
        switch self {
        case .faultyData(let faults, let count):
            (faults.prefix(20).map(\.description) + (count > 20 ? ["and \(count - 20) more"] : []))
                .joined(separator: "\n")
        case .tooLittle(let what): what
        case .unsoundSpec(let field, let accepts): "\(field) must be \(accepts)"
        case .notAClassifier: "this is no classifier of Watchdesk"
        case .newerVersion(let version):
            "this classifier has format \(version), which this version of Watchdesk does not know: upgrade to use it"
        case .damaged(let what): "this classifier is damaged (\(what)): train it again, or restore it from a backup"
        }
    }
}

/// What is wrong with a line of a data set.
public struct DataFault: Equatable, Sendable, CustomStringConvertible {
    /// The line, from 1; where a record has several, its first.
    public let line: Int
    /// What is wrong and what would be right; safe to show.
    public let text: String

    init(_ line: Int, _ text: String) {
        self.line = line
        self.text = text
    }

    /// The line and what is wrong there.
    public var description: String { "line \(line): \(text)" }
}
