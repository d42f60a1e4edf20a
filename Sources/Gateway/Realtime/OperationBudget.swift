internal import Vocabulary

/// A token bucket: so many at once, then so many a second; a refused one costs nothing.
struct OperationBudget {
    private let rate: Double
    private let burst: Double
    private var tokens: Double
    private var updated: Monotonic

    init(rate: Double, burst: Double, at now: Monotonic) {
        self.rate = rate
        self.burst = burst
        tokens = burst
        updated = now
    }

    /// Takes one; gives `nil` when it is granted, else the milliseconds after which one will be.
    mutating func take(at now: Monotonic) -> Int64? {
        tokens = min(burst, tokens + rate * max(0, (now - updated).inSeconds))
        updated = now
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return Int64(((1 - tokens) / rate * 1000).rounded(.up))
    }
}
