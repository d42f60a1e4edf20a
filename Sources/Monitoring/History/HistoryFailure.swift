public import DeskAPI
internal import Vocabulary

/// Why the past cannot be told.
public enum HistoryFailure: Error, Equatable, Sendable {
    /// No sample of such a host was ever kept.
    case unknownHost(String, nearest: String?)
    /// No such metric was ever kept.
    case unknownMetric(String, nearest: String?)
    /// The end is not after the beginning.
    case emptySpan
}

extension Problem {
    /// What the caller of an operation is told.
    public init(_ failure: HistoryFailure) {
        switch failure {
        case .unknownHost(let name, let nearest):
            self.init(.notFound, "there is no host \(Problem.quoted(name))\(Problem.hint(nearest))")
        case .unknownMetric(let name, let nearest):
            self.init(.notFound, "there is no metric \(Problem.quoted(name))\(Problem.hint(nearest))")
        case .emptySpan:
            self.init(.invalidField, "`to` must be later than `from`")
        }
    }

    private static func quoted(_ name: String) -> String {
        "`\(SafeText(untrusted: name, limit: 256).oneLine)`"
    }

    private static func hint(_ nearest: String?) -> String {
        nearest.map { ", did you mean `\($0)`?" } ?? ""
    }
}
