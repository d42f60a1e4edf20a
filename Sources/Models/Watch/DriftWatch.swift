internal import DeskAPI
internal import Learning

/// What a classifier in use said of customers' texts, by the day, beside what it said of its held-out texts.
struct DriftWatch: Sendable {
    /// Days that are compared, today included.
    static let window: Int64 = 7

    let reference: PredictionReference
    /// Counts of each day since 1970 (UTC).
    private(set) var days: [Int64: PredictionTally] = [:]
    /// Days whose counts are not stored yet.
    private(set) var unsaved: Set<Int64> = []

    init(_ reference: PredictionReference) {
        self.reference = reference
    }

    /// Counts what was said of a text.
    mutating func count(_ prediction: TextClassifier.Prediction, on day: Int64) {
        reference.count(prediction, in: &days[day, default: reference.empty])
        unsaved.insert(day)
    }

    /// Takes the stored counts of a day; those of another classifier are left out.
    mutating func put(_ tally: PredictionTally, of day: Int64) {
        guard tally.labels.count == reference.tally.labels.count,
            tally.confidence.count == reference.edges.count + 1
        else { return }
        days[day, default: reference.empty].add(tally)
    }

    /// The days to store, which count as stored from now on.
    mutating func takeUnsaved() -> [(day: Int64, tally: PredictionTally)] {
        defer { unsaved = [] }
        return unsaved.sorted().compactMap { day in days[day].map { (day, $0) } }
    }

    /// Says that a day could not be stored.
    mutating func putBack(_ day: Int64) {
        unsaved.insert(day)
    }

    /// How far the last days lie from the reference; forgets older ones.
    mutating func drift(on day: Int64) -> ClassifierDrift {
        days = days.filter { $0.key > day - DriftWatch.window || unsaved.contains($0.key) }
        var now = reference.empty
        for (other, tally) in days where other > day - DriftWatch.window { now.add(tally) }
        var drift = ClassifierDrift()
        (drift.texts, drift.reference) = (Int64(now.texts), Int64(reference.tally.texts))
        drift.labels = PopulationStability.index(of: now.labels, against: reference.tally.labels)
        drift.confidence = PopulationStability.index(of: now.confidence, against: reference.tally.confidence)
        drift.usualNewWords = reference.tally.words.share
        if drift.index != nil, drift.usualNewWords != nil { drift.newWords = now.words.share }
        drift.state = drift.judged
        return drift
    }
}
