public import Vocabulary

/// One thing that is wrong in a YAML text, with its place.
public struct YAMLFault: Equatable, Sendable {
    /// Where the fault stands.
    public let position: YAMLPosition
    /// What is wrong and what would be accepted, in one line that is safe to show.
    public let message: SafeText

    /// A fault at a place; text from the file inside `message` is made harmless.
    public init(at position: YAMLPosition, _ message: String) {
        self.position = position
        self.message = SafeText(untrusted: message, limit: 500).oneLine
    }
}

/// Everything that is wrong in one file, so that a person mends it in one go.
public struct YAMLFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name of the file as the person knows it.
    public let file: SafeText
    /// The faults from top to bottom; never empty.
    public let faults: [YAMLFault]

    /// The faults of a file, sorted by their place.
    public init(file: String, faults: [YAMLFault]) {
        self.file = SafeText(untrusted: file, limit: 1000).oneLine
        self.faults = faults.sorted { $0.position < $1.position }
    }

    /// One line a fault: `file:line:column: what is wrong`.
    public var description: String {
        faults.map { "\(file):\($0.position.line):\($0.position.column): \($0.message)" }.joined(separator: "\n")
    }
}
