internal import DeskAPI
public import Vocabulary

/// How many alerts there are, for a status line.
public struct AlertCounts: Equatable, Sendable {
    /// Broken, but not yet for long enough; not counted below.
    public private(set) var pending = 0
    /// Those that call for a person now.
    public private(set) var critical = 0
    /// Those to be watched.
    public private(set) var warnings = 0
    /// Those worth knowing.
    public private(set) var infos = 0
    /// Those, of any severity, that nobody has acknowledged.
    public private(set) var unacknowledged = 0

    /// Counts open alerts.
    init(_ open: [Alert]) {
        for alert in open { count(alert) }
    }

    /// How many of a severity fired and are not over.
    public subscript(_ severity: Severity) -> Int {
        switch severity {
        case .critical: critical
        case .warning: warnings
        case .info: infos
        }
    }

    private mutating func count(_ alert: Alert) {
        guard alert.condition != .pending else {
            pending += 1
            return
        }
        if !alert.isAcknowledged { unacknowledged += 1 }
        switch alert.severity {
        case .critical: critical += 1
        case .warning: warnings += 1
        case .info: infos += 1
        }
    }
}
