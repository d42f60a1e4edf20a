internal import DeskAPI
internal import Monitoring
internal import Vocabulary

/// Makes the desk's measures of itself from counters that only grow; asked once a second.
///
/// What nothing happened for is not known, never 0: a gateway without requests has no response time.
struct DeskMeter: Sendable {
    /// Everything that is counted at one moment.
    struct Reading: Sendable {
        /// `nil` when no gateway serves the desk.
        var traffic: Traffic?
        /// Commits of what must last, and the time that they took together.
        var commits = 0
        var commitTime = Duration.zero
        /// Bytes on the disk.
        var storageSize: Int64?
        var historySize: Int64?
        /// Writes that wait for either database.
        var waitingWrites = 0
        /// Databases that could not be written last.
        var storageFailures = 0
        /// Events that wait for the slowest reader of the bus.
        var waitingEvents = 0
        /// Everything that answers customers.
        var models: [ModelVersion] = []
        /// Since when the customer waits who waits longest; `nil` when nobody does.
        var oldestWaitingSince: Timestamp?
        /// Conversations in which a target is missed.
        var late: Int64 = 0
        /// The share that is used of the fullest budget, in percent; `nil` without budgets.
        var budget: Double?
        /// The share of good ratings, 0 to 100.
        var satisfaction: Double?
        /// The share of customers without a rating who were content by the estimate, 0 to 100.
        var estimatedSatisfaction: Double?
    }

    /// Looks, one a second, over which the language models' errors are counted.
    private static let errorWindow = 300
    /// For how long after its last answer a version's delays are still what customers see.
    private static let delayWindow = Duration.seconds(300)
    /// Looks closer together than this say nothing about a second.
    private static let shortest = 0.2

    private var last: (reading: Reading, at: Monotonic)?
    private var rates: (requests: Double?, failures: Double?) = (nil, nil)
    private var asked: [Int64] = []
    private var failed: [Int64] = []

    /// The value of every metric, in the order of ``DeskMetric``.
    mutating func take(_ reading: Reading, at now: Timestamp, monotonic: Monotonic) -> [MetricValue] {
        countErrors(reading.models)
        let commit = commitTime(since: last?.reading, reading)
        countRates(reading, at: monotonic)
        return DeskMetric.allCases.map { metric in
            let value =
                switch metric {
                case .oldestWait: reading.oldestWaitingSince.map { max(0, (now - $0).inSeconds) } ?? 0
                case .lateConversations: Double(reading.late)
                case .satisfaction: reading.satisfaction
                case .estimatedSatisfaction: reading.estimatedSatisfaction
                case .waitingEvents: Double(reading.waitingEvents)
                case .requests: rates.requests
                case .failures: rates.failures
                case .medianTime: reading.traffic?.p50.map(\.inMilliseconds)
                case .responseTime: reading.traffic?.p95.map(\.inMilliseconds)
                case .slowTime: reading.traffic?.p99.map(\.inMilliseconds)
                case .connections: reading.traffic.map { Double($0.connections) }
                case .webSockets: reading.traffic.map { Double($0.webSockets) }
                case .waitingFrames: reading.traffic.map { Double($0.waitingFrames) }
                case .commitTime: commit
                case .waitingWrites: Double(reading.waitingWrites)
                case .storageFailures: Double(reading.storageFailures)
                case .storageSize: reading.storageSize.map(Double.init)
                case .historySize: reading.historySize.map(Double.init)
                case .firstWord: DeskMeter.firstWord(of: reading.models, at: now)
                case .assistantErrors: errorShare
                case .budget: reading.budget
                case .drift: DeskMeter.drifts(of: reading.models).compactMap(\.index).max()
                case .newWords:
                    DeskMeter.drifts(of: reading.models).compactMap(\.newWordsBeyondUsual).max().map { $0 * 100 }
                } as Double?
            return MetricValue(name: metric.rawValue, unit: metric.unit, value: value)
        }
    }

    /// Every metric of a moment at which nothing could be read.
    static let unknown = DeskMetric.allCases.map { MetricValue(name: $0.rawValue, unit: $0.unit, value: nil) }

    private mutating func countRates(_ reading: Reading, at now: Monotonic) {
        let elapsed = last.map { (now - $0.at).inSeconds }
        if let elapsed, elapsed < DeskMeter.shortest { return }
        defer { last = (reading, now) }
        guard let elapsed, let before = last?.reading.traffic, let traffic = reading.traffic else {
            rates = (nil, nil)
            return
        }
        rates = (
            Double(traffic.requests - before.requests) / elapsed, Double(traffic.failures - before.failures) / elapsed
        )
    }

    /// The mean time of the commits since the last look; `nil` without any.
    private func commitTime(since before: Reading?, _ reading: Reading) -> Double? {
        guard let before, reading.commits > before.commits else { return nil }
        return (reading.commitTime - before.commitTime).inMilliseconds / Double(reading.commits - before.commits)
    }

    /// The slowest of the versions that answered lately.
    private static func firstWord(of models: [ModelVersion], at now: Timestamp) -> Double? {
        models.filter { $0.lastUsedAt.map { now - $0 < delayWindow } ?? false }.compactMap(\.firstTokenP95).max()
    }

    /// Those of the versions that a name points to.
    private static func drifts(of models: [ModelVersion]) -> [ClassifierDrift] {
        models.filter { !$0.aliases.isEmpty }.compactMap(\.drift)
    }

    private mutating func countErrors(_ models: [ModelVersion]) {
        let versions = models.filter { $0.endpoint != nil }
        asked.append(versions.reduce(0) { $0 + $1.requests })
        failed.append(versions.reduce(0) { $0 + $1.errors })
        guard asked.count > DeskMeter.errorWindow else { return }
        asked.removeFirst()
        failed.removeFirst()
    }

    /// The share of answers that the language models failed to give over the last five minutes; `nil` without any.
    private var errorShare: Double? {
        guard let asked = DeskMeter.growth(of: asked), let failed = DeskMeter.growth(of: failed) else { return nil }
        return Percent(Double(failed), of: Double(asked))?.value
    }

    private static func growth(of counts: [Int64]) -> Int64? {
        guard let first = counts.first, let last = counts.last else { return nil }
        return last - first
    }
}

extension Duration {
    fileprivate var inMilliseconds: Double { inSeconds * 1000 }
}
