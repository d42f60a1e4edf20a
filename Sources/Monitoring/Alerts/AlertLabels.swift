internal import DeskAPI
internal import Vocabulary

/// What routes, groups and Alertmanager see of an alert: a few words by name.
enum AlertLabels {
    /// The names, in the order in which they are told.
    static let names = ["rule", "severity", "host", "metric", "category", "level", "reason"]

    /// The values that labels with a closed list can have.
    static let words: [String: [String]] = [
        "severity": Severity.allCases.map(\.rawValue),
        "category": AlertCategory.allCases.map(\.rawValue),
        "reason": AlertNotice.Reason.allCases.map(\.rawValue),
    ]

    /// The labels of an alert, without those of the notice.
    static func of(_ alert: Alert) -> [String: String] {
        [
            "rule": alert.rule, "severity": alert.severity.rawValue, "host": alert.host, "metric": alert.metric,
            "category": alert.category,
        ]
    }

    /// The labels of a notice.
    static func of(_ notice: AlertNotice) -> [String: String] {
        var labels = of(notice.alert)
        labels["level"] = String(notice.level)
        labels["reason"] = notice.reason.rawValue
        return labels
    }
}
