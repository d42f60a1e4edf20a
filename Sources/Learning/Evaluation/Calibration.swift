internal import func Glibc.exp
internal import func Glibc.log

/// How sure to be: the temperature that makes the right labels most probable, and the probability below which a text
/// is taken for out of scope.
struct Calibration: Equatable {
    /// What was said of one text.
    struct Said {
        /// The mean probabilities.
        let blocks: [Block]
        /// The right label.
        let label: Int

        init(_ blocks: [Block], label: Int) {
            self.blocks = blocks
            self.label = label
        }
    }

    /// Above 1 is less sure.
    private(set) var temperature = 1.0
    /// The mean loss at that temperature, nats.
    private(set) var loss = 0.0
    /// The share that was right.
    private(set) var accuracy = 0.0
    /// The probability that all but the rejected share of what was right reach.
    private(set) var threshold = 0.0

    init(_ said: [Said], labels: Int, rejectShare: Double) {
        guard !said.isEmpty else { return }
        // The loss has one valley over the logarithm of the temperature: golden section finds its bottom.
        var (low, high) = (log(0.2), log(5.0))
        let ratio = 0.618_033_988_749_895
        for _ in 0..<24 {
            let (left, right) = (high - (high - low) * ratio, low + (high - low) * ratio)
            if Calibration.cost(said, labels, left) < Calibration.cost(said, labels, right) {
                high = right
            } else {
                low = left
            }
        }
        temperature = exp((low + high) / 2)
        loss = Calibration.loss(said, labels, temperature)
        var right: [Double] = []
        for one in said {
            let probabilities = TextClassifier.tempered(one.blocks, labels, temperature)
            let best = probabilities.max() ?? 0
            if probabilities[one.label] == best { right.append(best) }
        }
        accuracy = Double(right.count) / Double(said.count)
        right.sort()
        threshold = right.isEmpty ? 0 : right[min(right.count - 1, Int(Double(right.count) * rejectShare))] * 0.999
    }

    /// The loss, and a few texts' worth of doubt: a handful of texts that were all right prove no certainty.
    private static func cost(_ said: [Said], _ labels: Int, _ logarithm: Double) -> Double {
        loss(said, labels, exp(logarithm)) + 3 * logarithm * logarithm / Double(said.count)
    }

    private static func loss(_ said: [Said], _ labels: Int, _ temperature: Double) -> Double {
        said.reduce(0) { $0 - log(max(1e-12, TextClassifier.tempered($1.blocks, labels, temperature)[$1.label])) }
            / Double(said.count)
    }
}
