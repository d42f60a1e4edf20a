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
        let measure = AlertRuleEntry.measure(mapping)
        let bound = AlertRuleEntry.bound(mapping, measure)
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
            name, metric, per: divisor, measure: measure, firesAbove: bound.isAbove, threshold: bound.threshold,
            clear: clear ?? bound.clear,
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

    /// What of the value is judged; time that is left unless said otherwise as the last half hour went.
    private static func measure(_ mapping: YAMLMapping) -> AlertMeasure {
        let rate = mapping.optional("rate_over", as: .lookBack)
        let over = mapping.optional("over", as: .lookBack)
        let isFilling = mapping.reader("empty_within")?.node.isNull == false
        if isFilling, mapping.reader("rate_over")?.node.isNull == false {
            mapping.reader("rate_over")?.refuse("a rule has `rate_over` or `empty_within`, not both")
        }
        if over != nil, !isFilling {
            mapping.reader("over")?.refuse("`over` belongs to `empty_within`; write `rate_over` for a rate")
        }
        if isFilling { return .timeLeft(over: over ?? .seconds(1800)) }
        return rate.map { .rate(over: $0) } ?? .value
    }

    private static func bound(
        _ mapping: YAMLMapping, _ measure: AlertMeasure
    ) -> (threshold: Double, isAbove: Bool, clear: Double?)? {
        if case .timeLeft = measure {
            for key in ["above", "below"] where mapping.reader(key)?.node.isNull == false {
                mapping.reader(key)?.refuse("`empty_within` is the threshold; leave `\(key)` away")
            }
            let within = mapping.optional("empty_within", as: .duration(in: .seconds(60) ... .seconds(90 * 86_400)))
            // Half as much again, so that what hovers around the threshold does not flap.
            return within.map { ($0.inSeconds, false, $0.inSeconds * 1.5) }
        }
        let above = mapping.optional("above", as: .double)
        let below = mapping.optional("below", as: .double)
        let isWritten = ["above", "below"].filter { mapping.reader($0)?.node.isNull == false }
        switch (above, below) {
        case (let threshold?, nil) where isWritten.count == 1: return (threshold, true, nil)
        case (nil, let threshold?) where isWritten.count == 1: return (threshold, false, nil)
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

    /// How far a rule looks back.
    fileprivate static var lookBack: Self { .duration(in: .seconds(10) ... .seconds(86_400)) }
}
