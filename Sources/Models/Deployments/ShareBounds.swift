internal import func Glibc.log

/// Bounds of an unknown share that hold at every moment together, so that they may be looked at as often as one likes.
///
/// All shares whose likelihood is not less than α times that of a Beta(½, ½) mixture: Robbins' confidence sequence
/// (1970) for a Bernoulli mean, exact for any number of looks.
struct ShareBounds: Equatable {
    /// The least and the greatest share that are not ruled out, 0 to 1.
    let low: Double, high: Double

    /// - Parameters:
    ///   - hits: how often it happened.
    ///   - count: out of how many.
    ///   - alpha: the chance that the true share is ever outside, above 0.
    init(hits: Int64, of count: Int64, alpha: Double) {
        guard count > 0 else {
            (low, high) = (0, 1)
            return
        }
        let (hit, missed) = (Double(hits), Double(count - hits))
        let mixture = ShareBounds.logBeta(hit + 0.5, missed + 0.5) - ShareBounds.logBeta(0.5, 0.5)
        let limit = mixture + log(alpha)
        let middle = hit / Double(count)
        func isPossible(_ share: Double) -> Bool {
            (hit == 0 ? 0 : hit * log(share)) + (missed == 0 ? 0 : missed * log(1 - share)) >= limit
        }
        low = hit == 0 ? 0 : ShareBounds.edge(from: middle, to: 0, isPossible)
        high = missed == 0 ? 1 : ShareBounds.edge(from: middle, to: 1, isPossible)
    }

    /// The last share on the way out that is possible.
    private static func edge(from middle: Double, to end: Double, _ isPossible: (Double) -> Bool) -> Double {
        var (inside, outside) = (middle, end)
        for _ in 0..<60 {
            let share = (inside + outside) / 2
            if isPossible(share) { inside = share } else { outside = share }
        }
        return outside
    }

    private static func logBeta(_ first: Double, _ second: Double) -> Double {
        logGamma(first) + logGamma(second) - logGamma(first + second)
    }

    /// The logarithm of the gamma function by Stirling's series after a few steps up, exact to 1e-10 for 0.5 and more.
    private static func logGamma(_ value: Double) -> Double {
        var (shift, point) = (0.0, value)
        while point < 8 {
            shift -= log(point)
            point += 1
        }
        let inverse = 1 / (point * point)
        let series = (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680))) / point
        return shift + (point - 0.5) * log(point) - point + 0.918_938_533_204_672_8 + series
    }
}
