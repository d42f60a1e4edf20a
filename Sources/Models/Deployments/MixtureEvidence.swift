internal import func Glibc.exp
internal import func Glibc.log

/// A mixture of likelihood ratios about to which of two versions things happen, that may be looked at at any time.
///
/// What happens belongs to the new version with a probability that is known if nothing is wrong. The evidence is the
/// mean, over several ways of being wrong, of how many times more probable what was seen is that way; by Ville's
/// inequality (1939) it ever reaches 1/α with a probability of at most α, however often it is looked at and however the
/// share changes.
struct MixtureEvidence: Equatable, Sendable {
    /// The logarithm of the likelihood ratio for each way.
    private(set) var logarithms: [Double]
    /// How many times the odds are, each way.
    private let ratios: [Double]

    /// No evidence yet about odds that are so many times what they should be.
    init(ratios: [Double]) {
        self.ratios = ratios
        logarithms = [Double](repeating: 0, count: ratios.count)
    }

    /// The same with what was gathered before; `nil` when it does not fit.
    func with(_ logarithms: [Double]) -> MixtureEvidence? {
        guard logarithms.count == ratios.count, logarithms.allSatisfy(\.isFinite) else { return nil }
        var copy = self
        copy.logarithms = logarithms
        return copy
    }

    /// Takes one thing that happened.
    ///
    /// - Parameters:
    ///   - isCanary: whether it happened to the new version.
    ///   - share: the new version's share of the conversations then, 0 to 1.
    ///   - tolerance: how many times the odds that follow from the share are still as they should be.
    mutating func take(isCanary: Bool, share: Double, tolerance: Double = 1) {
        // Where everybody gets the same version, nothing says which is better.
        guard share > 0, share < 1 else { return }
        func odds(_ ratio: Double) -> Double { share * ratio / (share * ratio + 1 - share) }
        let usual = odds(tolerance)
        for (place, ratio) in ratios.enumerated() {
            let other = odds(ratio * tolerance)
            logarithms[place] += isCanary ? log(other / usual) : log((1 - other) / (1 - usual))
        }
    }

    /// The evidence: 1 says nothing, 100 is a hundred to one that something is wrong.
    var value: Double {
        let highest = logarithms.max() ?? 0
        let sum = logarithms.reduce(0) { $0 + exp($1 - highest) }
        return min(1e12, exp(min(highest, 700)) * sum / Double(logarithms.count))
    }

    /// Evidence that the new version fails more often than the stable one, taken from the first failure of each
    /// conversation.
    ///
    /// Under "its odds of failing are at most `tolerance` times the stable one's", a failure is the new version's with
    /// probability w·r0 / (w·r0 + 1 − w), w being its share and r0 the tolerance, whatever the rate that both versions
    /// share. The conditional likelihood is Kulldorff's (2011) of vaccine surveillance, with a mixture in place of his
    /// maximum (e-values: Turner, Ly, Grünwald 2021).
    static let ofFailures = MixtureEvidence(ratios: [1.5, 2, 3, 5, 10, 30])

    /// Evidence that conversations do not go to the versions in the proportions that they should.
    static let ofProportions = MixtureEvidence(ratios: [1.0 / 3, 0.5, 0.8, 1.25, 2, 3])
}
