internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The courses of one metric on several hosts, and which of them are to be read anew.
///
/// A key may ask for another course many times a second; what is asked meanwhile waits, and only the last of it is read.
struct CourseBook: Equatable, Sendable {
    private var courses: [String: MetricWindow] = [:]
    private var answered: [String: QueryMetric] = [:]
    private var asked: [String: QueryMetric] = [:]
    private var askedAt: [String: Timestamp] = [:]
    /// Why a host's course could not be read.
    private(set) var faults: [String: SafeText] = [:]

    /// What was read of a host, if it is of this metric.
    func course(of metric: String, on host: String) -> MetricWindow? {
        courses[host].flatMap { $0.metric == metric ? $0 : nil }
    }

    /// Whether anything is being read.
    var isReading: Bool { !asked.isEmpty }

    /// What must be asked so that the courses show a view; nothing that is being read already.
    ///
    /// - Parameters:
    ///   - end: the right edge when it stands still; `nil` when it goes along with now.
    mutating func requests(
        for metric: String, on hosts: [String], _ view: ChartView, until end: Timestamp?, at now: Timestamp
    ) -> [DeskRequest] {
        forget(butNot: hosts)
        let margin = Duration.seconds(view.step)
        let (from, to) = (view.start(now) - margin, end.map { $0 + margin })
        return hosts.compactMap { host in
            guard asked[host] == nil, isDue(metric, on: host, view.step, from, to, at: now) else { return nil }
            var query = QueryMetric()
            query.host = host
            query.name = metric
            query.from = from
            query.to = to
            query.step = view.step
            asked[host] = query
            askedAt[host] = now
            return .readCourse(query)
        }
    }

    /// A course that goes along with now is read again when a point has passed; the seconds come by themselves.
    private func isDue(
        _ metric: String, on host: String, _ step: Int64, _ from: Timestamp, _ to: Timestamp?, at now: Timestamp
    ) -> Bool {
        guard let last = answered[host], let at = askedAt[host] else { return true }
        if last.name != metric || last.step != step || last.to != to { return true }
        if to != nil { return last.from != from }
        if last.from.map({ $0 > from }) ?? true { return true }
        return step > 1 && now - at >= .seconds(max(2, step))
    }

    /// Takes what was read.
    ///
    /// - Returns: whether it was asked for here.
    mutating func take(_ answer: Result<DeskAnswer, Problem>, to request: DeskRequest) -> Bool {
        guard case .readCourse(let query) = request, let host = query.host, asked[host] == query else { return false }
        asked[host] = nil
        answered[host] = query
        switch answer {
        case .success(.series(let series)):
            courses[host] = MetricWindow(series)
            faults[host] = nil
        case .success: break
        case .failure(let problem):
            courses[host] = nil
            faults[host] = SafeText(untrusted: problem.detail, limit: 200).oneLine
        }
        return true
    }

    private mutating func forget(butNot hosts: [String]) {
        let kept = Set(hosts)
        courses = courses.filter { kept.contains($0.key) }
        answered = answered.filter { kept.contains($0.key) }
        faults = faults.filter { kept.contains($0.key) }
    }

    /// Reads everything anew when there is a connection again; until then what was read stays.
    mutating func disconnect() {
        asked = [:]
        answered = [:]
    }
}
