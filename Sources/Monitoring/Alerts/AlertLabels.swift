internal import DeskAPI
internal import Vocabulary

/// What routes, groups and Alertmanager see of an alert: a few words by name, and what its rule says about it.
enum AlertLabels {
    /// The names, in the order in which they are told.
    static let names = ["rule", "severity", "host", "metric", "category", "level", "reason"]

    /// The values that labels with a closed list can have.
    static let words: [String: [String]] = [
        "severity": Severity.allCases.map(\.rawValue),
        "category": AlertCategory.allCases.map(\.rawValue),
        "reason": AlertNotice.Reason.allCases.map(\.rawValue),
    ]

    /// Why a text cannot be the name of a label; rules give names of their own, so that of the others only what looks
    /// like a slip is refused.
    static func fault(inName name: String) -> String? {
        if names.contains(name) { return nil }
        guard AlertLabel.isName(name) else {
            return "\"\(name)\" is no label; a name is letters, digits and _, not beginning with a digit"
        }
        return names.nearest(to: name).map { "there is no label `\(name)`, did you mean `\($0)`?" }
    }

    /// The labels of an alert, without those of the notice.
    static func of(_ alert: Alert) -> [String: String] {
        var labels = Dictionary(alert.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        labels["rule"] = alert.rule
        labels["severity"] = alert.severity.rawValue
        labels["host"] = alert.host
        labels["metric"] = alert.metric
        labels["category"] = alert.category
        return labels
    }

    /// The labels of a notice.
    static func of(_ notice: AlertNotice) -> [String: String] {
        var labels = of(notice.alert)
        labels["level"] = String(notice.level)
        labels["reason"] = notice.reason.rawValue
        return labels
    }
}
