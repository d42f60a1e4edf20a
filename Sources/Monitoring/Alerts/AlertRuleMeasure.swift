internal import DeskAPI
internal import Vocabulary
internal import YAML

/// What of a value a rule of the file judges, and against what.
struct AlertRuleMeasure {
    /// A threshold with the value at which it clears unless the file says otherwise.
    struct Bound {
        let threshold: Double
        let isAbove: Bool
        var clear: Double?
    }

    /// What is judged.
    let measure: AlertMeasure
    /// Against what; `nil` with a fault recorded.
    let bound: Bound?
    /// What is said unless the rule says something; `nil` for the plain sentence.
    var summary: AlertSummary?

    /// The keys of which a rule has one.
    private static let kinds = ["rate_over", "empty_within", "absent_for", "burn_rate", "anomaly"]

    init(_ mapping: YAMLMapping, isDivided: Bool) {
        let written = AlertRuleMeasure.kinds.filter { mapping.reader($0)?.node.isNull == false }
        if written.count > 1 {
            mapping.reader(written[1])?.refuse("a rule has `\(written[0])` or `\(written[1])`, not both")
        }
        switch written.first {
        case "rate_over":
            measure = mapping.optional("rate_over", as: .lookBack).map { .rate(over: $0) } ?? .value
            bound = AlertRuleMeasure.limit(mapping)
            AlertRuleMeasure.refuse(["over", "objective", "at_least", "direction"], in: mapping, beside: "rate_over")
        case "empty_within":
            measure = .timeLeft(over: mapping.optional("over", as: .lookBack) ?? .seconds(1800))
            let within = mapping.optional("empty_within", as: .duration(in: .seconds(60) ... .seconds(90 * 86_400)))
            // Half as much again, so that what hovers around the threshold does not flap.
            bound = within.map { Bound(threshold: $0.inSeconds, isAbove: false, clear: $0.inSeconds * 1.5) }
            AlertRuleMeasure.refuse(
                ["above", "below", "objective", "at_least", "direction"], in: mapping, beside: "empty_within")
        case "absent_for":
            measure = .absence
            let time = mapping.optional("absent_for", as: .duration(in: .seconds(5) ... .seconds(7 * 86_400)))
            bound = time.map { Bound(threshold: $0.inSeconds, isAbove: true, clear: 0) }
            summary = AlertSummary(ours: "{metric} of {host} has had no value for {value}")
            AlertRuleMeasure.refuse(
                ["above", "below", "over", "objective", "at_least", "direction", "clear", "per"], in: mapping,
                beside: "absent_for")
        case "burn_rate": (measure, bound, summary) = AlertRuleMeasure.burn(mapping, isDivided: isDivided)
        case "anomaly": (measure, bound, summary) = AlertRuleMeasure.anomaly(mapping)
        default:
            measure = .value
            bound = AlertRuleMeasure.limit(mapping)
            if mapping.reader("over") != nil {
                mapping.reader("over")?.refuse(
                    "`over` belongs to `empty_within`, `burn_rate` or `anomaly`; write `rate_over` for a rate")
            }
            AlertRuleMeasure.refuse(["objective", "at_least"], in: mapping, needing: "burn_rate")
            AlertRuleMeasure.refuse(["direction"], in: mapping, needing: "anomaly")
        }
    }

    /// `above` or `below` with a number.
    static func limit(_ mapping: YAMLMapping) -> Bound? {
        let above = mapping.optional("above", as: .double)
        let below = mapping.optional("below", as: .double)
        let isWritten = ["above", "below"].filter { mapping.reader($0)?.node.isNull == false }
        switch (above, below) {
        case (let threshold?, nil) where isWritten.count == 1: return Bound(threshold: threshold, isAbove: true)
        case (nil, let threshold?) where isWritten.count == 1: return Bound(threshold: threshold, isAbove: false)
        default:
            if isWritten.isEmpty { mapping.refuse("a rule needs `above` or `below` with a number") }
            if isWritten.count == 2 { mapping.reader("below")?.refuse("a rule has `above` or `below`, not both") }
            return nil
        }
    }

    private static func burn(
        _ mapping: YAMLMapping, isDivided: Bool
    ) -> (AlertMeasure, Bound?, AlertSummary?) {
        let rate = mapping.optional("burn_rate", as: .double(in: 0.1...1_000_000))
        let objective = mapping.required("objective", as: .double(in: 1...99.999))
        let span = mapping.optional("over", as: .duration(in: .seconds(300) ... .seconds(7 * 86_400)))
        let least = mapping.optional("at_least", as: .double(in: 0...1e12)) ?? 50
        if !isDivided {
            mapping.refuse(
                "`burn_rate` needs `per`: what the failures of `metric` are a part of, such as gateway.requests")
        }
        refuse(["above", "below", "direction"], in: mapping, beside: "burn_rate")
        // Rounded to what can be meant, so that 99.9 is a thousandth and not a little more.
        let budget = objective.map { ((100 - $0) * 1e6).rounded() / 1e8 }
        return (
            .burn(budget: budget ?? 1, over: span ?? .seconds(3600), least: least),
            rate.map { Bound(threshold: $0, isAbove: true, clear: $0 / 2) },
            AlertSummary(ours: "{metric} of {host} uses up its error budget {value} times too fast")
        )
    }

    private static func anomaly(_ mapping: YAMLMapping) -> (AlertMeasure, Bound?, AlertSummary?) {
        let deviation = mapping.optional("anomaly", as: .double(in: 1...1000))
        let span = mapping.optional("over", as: .lookBack) ?? .seconds(300)
        let direction: AlertMeasure.Direction = mapping.optional("direction", as: .choice) ?? .both
        refuse(["above", "below", "objective", "at_least"], in: mapping, beside: "anomaly")
        return (
            .anomaly(direction, over: span), deviation.map { Bound(threshold: $0, isAbove: true, clear: $0 / 2) },
            AlertSummary(
                ours: "{metric} of {host} is {value} times the usual spread away from what this hour usually is")
        )
    }

    private static func refuse(_ keys: [String], in mapping: YAMLMapping, beside kind: String) {
        for key in keys where mapping.reader(key)?.node.isNull == false {
            mapping.reader(key)?.refuse("`\(key)` means nothing beside `\(kind)`; leave it away")
        }
    }

    private static func refuse(_ keys: [String], in mapping: YAMLMapping, needing kind: String) {
        for key in keys where mapping.reader(key)?.node.isNull == false {
            mapping.reader(key)?.refuse("`\(key)` belongs to `\(kind)`")
        }
    }
}

extension YAMLType<Duration> {
    /// How far a rule looks back.
    fileprivate static var lookBack: Self { .duration(in: .seconds(10) ... .seconds(86_400)) }
}
