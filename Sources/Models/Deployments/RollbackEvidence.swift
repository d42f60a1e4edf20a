internal import func Glibc.exp
internal import func Glibc.log

/// Evidence that a new version fails more often than the stable one, that may be looked at after every failure.
///
/// Under "the odds of the new version's failing are at most `tolerance` times the stable one's", a failure belongs to
/// the new version with probability q0 = w·r0 / (w·r0 + 1 − w), w being its share of the conversations at that moment.
/// The evidence is the mean, over six alternatives, of the likelihood ratio of who failed so far; by Ville's inequality
/// (1939) it ever reaches 1/α with a probability of at most α, however often it is looked at, however the share changes,
/// and whatever the rate that both arms share. The conditional likelihood is Kulldorff's (2011) of vaccine surveillance,
/// with a mixture in place of his maximum (e-values: Turner, Ly, Grünwald 2021).
public struct RollbackEvidence: Equatable, Sendable {
    /// How many times the odds are under each alternative.
    static let ratios = [1.5, 2, 3, 5, 10, 30]

    /// The logarithm of the likelihood ratio for each alternative.
    private(set) var logarithms: [Double]

    /// No evidence yet.
    public init() {
        logarithms = [Double](repeating: 0, count: RollbackEvidence.ratios.count)
    }

    init?(logarithms: [Double]) {
        guard logarithms.count == RollbackEvidence.ratios.count, logarithms.allSatisfy(\.isFinite) else { return nil }
        self.logarithms = logarithms
    }

    /// Takes the first failure of a conversation.
    ///
    /// - Parameters:
    ///   - isCanary: whether the new version had it.
    ///   - share: the new version's share of the conversations then, between 0 and 1.
    ///   - tolerance: how many times the stable version's odds still count as equally good, 1 or more.
    public mutating func take(isCanary: Bool, share: Double, tolerance: Double = 1) {
        // Where everybody gets the same version, a failure says nothing about which is better.
        guard share > 0, share < 1 else { return }
        func odds(_ ratio: Double) -> Double { share * ratio / (share * ratio + 1 - share) }
        let usual = odds(tolerance)
        for (place, ratio) in RollbackEvidence.ratios.enumerated() {
            let worse = odds(ratio * tolerance)
            logarithms[place] += isCanary ? log(worse / usual) : log((1 - worse) / (1 - usual))
        }
    }

    /// The evidence: 1 says nothing, 100 is a hundred to one against the new version.
    public var value: Double {
        let highest = logarithms.max() ?? 0
        let sum = logarithms.reduce(0) { $0 + exp($1 - highest) }
        return min(1e12, exp(min(highest, 700)) * sum / Double(logarithms.count))
    }
}

/// Evidence that conversations do not go to the two versions in the proportions that they should.
struct SampleRatioEvidence: Equatable, Sendable {
    private static let ratios = [1.0 / 3, 0.5, 0.8, 1.25, 2, 3]
    /// From here on, the comparison is void.
    static let limit = 1000.0

    private(set) var logarithms: [Double]

    init() {
        logarithms = [Double](repeating: 0, count: SampleRatioEvidence.ratios.count)
    }

    init?(logarithms: [Double]) {
        guard logarithms.count == SampleRatioEvidence.ratios.count, logarithms.allSatisfy(\.isFinite) else {
            return nil
        }
        self.logarithms = logarithms
    }

    /// Takes a new conversation.
    mutating func take(isCanary: Bool, share: Double) {
        guard share > 0, share < 1 else { return }
        for (place, ratio) in SampleRatioEvidence.ratios.enumerated() {
            let other = share * ratio / (share * ratio + 1 - share)
            logarithms[place] += isCanary ? log(other / share) : log((1 - other) / (1 - share))
        }
    }

    var value: Double {
        let highest = logarithms.max() ?? 0
        let sum = logarithms.reduce(0) { $0 + exp($1 - highest) }
        return min(1e12, exp(min(highest, 700)) * sum / Double(logarithms.count))
    }
}
