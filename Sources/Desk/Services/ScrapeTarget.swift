/// A node_exporter that the desk reads again and again.
public struct ScrapeTarget: Equatable, Sendable {
    /// What its host is called here.
    public var name: String
    /// The address of its page.
    public var url: String
    /// From one page to the next.
    public var every: Duration

    /// A target that is read every ten seconds.
    public init(name: String, url: String, every: Duration = .seconds(10)) {
        self.name = name
        self.url = url
        self.every = every
    }
}
