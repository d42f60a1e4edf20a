internal import DeskAPI
internal import Vocabulary
internal import YAML

/// How long after a call that nobody acknowledged the next in line is called, by severity.
struct AlertEscalation: Equatable, Sendable {
    /// How many steps there can be.
    static let mostSteps = 10

    private var steps: [Severity: [Duration]] = [.critical: [.seconds(15 * 60), .seconds(30 * 60)]]

    /// What counts unless the file says otherwise.
    init() {}

    /// Reads `escalation`, a list of times for each severity.
    init(reading root: YAMLMapping) {
        guard let mapping = root.mapping("escalation") else { return }
        for severity in Severity.allCases where mapping.reader(severity.rawValue) != nil {
            steps[severity] = AlertEscalation.steps(mapping, severity.rawValue)
        }
    }

    /// The rule with the steps of its severity.
    func applied(to rule: AlertRule) -> AlertRule {
        var rule = rule
        rule.escalation = steps[rule.severity] ?? []
        return rule
    }

    /// The times of a list, each counted from the call before.
    static func steps(_ mapping: YAMLMapping, _ key: String) -> [Duration] {
        let items = mapping.items(key)
        let times = items.compactMap { $0.value(as: .duration(in: .seconds(60) ... .seconds(86_400))) }
        if items.count > mostSteps {
            mapping.reader(key)?.refuse("there are \(items.count) steps; at most \(mostSteps) are called")
        }
        return times
    }
}

extension AlertInhibition {
    /// Reads `source`, `target` and `equal`; each fault is recorded at its place.
    init(reading mapping: YAMLMapping) {
        for key in ["source", "target"] where mapping.items(key).isEmpty {
            mapping.refuse("an inhibition needs `\(key)` with matchers, such as [severity=critical]")
        }
        let equal = mapping.items("equal").compactMap { item -> String? in
            guard let name = item.value(as: .name) else { return nil }
            if let fault = AlertLabels.fault(inName: name) { item.refuse(fault) }
            return name
        }
        self.init(
            sources: LabelMatcher.read(mapping, "source"), targets: LabelMatcher.read(mapping, "target"), equal: equal)
    }
}
