public import DeskAPI

/// A service that the desk asks again and again whether it answers.
public struct ServiceTarget: Equatable, Sendable {
    /// Its name in the metrics.
    public var name: String
    /// How it is asked.
    public var kind: Service.Kind
    /// An address for `http` and `llm`, `HOST:PORT` for the others.
    public var target: String
    /// From one question to the next.
    public var every: Duration
    /// How long an answer may take.
    public var timeout: Duration
    /// The status that means that all is well.
    public var expect: Int
    /// A file of certificates (PEM) that are trusted in place of the system's; for addresses.
    public var authority: String?

    /// A service that is asked every ten seconds.
    public init(
        name: String, kind: Service.Kind, target: String, every: Duration = .seconds(10),
        timeout: Duration = .seconds(3), expect: Int = 200, authority: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.target = target
        self.every = every
        self.timeout = timeout
        self.expect = expect
        self.authority = authority
    }
}
