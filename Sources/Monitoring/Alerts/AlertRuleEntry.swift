internal import DeskAPI
internal import Vocabulary
internal import YAML

/// One rule of a rules file on its way into a rule: everything that is wrong with it is recorded at its place.
struct AlertRuleEntry {
    /// The rule's name, if it has a usable one.
    let name: String?
    /// The rule; `nil` when a part that it needs is missing or wrong.
    let rule: AlertRule?

    private let mapping: YAMLMapping
    private let metrics: KnownMetrics

    init(_ mapping: YAMLMapping, metrics: KnownMetrics, escalation: AlertEscalation) {
        self.mapping = mapping
        self.metrics = metrics
        name = mapping.required("name", as: .ruleName)
        let metric = AlertRuleEntry.metric(mapping, "metric", isRequired: true, metrics)
        let divisor = AlertRuleEntry.metric(mapping, "per", isRequired: false, metrics)
        if let metric, let divisor, divisor.isForDevices, !metric.isForDevices {
            mapping.reader("per")?.refuse("`per` has a * but `metric` has none, so its device is unknown")
        }
        let judged = AlertRuleMeasure(mapping, isDivided: mapping.reader("per")?.node.isNull == false)
        let clear = mapping.optional("clear", as: .double)
        let hold = mapping.optional("for", as: .timer) ?? .zero
        let keepFiring = mapping.optional("keep_firing_for", as: .timer) ?? .zero
        let severity: Severity = mapping.optional("severity", as: .choice) ?? .warning
        let category: AlertCategory = mapping.optional("category", as: .choice) ?? .custom
        let summary = AlertRuleEntry.summary(mapping)
        let labels = AlertRuleEntry.labels(mapping)
        let runbook = mapping.optional("runbook", as: .runbook)
        let others = AlertRuleEntry.others(mapping, of: metric, metrics)
        let steps = mapping.reader("escalate").map { _ in AlertEscalation.steps(mapping, "escalate") }
        guard let name, let metric, let bound = judged.bound else {
            rule = nil
            return
        }
        var rule = AlertRule(
            name, metric, per: divisor, measure: judged.measure, firesAbove: bound.isAbove, threshold: bound.threshold,
            clear: clear ?? bound.clear, hold: hold, keepFiring: keepFiring, severity: severity, category: category,
            summary: summary ?? judged.summary)
        rule = escalation.applied(to: rule)
        if let steps { rule.escalation = steps }
        (rule.labels, rule.runbook, rule.others) = (labels, runbook, others)
        self.rule = rule
        refuseImpossible(rule)
    }

    private static func metric(
        _ mapping: YAMLMapping, _ key: String, isRequired: Bool, _ metrics: KnownMetrics
    ) -> MetricPattern? {
        let found =
            isRequired ? mapping.required(key, as: .metricPattern) : mapping.optional(key, as: .metricPattern)
        guard let found, !metrics.covers(found) else { return found }
        mapping.reader(key)?.refuse("there is no metric `\(found)`, \(metrics.hint(for: found.description))")
        return found
    }

    /// What else must hold; a condition's `*` is the device of the rule's own metric.
    private static func others(
        _ mapping: YAMLMapping, of metric: MetricPattern?, _ metrics: KnownMetrics
    ) -> [AlertCondition] {
        mapping.items("and").compactMap { item in
            guard let entry = item.mapping() else { return nil }
            let other = self.metric(entry, "metric", isRequired: true, metrics)
            let divisor = self.metric(entry, "per", isRequired: false, metrics)
            for (key, pattern) in [("metric", other), ("per", divisor)] {
                guard let pattern, pattern.isForDevices, let metric, !metric.isForDevices else { continue }
                entry.reader(key)?.refuse("`\(key)` has a * but the rule's `metric` has none, so its device is unknown")
            }
            let bound = AlertRuleMeasure.limit(entry)
            guard let other, let bound else { return nil }
            return AlertCondition(metric: other, divisor: divisor, isAbove: bound.isAbove, threshold: bound.threshold)
        }
    }

    /// What is said about the rule's alerts by name; the names that every alert has cannot be given anew.
    private static func labels(_ mapping: YAMLMapping) -> [AlertLabel] {
        guard let entries = mapping.mapping("labels")?.entries() else { return [] }
        if entries.count > 32 { mapping.reader("labels")?.refuse("there are \(entries.count) labels; at most 32 fit") }
        return entries.compactMap { key, value in
            if AlertLabels.names.contains(key) || !AlertLabel.isName(key) {
                let isTaken = AlertLabels.names.contains(key)
                value.refuse(
                    isTaken
                        ? "every alert has `\(key)` of its own; name the label otherwise"
                        : "\"\(key)\" is no label; a name is letters, digits and _, not beginning with a digit")
            }
            return value.value(as: .labelValue).map { AlertLabel(key, $0) }
        }
    }

    private static func summary(_ mapping: YAMLMapping) -> AlertSummary? {
        guard let text = mapping.optional("summary", as: .line) else { return nil }
        do throws(AlertSummary.Fault) {
            return try AlertSummary(text)
        } catch {
            mapping.reader("summary")?.refuse(error.message)
            return nil
        }
    }

    private func refuseImpossible(_ rule: AlertRule) {
        if rule.firesAbove ? rule.clear > rule.threshold : rule.clear < rule.threshold {
            let side = rule.firesAbove ? "above" : "below"
            mapping.reader("clear")?.refuse(
                "`clear` must not be \(side) the threshold, or the alert would end while the value is bad")
        }
        guard rule.divisor == nil, rule.measure == .value, metrics.unit(of: rule.metric) == .percent else { return }
        if rule.firesAbove ? rule.threshold >= 100 : rule.threshold <= 0 {
            mapping.reader(rule.firesAbove ? "above" : "below")?.refuse(
                "`\(rule.metric)` is a share from 0 to 100, so this can never fire")
        }
    }
}

extension AlertSummary.Fault {
    fileprivate var message: String {
        let names = AlertSummary.Name.allCases.map(\.rawValue)
        switch self {
        case .unclosedBrace: return "a brace is left open; write {{ or }} for a brace itself"
        case .unknownName(let name):
            let hint = names.nearest(to: name).map { "did you mean {\($0)}?" }
            return
                "{\(name)} means nothing here; \(hint ?? "known are \(names.map { "{\($0)}" }.joined(separator: ", "))")"
        }
    }
}

extension YAMLType<String> {
    /// The name of a rule.
    fileprivate static var ruleName: Self {
        YAMLType("a name of 1 to 64 lower-case letters, digits and hyphens") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            return isPlain && (1...64).contains(scalar.text.utf8.count) ? scalar.text : nil
        }
    }

    /// What a label says.
    fileprivate static var labelValue: Self {
        YAMLType("one line of at most 200 characters") { scalar in
            scalar.text.count <= 200 && !scalar.text.contains(where: \.isNewline) ? scalar.text : nil
        }
    }

    /// What to do about an alert.
    fileprivate static var runbook: Self {
        YAMLType("an address or one line of at most 500 characters") { scalar in
            !scalar.isNull && scalar.text.count <= 500 && !scalar.text.contains(where: \.isNewline) ? scalar.text : nil
        }
    }

    /// One line that is said to people.
    fileprivate static var line: Self {
        YAMLType("one line of at most 200 characters") { scalar in
            scalar.text.count <= 200 && !scalar.text.contains(where: \.isNewline) ? scalar.text : nil
        }
    }
}

extension YAMLType<MetricPattern> {
    /// The name of a metric, with a star for devices.
    fileprivate static var metricPattern: Self {
        YAMLType("the name of a metric, with at most one * for its devices") { MetricPattern($0.text) }
    }
}

extension YAMLType<Duration> {
    /// How long something must last.
    fileprivate static var timer: Self { .duration(in: .zero ... .seconds(7 * 86_400)) }
}
