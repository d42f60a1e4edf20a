internal import DeskAPI
internal import Learning
internal import Models
internal import NIOConcurrencyHelpers

/// Says how customers' words sound: by the classifier that has the name `sentiment`, else by one that is trained from
/// the sentences Watchdesk ships.
struct CustomerMood: Sendable {
    let models: Models
    let log: @Sendable (String) -> Void
    /// The longest text that is judged, characters.
    private static let longest = 2000

    /// How a text sounds, −1 upset to 1 glad; `nil` when no classifier can say.
    func feeling(of text: String) async -> Double? {
        guard let classifier = await classifier() else { return nil }
        var feeling: Double?
        for (label, probability) in zip(
            classifier.labels, classifier.probabilities(of: String(text.prefix(CustomerMood.longest))))
        {
            switch label {
            case "positive": feeling = (feeling ?? 0) + probability
            case "negative": feeling = (feeling ?? 0) - probability
            default: break
            }
        }
        return feeling
    }

    private func classifier() async -> TextClassifier? {
        guard let version = models.version(named: ModelDesk.sentiment), version.kind == .sentiment else {
            return StarterClassifier.current
        }
        do {
            return try await models.classifier(version.id)
        } catch {
            log("version \(version.id) cannot say how a customer feels: \(error)")
            return nil
        }
    }
}

/// The classifier of the sentences that are shipped: trained once a process, when somebody asks for it first.
private enum StarterClassifier {
    private static let trained = NIOLockedValueBox<TextClassifier?>(nil)
    /// Learns a little at a time, so that nobody who wants the thread waits for it.
    private static let training = Task(priority: .utility) {
        var spec = TrainingSpec()
        // Nobody looks at an evaluation: all but a few of the sentences are learned.
        spec.testShare = 0.05
        var training = try ClassifierTraining(DataSet(StarterSentiment.examples), spec: spec)
        while training.advance() != .over { await Task.yield() }
        let classifier = training.finish().classifier
        trained.withLockedValue { $0 = classifier }
    }

    /// `nil` until it has learned.
    static var current: TextClassifier? {
        if let known = trained.withLockedValue({ $0 }) { return known }
        _ = training
        return nil
    }
}
