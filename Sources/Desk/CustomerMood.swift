internal import DeskAPI
internal import Host
internal import Learning
internal import Models
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Says how customers' words sound: by the classifier that has the name `sentiment`, else by one that is trained from
/// the sentences Watchdesk ships.
struct CustomerMood: Sendable {
    let models: Models
    let clock: HostClock
    let log: @Sendable (String) -> Void
    /// The longest text that is judged, characters.
    private static let longest = 2000

    /// How a text sounds, −1 upset to 1 glad; `nil` when no classifier can say.
    ///
    /// - Parameter isNew: whether a customer writes it now, so that it counts for the drift of the classifier.
    func feeling(of text: String, isNew: Bool = true) async -> Double? {
        guard let (classifier, version) = await classifier() else { return nil }
        let (prediction, probabilities) = classifier.read(String(text.prefix(CustomerMood.longest)))
        if isNew, let version { await watch(prediction, of: version) }
        var feeling: Double?
        for (label, probability) in zip(classifier.labels, probabilities) {
            switch label {
            case "positive": feeling = (feeling ?? 0) + probability
            case "negative": feeling = (feeling ?? 0) - probability
            default: break
            }
        }
        return feeling
    }

    private func watch(_ prediction: TextClassifier.Prediction, of version: ID<ModelVersion>) async {
        do {
            try await models.watch(prediction, of: version, at: clock.now())
        } catch {
            log("what version \(version) said is not counted: \(error)")
        }
    }

    private func classifier() async -> (TextClassifier, version: ID<ModelVersion>?)? {
        guard let version = models.version(named: ModelDesk.sentiment), version.kind == .sentiment else {
            return StarterClassifier.current.map { ($0, nil) }
        }
        do {
            return (try await models.classifier(version.id), version.id)
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
