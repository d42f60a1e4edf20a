/// How long to wait before connecting again: full jitter, so that many clients do not come at once.
///
/// After M. Brooker, "Exponential Backoff And Jitter", 2015.
struct Backoff: Sendable {
    private var attempts = 0

    /// The first wait is drawn from up to this, each next from up to twice as much.
    static let first = 0.5
    /// And never from more than this, in seconds.
    static let longest = 20.0

    /// The next wait in seconds; never less than a tenth.
    mutating func next(_ randomness: inout some RandomNumberGenerator) -> Double {
        let ceiling = min(Backoff.longest, Backoff.first * Double(1 << min(attempts, 10)))
        attempts += 1
        return max(0.1, Double.random(in: 0...ceiling, using: &randomness))
    }

    /// The connection held.
    mutating func reset() {
        attempts = 0
    }
}
