/// The top of a chart's scale, chosen so that it does not jump.
///
/// As in btop a single high sample does not move it: it grows when `confirmation` samples were above it, with headroom, to
/// the next round number; meanwhile the chart shows that it is cut off. Peaks that come again count together, until none
/// has come for `patience` samples. It shrinks only after everything shown has stayed below half of it for as long, and
/// then to what the highest of that time needs.
public struct AutoScale: Hashable, Sendable {
    /// What counts as round.
    public enum Steps: Hashable, Sendable {
        /// 1, 2, 2.5, 5 times a power of ten.
        case decimal
        /// Powers of two, for bytes.
        case binary
    }

    /// What counts as round.
    public let steps: Steps
    /// The smallest top, so that noise around zero stays flat.
    public let floor: Double
    /// How many samples must be above the top before the scale grows.
    public let confirmation: Int
    /// How many samples on end must stay low before the scale shrinks, and before peaks are forgotten.
    public let patience: Int
    /// The top now.
    public private(set) var top: Double

    private var above = Run()
    private var calm = Run()
    /// The samples since the last that was above.
    private var sinceAbove = 0

    /// Samples of which the same is true.
    private struct Run: Hashable {
        var count = 0
        var highest = 0.0

        mutating func take(_ value: Double) {
            count += 1
            highest = max(highest, value)
        }
    }

    /// A scale that starts at its smallest; `floor` must be positive, the counts at least 1.
    public init(_ steps: Steps = .decimal, floor: Double, confirmation: Int = 3, patience: Int = 30) {
        self.steps = steps
        self.floor = max(floor, .leastNormalMagnitude)
        self.confirmation = max(1, confirmation)
        self.patience = max(1, patience)
        top = self.steps.roundedUp(self.floor)
    }

    /// Takes a sample; call it once for each.
    ///
    /// - Parameters:
    ///   - newest: the sample itself; `nil` (nothing measured) and what is not finite change nothing.
    ///   - highest: over the whole chart, so that what is still visible holds the scale.
    public mutating func take(_ newest: Double?, highest: Double?) {
        if let newest, newest.isFinite { confirm(newest) }
        guard let highest, highest.isFinite else { return }
        guard highest < top / 2, top > steps.roundedUp(floor) else {
            calm = Run()
            return
        }
        calm.take(highest)
        if calm.count >= patience { settle(on: calm.highest) }
    }

    /// Fits what is shown at once, as at the start or when the time that is shown is another.
    public mutating func fit(_ highest: Double?) {
        guard let highest, highest.isFinite else { return }
        settle(on: highest)
    }

    private mutating func confirm(_ newest: Double) {
        guard newest > top else {
            sinceAbove += 1
            if sinceAbove >= patience { above = Run() }
            return
        }
        sinceAbove = 0
        above.take(newest)
        if above.count >= confirmation { settle(on: above.highest) }
    }

    /// A tenth of headroom, so that the next small step up does not move the scale again.
    private mutating func settle(on highest: Double) {
        top = steps.roundedUp(max(floor, highest * 1.1))
        above = Run()
        calm = Run()
    }
}

extension AutoScale.Steps {
    /// The smallest round number that is not below the value.
    func roundedUp(_ value: Double) -> Double {
        guard value > 0, value < 1e300 else { return max(value, 1) }
        switch self {
        case .decimal:
            var power = 1.0
            while power * 10 <= value { power *= 10 }
            while power > value { power /= 10 }
            let candidates = [1, 2, 2.5, 5, 10]
            // The tolerance keeps 0.3 / 0.1 and its like from climbing a step.
            return (candidates.first { $0 * power >= value * (1 - 1e-12) } ?? 10) * power
        case .binary:
            var power = 1.0
            while power < value { power *= 2 }
            while power / 2 >= value { power /= 2 }
            return power
        }
    }
}
