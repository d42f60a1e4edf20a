/// The top of a chart's scale, chosen so that it does not jump.
///
/// It grows at once, with headroom, to the next round number. It shrinks only after everything shown has stayed below
/// half of it for `patience` samples on end, and then to what the highest of those needs.
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
    /// How many samples on end must stay low before the scale shrinks.
    public let patience: Int
    /// The top now.
    public private(set) var top: Double

    private var calm = 0
    private var highestWhileCalm = 0.0

    /// A scale that starts at its smallest; `floor` must be positive, `patience` at least 1.
    public init(_ steps: Steps = .decimal, floor: Double, patience: Int = 30) {
        self.steps = steps
        self.floor = max(floor, .leastNormalMagnitude)
        self.patience = max(1, patience)
        top = self.steps.roundedUp(self.floor)
    }

    /// Takes the highest value that the chart shows at this sample; call it once a sample.
    ///
    /// - Parameter highest: over the whole chart, so that a peak which is still visible holds the scale;
    ///   `nil` (nothing measured) and what is not finite change nothing.
    public mutating func take(_ highest: Double?) {
        guard let highest, highest.isFinite else { return }
        guard highest <= top else { return grow(to: highest) }
        guard highest < top / 2, top > steps.roundedUp(floor) else { return rest() }
        calm += 1
        highestWhileCalm = max(highestWhileCalm, highest)
        guard calm >= patience else { return }
        top = wanted(for: highestWhileCalm)
        rest()
    }

    private mutating func grow(to highest: Double) {
        top = wanted(for: highest)
        rest()
    }

    private mutating func rest() {
        calm = 0
        highestWhileCalm = 0
    }

    /// A tenth of headroom, so that the next small step up does not move the scale again.
    private func wanted(for highest: Double) -> Double {
        steps.roundedUp(max(floor, highest * 1.1))
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
