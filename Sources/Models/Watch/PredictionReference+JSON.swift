internal import DeskAPI
internal import JSON
internal import Learning

/// Counts as they are stored: `[3,0,12]`.
struct StoredCounts {
    let counts: [Int]

    init(_ counts: [Int]) {
        self.counts = counts
    }

    init?(_ json: JSONValue?) {
        guard let elements = json?.elements else { return nil }
        let counts = elements.compactMap { $0.wholeNumber.map { Int(clamping: $0) } }
        guard counts.count == elements.count, counts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.counts = counts
    }

    var json: JSONValue { .array(counts.map { .integer(Int64($0)) }) }
}

extension PredictionTally {
    var json: JSONValue {
        [
            "labels": StoredCounts(labels).json, "confidence": StoredCounts(confidence).json,
            "words": .integer(Int64(words.words)), "new_words": .integer(Int64(words.new)),
        ]
    }

    /// `nil` for what is no tally.
    init?(json: JSONValue) {
        guard let labels = StoredCounts(json["labels"]), let ranges = StoredCounts(json["confidence"]),
            let words = json["words"]?.wholeNumber, let new = json["new_words"]?.wholeNumber
        else { return nil }
        self.init(labels: labels.counts.count, ranges: ranges.counts.count)
        self.labels = labels.counts
        confidence = ranges.counts
        self.words = WordCount(words: Int(clamping: words), new: Int(clamping: new))
    }
}

extension PredictionReference {
    var json: JSONValue { ["edges": .array(edges.map { .number($0) }), "tally": tally.json] }

    /// `nil` for what is no reference.
    init?(json: JSONValue) {
        guard let elements = json["edges"]?.elements, let tally = json["tally"].flatMap(PredictionTally.init(json:)),
            tally.confidence.count == elements.count + 1
        else { return nil }
        self.init(edges: elements.compactMap(\.double), tally: tally)
    }

    /// The reference of a version that was registered before references were stored: what its evaluation found says how
    /// often it gave each label and how sure it was, and nothing of words.
    init(of report: ClassifierReport) {
        var tally = PredictionTally(labels: report.labels.count, ranges: report.ranges.count)
        let places = Dictionary(uniqueKeysWithValues: report.labels.enumerated().map { ($1.label, $0) })
        for confusion in report.confusions {
            if let place = places[confusion.given] { tally.labels[place] += Int(clamping: confusion.texts) }
        }
        tally.confidence = report.ranges.map { Int(clamping: $0.texts) }
        let count = report.ranges.count
        self.init(edges: (0..<count).dropFirst().map { Double($0) / Double(count) }, tally: tally)
    }
}
