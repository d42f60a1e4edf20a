internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What happened at the desk, as far as it was read: markers on charts, and stops of the look back.
struct Timeline: Equatable, Sendable {
    /// The occurrences, oldest first.
    private(set) var all: [Occurrence] = []
    /// From when on they are known.
    private(set) var since: Timestamp?

    /// How far back is read at a time.
    static let reach = Duration.seconds(86_400)

    /// Takes occurrences of a span; they take the place of what was known of it.
    mutating func take(_ occurrences: [Occurrence], for request: ListOccurrences, at now: Timestamp) {
        let to = request.to ?? now
        let from = request.from ?? to - .seconds(3600)
        all.removeAll { $0.at >= from && $0.at <= to }
        all = (all + occurrences).sorted { $0.at < $1.at }
        since = min(since ?? from, from)
    }

    /// Notes what a change of an alert means for charts.
    mutating func note(_ alert: Alert, after before: AlertRow?) {
        let title = alert.summary
        let subject = "alert:\(alert.id)"
        if let firedAt = alert.firedAt, before?.firedAt == nil {
            add(Occurrence(at: firedAt, kind: .alert, title: title, subject: subject))
        }
        if let at = alert.acknowledgedAt, before?.acknowledgedAt != at {
            add(
                Occurrence(
                    at: at, kind: .acknowledgment, title: "\(alert.acknowledgedBy ?? ""): \(title)", subject: subject))
        }
        if let resolvedAt = alert.resolvedAt, before?.resolvedAt == nil, alert.firedAt != nil {
            add(Occurrence(at: resolvedAt, kind: .recovery, title: title, subject: subject))
        }
    }

    private mutating func add(_ occurrence: Occurrence) {
        guard
            !all.contains(where: {
                $0.kind == occurrence.kind && $0.subject == occurrence.subject && $0.at == occurrence.at
            })
        else { return }
        all.insert(occurrence, at: all.lastIndex { $0.at <= occurrence.at }.map { $0 + 1 } ?? 0)
        if all.count > Timeline.limit { all.removeFirst(all.count - Timeline.limit) }
    }

    /// How many occurrences are kept at most.
    private static let limit = 4000

    /// The last occurrence before a moment, of the whole seconds that the look back knows.
    func last(before moment: Timestamp) -> Occurrence? { all.last { $0.at.wholeSeconds < moment.wholeSeconds } }

    /// The first occurrence after a moment.
    func first(after moment: Timestamp) -> Occurrence? { all.first { $0.at.wholeSeconds > moment.wholeSeconds } }

    /// What happened in a span of time.
    func occurrences(from: Timestamp, to: Timestamp) -> [Occurrence] {
        // The newest are wanted most of the time, and they are at the end.
        Array(all.reversed().drop { $0.at > to }.prefix { $0.at >= from }.reversed())
    }

    /// What to ask for, so that the time before a moment is known.
    func request(before moment: Timestamp) -> ListOccurrences {
        var request = ListOccurrences()
        request.from = moment - Timeline.reach
        request.to = since.map { min($0, moment) } ?? moment
        request.limit = 1000
        return request
    }
}

extension Occurrence.Kind {
    /// How charts mark it.
    var marker: Chart.Marker.Kind {
        switch self {
        case .deployment: .deployment
        case .alert: .alert
        case .acknowledgment, .recovery: .acknowledgment
        case .restart: .restart
        case .configuration: .configuration
        case .ban: .ban
        }
    }

    /// A word for charts and lists.
    var word: SafeText {
        switch self {
        case .deployment: "deploy"
        case .alert: "alert"
        case .acknowledgment: "ack"
        case .recovery: "over"
        case .restart: "restart"
        case .configuration: "config"
        case .ban: "ban"
        }
    }
}

extension Occurrence {
    /// Where the console shows what it is about; `nil` where nothing does.
    var destination: Destination? {
        let parts = subject.split(separator: ":")
        guard parts.count == 2, let number = Int64(parts[1]) else { return nil }
        switch parts[0] {
        case "alert": return .alert(ID(number))
        case "model": return .model(ID(number))
        case "conversation": return .conversation(ID(number))
        default: return nil
        }
    }
}
