public import Vocabulary

/// Everything that is wrong with the settings, so that a person mends it in one go.
public struct SettingsFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line a problem, each with its place and what would be accepted; never empty.
    public let problems: [SafeText]

    init(_ problems: [String]) {
        self.problems = problems.map { SafeText(untrusted: $0, limit: 2000).oneLine }
    }

    /// The problems, one a line.
    public var description: String { problems.map(\.text).joined(separator: "\n") }
}
