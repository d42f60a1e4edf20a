public import Host

/// What an agent is started with.
public struct AgentConfiguration: Sendable {
    /// What the host is called at the gateway.
    public var name: String
    /// The folder that holds samples until the gateway has them; this process must own it.
    public var folder: String
    /// The most samples that wait, one a second; beyond it the oldest go first.
    public var mostWaiting = 86_400
    /// Where `/proc` and `/sys` are found; `/` but in containers and tests.
    public var hostRoot = "/"
    /// How long the end may take to send what waits.
    public var grace = Duration.seconds(5)
    /// The clocks.
    public var clock: HostClock
    /// Told what whoever runs the agent should know, one line each.
    public var notice: @Sendable (String) -> Void

    /// An agent with every default.
    public init(
        name: String, folder: String, clock: HostClock = .system,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.name = name
        self.folder = folder
        self.clock = clock
        self.notice = notice
    }
}
