internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// An alert as the console shows it: every text from outside made harmless once, here.
struct AlertRow: Equatable, Sendable {
    let id: ID<Alert>
    let rule: SafeText
    let host: String
    let hostName: SafeText
    let metric: String
    let metricName: SafeText
    let severity: Severity
    let category: SafeText
    let summary: SafeText
    let condition: Alert.Condition
    let value: Double?
    let threshold: Double
    let clear: Double
    let firesAbove: Bool
    let unit: MetricUnit
    let startedAt: Timestamp
    let firedAt: Timestamp?
    let resolvedAt: Timestamp?
    let acknowledgedBy: SafeText?
    let acknowledgedAt: Timestamp?
    let acknowledgedUntil: Timestamp?
    let note: SafeText?
    /// The silence that keeps it quiet; `nil` when it calls.
    let silence: ID<Silence>?
    let silencedUntil: Timestamp?
    /// The graver rule that says the same; `nil` when there is none.
    let inhibitor: SafeText?
    /// The maintenance window that keeps it quiet; `nil` when there is none.
    let maintenance: SafeText?
    let maintenanceUntil: Timestamp?
    /// What is said about it by name, such as `team=storage`.
    let labels: [SafeText]
    let runbook: SafeText?
    let assignedTo: SafeText?
    let resolvedBy: SafeText?
    /// How often the next in line was called.
    let level: Int64
    let source: Alert.Source
    let previous: ID<Alert>?
    let isFlapping: Bool
    let flaps: Int64
    let revision: Int64

    init(_ record: Alert) {
        id = record.id
        rule = SafeText(untrusted: record.rule, limit: 100).oneLine
        host = record.host
        hostName = SafeText(untrusted: record.host, limit: 100).oneLine
        metric = record.metric
        metricName = SafeText(untrusted: record.metric, limit: 120).oneLine
        severity = record.severity
        category = SafeText(untrusted: record.category, limit: 40).oneLine
        summary = SafeText(untrusted: record.summary, limit: 300).oneLine
        condition = record.condition
        value = record.value.flatMap { $0.isFinite ? $0 : nil }
        threshold = record.threshold
        clear = record.clear
        firesAbove = record.firesAbove
        unit = record.unit
        startedAt = record.startedAt
        firedAt = record.firedAt
        resolvedAt = record.resolvedAt
        acknowledgedBy = record.acknowledgedBy.map { SafeText(untrusted: $0, limit: 80).oneLine }
        acknowledgedAt = record.acknowledgedAt
        acknowledgedUntil = record.acknowledgedUntil
        note = record.note.flatMap { $0.isEmpty ? nil : SafeText(untrusted: $0, limit: 500).oneLine }
        silence = record.suppression == .silenced ? ID(record.suppressedBy.flatMap { Int64($0) } ?? 0) : nil
        silencedUntil = record.suppressedUntil
        inhibitor =
            record.suppression == .inhibited
            ? SafeText(untrusted: record.suppressedBy ?? "", limit: 80).oneLine : nil
        maintenance =
            record.suppression == .maintenance
            ? SafeText(untrusted: record.suppressedBy ?? "", limit: 80).oneLine : nil
        maintenanceUntil = record.suppression == .maintenance ? record.suppressedUntil : nil
        labels = record.labels.map { SafeText(untrusted: "\($0.name)=\($0.value)", limit: 80).oneLine }
        runbook = record.runbook.map { SafeText(untrusted: $0, limit: 300).oneLine }
        assignedTo = record.assignedTo.map { SafeText(untrusted: $0, limit: 80).oneLine }
        resolvedBy = record.resolvedBy.map { SafeText(untrusted: $0, limit: 80).oneLine }
        level = record.level
        source = record.source
        previous = record.previous
        isFlapping = record.flapping
        flaps = record.flaps
        revision = record.revision
    }

    /// Whether it is about a metric; one that was raised from outside has no value and no course.
    var isMeasured: Bool { source == .rule }
    var isOpen: Bool { condition != .resolved }
    var isAcknowledged: Bool { acknowledgedBy != nil }
    /// Whether something keeps it from calling anybody.
    var isQuiet: Bool { silence != nil || inhibitor != nil || maintenance != nil }
    /// Whether a person must look: it fires, nobody has taken responsibility, and nothing keeps it quiet.
    var needsPerson: Bool { (condition == .firing || condition == .recovering) && !isAcknowledged && !isQuiet }

    /// Since when it stands where it stands.
    var since: Timestamp { resolvedAt ?? firedAt ?? startedAt }

    /// Its sign besides the colour.
    var mark: Mark {
        switch condition {
        case .resolved: .ok
        case .pending: .pending
        case .firing, .recovering: isAcknowledged || isQuiet ? .acked : Mark(severity)
        }
    }

    func quantity(_ value: Double?) -> Quantity { Quantity(value, of: unit) }

    /// The order of the list: what needs a person first, the worst on top, the newest of equals first.
    func precedes(_ other: AlertRow) -> Bool {
        let (mine, theirs) = (rank, other.rank)
        guard mine == theirs else { return mine < theirs }
        guard severity == other.severity || condition == .resolved else { return severity > other.severity }
        return since == other.since ? other.id < id : other.since < since
    }

    private var rank: Int {
        switch condition {
        case .firing, .recovering: needsPerson ? 0 : 1
        case .pending: 2
        case .resolved: 3
        }
    }

    /// What a filter looks into.
    var texts: [String] {
        [rule, summary, hostName, metricName, category, acknowledgedBy ?? "", note ?? "", assignedTo ?? ""].map(\.text)
            + labels.map(\.text)
            + [
                maintenance == nil ? "" : "maintenance",
                condition.rawValue, severity.rawValue, silence == nil ? "" : "silenced",
                inhibitor == nil ? "" : "inhibited", isFlapping ? "flapping" : "",
            ]
    }
}
