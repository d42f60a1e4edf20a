/// How often a provider is asked how a fine-tuning stands.
public struct TuningPace: Equatable, Sendable {
    /// After something happened.
    public var least: Duration = .seconds(2)
    /// While nothing happens, or the provider does not answer.
    public var most: Duration = .seconds(60)
    /// After so long, a job that the provider does not list was never begun.
    public var certainty: Duration = .seconds(30)
    /// The most pages of a provider's list that are read at once.
    public var mostPages = 100

    /// From 2 seconds up to a minute.
    public init() {}

    /// How long to wait after having waited for `before` without news; who asks for longer gets it, up to ten minutes.
    func pause(after before: Duration, asked: Duration?) -> Duration {
        let usual = max(least, min(before * 2, most))
        return max(usual, min(asked ?? .zero, .seconds(600)))
    }
}
