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

    init(_ mapping: YAMLMapping, metrics: KnownMetrics) {
        self.mapping = mapping
        self.metrics = metrics
        name = mapping.required("name", as: .ruleName)
        let metric = AlertRuleEntry.metric(mapping, "metric", isRequired: true, metrics)
        let divisor = AlertRuleEntry.metric(mapping, "per", isRequired: false, metrics)
        if let metric, let divisor, divisor.isForDevices, !metric.isForDevices {
            mapping.reader("per")?.refuse("`per` has a * but `metric` has none, so its device is unknown")
        }
        let bound = AlertRuleEntry.bound(mapping)
        let clear = mapping.optional("clear", as: .double)
        let hold = mapping.optional("for", as: .timer) ?? .zero
        let keepFiring = mapping.optional("keep_firing_for", as: .timer) ?? .zero
        let severity: Severity = mapping.optional("severity", as: .choice) ?? .warning
        let category: AlertCategory = mapping.optional("category", as: .choice) ?? .custom
        let summary = AlertRuleEntry.summary(mapping)
        guard let name, let metric, let bound else {
            rule = nil
            return
        }
        let rule = AlertRule(
            name, metric, per: divisor, firesAbove: bound.isAbove, threshold: bound.threshold, clear: clear,
            hold: hold, keepFiring: keepFiring, severity: severity, category: category, summary: summary)
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

    private static func bound(_ mapping: YAMLMapping) -> (threshold: Double, isAbove: Bool)? {
        let above = mapping.optional("above", as: .double)
        let below = mapping.optional("below", as: .double)
        let isWritten = ["above", "below"].filter { mapping.reader($0)?.node.isNull == false }
        switch (above, below) {
        case (let threshold?, nil) where isWritten.count == 1: return (threshold, true)
        case (nil, let threshold?) where isWritten.count == 1: return (threshold, false)
        default:
            if isWritten.isEmpty { mapping.refuse("a rule needs `above` or `below` with a number") }
            if isWritten.count == 2 { mapping.reader("below")?.refuse("a rule has `above` or `below`, not both") }
            return nil
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
        guard rule.divisor == nil, metrics.unit(of: rule.metric) == .percent else { return }
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
