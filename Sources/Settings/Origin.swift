internal import Vocabulary

/// Where a setting's value came from; each beats those below it.
public enum Origin: Equatable, Sendable, CustomStringConvertible {
    /// A flag of the command line.
    case flag(String)
    /// An environment variable.
    case environment(String)
    /// A line of the configuration file.
    case file(String, line: Int)
    /// Nobody gave it.
    case `default`

    /// Where, as a person would say it.
    public var description: String {
        switch self {
        case .flag(let name): "flag \(name)"
        case .environment(let name): "environment \(name)"
        case .file(let path, let line): "\(SafeText(untrusted: path).oneLine):\(line)"
        case .default: "default"
        }
    }
}

/// A setting's value, and where it came from.
public struct Resolved<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// Where it came from.
    public let origin: Origin

    /// A value with its origin.
    public init(_ value: Value, from origin: Origin) {
        self.value = value
        self.origin = origin
    }
}

extension Resolved: Equatable where Value: Equatable {}
