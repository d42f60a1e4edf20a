internal import Vocabulary

/// How long each tier of the history is kept.
public struct HistoryRetention: Equatable, Sendable {
    /// Every sample; never less than what the hour that is under way needs.
    public var seconds = Duration.seconds(3600)
    /// Steps of ten seconds.
    public var tenSeconds = Duration.seconds(86_400)
    /// Steps of a minute.
    public var minutes = Duration.seconds(31 * 86_400)
    /// Steps of an hour.
    public var hours = Duration.seconds(731 * 86_400)

    /// An hour of samples, a day, a month, two years.
    public init() {}

    /// Seconds that a tier is kept.
    func length(of tier: HistoryTier) -> Int64 {
        switch tier {
        case .second: max(seconds.components.seconds, 3600) + 100
        case .tenSeconds: max(tenSeconds.components.seconds, 60)
        case .minute: max(minutes.components.seconds, 3600)
        case .hour: max(hours.components.seconds, 86_400)
        }
    }
}
