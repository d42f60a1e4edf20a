internal import Vocabulary

/// How long a message waits before it is tried again: exponential, with full jitter.
///
/// Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
struct NoticeBackOff: Equatable, Sendable {
    /// The longest wait after the first failure.
    var base = Duration.seconds(1)
    /// The longest wait of all.
    var limit = Duration.seconds(600)
    /// The shortest, so that a receiver is never asked in a tight loop.
    var floor = Duration.milliseconds(100)
    /// The longest that a receiver may ask for.
    var longestWish = Duration.seconds(3600)

    /// The wait after so many failures, 1 or more; what the receiver asked for (`Retry-After`) counts as the least.
    func wait(
        after failures: Int, wish: Duration?, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let steps = min(max(failures - 1, 0), 20)
        let ceiling = min(base * (1 << steps), limit).wholeMilliseconds
        let drawn = Duration.milliseconds(Int64.random(in: 0...max(0, ceiling), using: &generator))
        return max(floor, drawn, min(wish ?? .zero, longestWish))
    }
}
