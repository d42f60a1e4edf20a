internal import DeskAPI
internal import Vocabulary
public import YAML

/// The alert rules as a person writes them.
///
/// ```yaml
/// starter: true               # false: only the rules below
/// disable: [swap-full]        # starter rules that are not wanted
/// rules:
///   - name: cpu-busy          # replaces the starter rule of this name
///     metric: cpu.busy        # one * stands for every device: fs.*.used_percent
///     per: cpu.cores          # divides the value by another metric
///     above: 90               # or below
///     clear: 75               # the threshold itself unless given
///     for: 30s
///     keep_firing_for: 15s
///     severity: warning       # info, warning or critical
///     category: system
///     summary: Processors {value} busy
///     labels: {team: storage}
///     runbook: https://wiki.example/cpu
/// escalation: {critical: [15m, 30m], warning: []}
/// inhibit:
///   - {source: [rule=host-silent], target: [severity=warning], equal: [host]}
/// maintenance:
///   - {name: backup, matchers: [rule=disk-busy], days: [sun], from: "02:00", to: "04:00", zone: UTC}
/// ```
public enum AlertRulesFile {
    /// The most rules that a file can hold.
    public static let limit = 10_000

    /// What a file asks for, starter rules included unless it says otherwise.
    ///
    /// - Parameters:
    ///   - bytes: The file's text.
    ///   - file: Its name, for the faults.
    ///   - metrics: What can be watched.
    ///   - zones: The TZif file of a time zone's name; `nil` when there is none.
    /// - Throws: ``YAMLFailure`` with everything that is wrong, each with its line; then no rule of the file counts.
    public static func read(
        _ bytes: [UInt8], file: String, metrics: KnownMetrics = .shipped, zones: (String) -> [UInt8]? = { _ in nil }
    ) throws(YAMLFailure) -> AlertConfiguration {
        try YAMLDocument.read(bytes, file: file) { root in
            let isStarterKept = root.optional("starter", as: .bool) ?? true
            let disabled = disabledNames(root, isStarterKept: isStarterKept)
            let escalation = AlertEscalation(reading: root)
            let rules = written(root, metrics, escalation)
            let names = Set(rules.map(\.name))
            let starter = isStarterKept ? AlertRule.starter.map(escalation.applied(to:)) : []
            var configuration = AlertConfiguration(
                rules: starter.filter { !names.contains($0.name) && !disabled.contains($0.name) } + rules)
            configuration.inhibitions = root.items("inhibit").compactMap {
                $0.mapping().map(AlertInhibition.init(reading:))
            }
            configuration.escalation = escalation
            configuration.windows = windows(root, zones)
            return configuration
        }
    }

    private static func windows(_ root: YAMLMapping, _ zones: (String) -> [UInt8]?) -> [MaintenanceWindow] {
        var lines: [String: Int] = [:]
        return root.items("maintenance").compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .noticeName)
            let matchers = LabelMatcher.read(mapping, "matchers")
            if matchers.isEmpty, mapping.items("matchers").isEmpty {
                mapping.refuse("a maintenance window needs `matchers`, such as [host=~\"db-.*\"]")
            }
            let hours = QuietHours(reading: mapping, zones)
            guard let name, let hours, !matchers.isEmpty else { return nil }
            if let line = lines.updateValue(item.node.position.line, forKey: name) {
                item.refuse("there is already a maintenance window `\(name)` in line \(line)")
            }
            return MaintenanceWindow(name: name, matchers: matchers, hours: hours)
        }
    }

    private static func disabledNames(_ root: YAMLMapping, isStarterKept: Bool) -> Set<String> {
        let known = AlertRule.starter.map(\.name)
        var names: Set<String> = []
        for item in root.items("disable") {
            guard let name = item.value(as: .name) else { continue }
            if !isStarterKept {
                item.refuse("`disable` has nothing to disable, since `starter` is false")
            } else if !known.contains(name) {
                let hint = known.nearest(to: name).map { ", did you mean `\($0)`?" }
                item.refuse(
                    "there is no starter rule `\(name)`\(hint ?? "; they are: \(known.joined(separator: ", "))")")
            }
            names.insert(name)
        }
        return names
    }

    private static func written(
        _ root: YAMLMapping, _ metrics: KnownMetrics, _ escalation: AlertEscalation
    ) -> [AlertRule] {
        let items = root.items("rules")
        if items.count > limit { root.refuse("there are \(items.count) rules; at most \(limit) are watched") }
        var lines: [String: Int] = [:]
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let entry = AlertRuleEntry(mapping, metrics: metrics, escalation: escalation)
            if let name = entry.name, let line = lines.updateValue(item.node.position.line, forKey: name) {
                item.refuse("there is already a rule `\(name)` in line \(line)")
            }
            return entry.rule
        }
    }
}
