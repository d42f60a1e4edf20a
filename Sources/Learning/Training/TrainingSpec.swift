/// How a classifier is trained; equal specs on equal data give equal classifiers.
public struct TrainingSpec: Equatable, Sendable {
    /// Changes when equal specs and data would give another classifier than before.
    public static let codeVersion = 2

    /// How texts become numbers.
    public var features = FeatureSpec()
    /// The most passes over the data, 1 to 200.
    public var epochs = 10
    /// How many passes without a better validation loss end the training, 1 to 50.
    public var patience = 2
    /// The share of each label's texts that decides when to stop and how sure to be, 0.01 to 0.5.
    public var validationShare = 0.1
    /// The share of each label's texts that only the evaluation sees, 0.01 to 0.5.
    public var testShare = 0.2
    /// Whether rare labels count for more: each label as much as every other (texts / (labels · texts of the label), as
    /// scikit-learn's `balanced`), but no text more than ``mostWeight``.
    public var isBalanced = false
    /// The share of texts about something known that may be taken for out of scope, 0 to 0.5.
    public var rejectShare = 0.02
    /// Where all chance comes from.
    public var seed: UInt64 = 1

    /// A handful of texts must not outweigh all others.
    static let mostWeight = 20.0

    /// The spec whose results `docs/models.md` shows.
    public init() {}

    /// Refuses numbers that make no sense.
    ///
    /// - Throws: ``LearningFailure/unsoundSpec(field:accepts:)``.
    public func check() throws(LearningFailure) {
        guard features.isSound else { throw .unsoundSpec(field: "features", accepts: "within their ranges") }
        guard (1...200).contains(epochs) else { throw .unsoundSpec(field: "epochs", accepts: "1 to 200") }
        guard (1...50).contains(patience) else { throw .unsoundSpec(field: "patience", accepts: "1 to 50") }
        guard (0.01...0.5).contains(validationShare) else {
            throw .unsoundSpec(field: "validation_share", accepts: "0.01 to 0.5")
        }
        guard (0.01...0.5).contains(testShare) else { throw .unsoundSpec(field: "test_share", accepts: "0.01 to 0.5") }
        guard (0...0.5).contains(rejectShare) else { throw .unsoundSpec(field: "reject_share", accepts: "0 to 0.5") }
    }

    /// Everything that decides what comes out, in one line.
    public var signature: String {
        let parts: [String] = [
            "code \(TrainingSpec.codeVersion)", "words \(features.words)", "reach \(features.reach)",
            "characters \(features.characters.lowerBound)-\(features.characters.upperBound - 1)",
            "bits \(features.bits)", "least \(features.leastTexts)", "epochs \(epochs)", "patience \(patience)",
            "validation \(validationShare)", "test \(testShare)", "balanced \(isBalanced)", "reject \(rejectShare)",
            "seed \(seed)",
        ]
        return parts.joined(separator: ", ")
    }
}
