internal import DeskAPI
internal import Vocabulary

/// The console's look back: one cursor in time for every pane, and what was true there.
///
/// What is shown belongs to one moment as a whole. While the next one is being read the last one stays, with its time.
struct Rewind: Equatable, Sendable {
    /// Where the person wants to be.
    private(set) var wanted: Timestamp
    /// What happened there, when the person went to an occurrence.
    private(set) var occurrence: Occurrence?
    /// The moment that was read; `nil` before the first.
    private(set) var moment: DeskMoment?
    /// The course of the charts' metrics before the moment.
    private(set) var series: [String: MetricSeries] = [:]
    private var seriesSpan: ClosedRange<Timestamp>?
    /// Why the moment could not be read.
    private(set) var fault: SafeText?

    /// How far one step goes.
    static let step = Duration.seconds(10)
    /// How far a long step goes.
    static let stride = Duration.seconds(300)
    /// The time before the moment that charts show.
    private static let before = Duration.seconds(HostCharts.span + 30)
    /// How much more is read, so that steps in either direction find it there.
    private static let margin = Duration.seconds(300)

    init(at moment: Timestamp) {
        wanted = Rewind.wholeSecond(moment)
    }

    /// The moment that is shown.
    var shown: Timestamp { moment?.at ?? wanted }

    /// Whether the moment that is shown is not the one that is wanted.
    var isReading: Bool { moment?.at != wanted && fault == nil }

    /// Goes to another moment, at most to `latest`.
    mutating func move(to moment: Timestamp, occurrence: Occurrence? = nil, latest: Timestamp) {
        wanted = min(Rewind.wholeSecond(moment), Rewind.wholeSecond(latest))
        self.occurrence = occurrence
        fault = nil
    }

    /// What must be read for the moment that is wanted.
    func requests(host: String?) -> [DeskRequest] {
        var requests: [DeskRequest] = []
        if moment?.at != wanted { requests.append(.showMoment(ShowMoment(at: wanted, host: host))) }
        guard let host, !isCovered else { return requests }
        return requests + HostCharts.metrics.map { .queryPast(query(for: $0, of: host)) }
    }

    private var isCovered: Bool {
        seriesSpan.map { $0.contains(wanted - Rewind.before) && $0.contains(wanted) } ?? false
    }

    private func query(for metric: String, of host: String) -> QueryMetric {
        var query = QueryMetric()
        query.host = host
        query.name = metric
        query.step = 1
        query.from = wanted - Rewind.before - Rewind.margin
        query.to = wanted + Rewind.margin
        return query
    }

    /// Takes what was read.
    ///
    /// - Returns: whether anything that is shown changed.
    mutating func take(_ answer: Result<DeskAnswer, Problem>, to request: DeskRequest) -> Bool {
        switch (request, answer) {
        case (.showMoment(let asked), .success(.moment(let moment))):
            guard asked.at == wanted else { return false }
            self.moment = moment
            fault = nil
        case (.showMoment(let asked), .failure(let problem)):
            guard asked.at == wanted else { return false }
            fault = SafeText(untrusted: problem.detail, limit: 200).oneLine
        case (.queryPast(let asked), .success(.series(let read))):
            guard let from = asked.from, let to = asked.to, (from...to).contains(wanted) else { return false }
            if seriesSpan != from...to { series = [:] }
            seriesSpan = from...to
            series[asked.name] = read
        default: return false
        }
        return true
    }

    private static func wholeSecond(_ moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: moment.wholeSeconds * 1000)
    }
}
