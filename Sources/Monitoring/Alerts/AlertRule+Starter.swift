internal import Vocabulary

extension AlertRule {
    /// Rules worth having on any host and quiet on one that idles; a rules file adds to them or replaces them.
    ///
    /// A short `for` is given to what a person can act on at once, a long one to what heals by itself.
    public static let starter: [AlertRule] =
        (hosts + processors + memory + pressure + disks + network + container + services + desk).map(
            AlertEscalation().applied(to:))

    private static let hosts: [AlertRule] = [
        // Only hosts that sample themselves have this metric: one that is scraped is rarer, and told of by its exporter.
        absent(
            "host-silent", "tasks.total", for: 180, .critical,
            says: "{host} has sent nothing for {value}: it is down, cut off, or its agent is"),
        rule(
            "host-hot", "sensor.*.temperature", above: 95, clear: 85, hold: 60, keepFiring: 60,
            says: "{device} of {host} is at {value}"),
    ]

    private static let processors: [AlertRule] = [
        rule(
            "cpu-busy", "cpu.busy", above: 90, clear: 75, hold: 30, keepFiring: 15,
            says: "Processors {value} busy, above {threshold} for {for}"),
        rule(
            "cpu-steal", "cpu.steal", above: 25, clear: 10, hold: 120, keepFiring: 60,
            says: "The hypervisor takes {value} of the processors"),
        rule(
            "load-high", "load.1", per: "cpu.cores", above: 4, clear: 2, hold: 60, keepFiring: 30,
            says: "{value} tasks run or wait for each processor"),
    ]

    private static let memory: [AlertRule] = [
        rule(
            "memory-high", "memory.used_percent", above: 90, clear: 85, hold: 60, keepFiring: 30,
            says: "Memory {value} used, above {threshold}"),
        rule(
            "memory-full", "memory.used_percent", above: 97, clear: 94, hold: 15, keepFiring: 30, .critical,
            says: "Memory {value} used: programs will be killed soon"),
        rule(
            "swap-full", "swap.used_percent", above: 90, clear: 80, hold: 300, keepFiring: 60,
            says: "Swap {value} used"),
        rule(
            "memory-killed", "memory.oom_kills", above: 0, clear: 0, hold: 0, keepFiring: 300,
            says: "A program of {host} was ended for want of memory"),
    ]

    private static let pressure: [AlertRule] = [
        rule(
            "pressure-cpu", "pressure.cpu.some_avg10", above: 80, clear: 50, hold: 60, keepFiring: 30,
            says: "Something waited for a processor {value} of the time"),
        rule(
            "pressure-memory", "pressure.memory.full_avg10", above: 10, clear: 3, hold: 30, keepFiring: 30, .critical,
            says: "Everything waited for memory {value} of the time: the host is swapping or reclaiming"),
        rule(
            "pressure-io", "pressure.io.full_avg10", above: 40, clear: 20, hold: 60, keepFiring: 30,
            says: "Everything waited for disks {value} of the time"),
    ]

    private static let disks: [AlertRule] = [
        empty(
            "disk-fills", "fs.*.available", within: 4 * 3600, clear: 6 * 3600, hold: 600, keepFiring: 600,
            says: "{device} is full in {value}, if it goes on as in the last half hour"),
        rule(
            "disk-space", "fs.*.used_percent", above: 90, clear: 88, hold: 60, keepFiring: 60,
            says: "{device} is {value} full"),
        rule(
            "disk-full", "fs.*.used_percent", above: 97, clear: 95, hold: 15, keepFiring: 30, .critical,
            says: "{device} is {value} full: writing will fail soon"),
        rule(
            "disk-inodes", "fs.*.inodes_used_percent", above: 90, clear: 88, hold: 60, keepFiring: 60,
            says: "{device} has used {value} of its inodes"),
        rule(
            "disk-stale", "fs.*.stale", above: 0.5, clear: 0.5, hold: 30, keepFiring: 30, .critical,
            says: "{device} does not answer"),
        rule(
            "disk-busy", "disk.*.busy", above: 95, clear: 80, hold: 120, keepFiring: 60,
            says: "Disk {device} {value} busy"),
    ]

    private static let network: [AlertRule] = [
        rule(
            "network-errors", "net.*.errors", above: 1, clear: 0.1, hold: 60, keepFiring: 60,
            says: "{device} has {value} transmission errors"),
        rule(
            "files-open", "files.used_percent", above: 80, clear: 70, hold: 60, keepFiring: 60, .critical,
            says: "{value} of all file handles are in use"),
    ]

    private static let container: [AlertRule] = [
        rule(
            "container-memory", "cgroup.memory.used_percent", above: 95, clear: 90, hold: 60, keepFiring: 30, .critical,
            says: "The container uses {value} of the memory allowed: it will be killed soon"),
        rule(
            "container-throttled", "cgroup.cpu.throttled", above: 50, clear: 20, hold: 120, keepFiring: 60,
            says: "The container was held back in {value} of the periods"),
    ]

    private static let services: [AlertRule] = [
        below(
            "service-down", "service.*.up", below: 0.5, hold: 30, keepFiring: 15, .critical,
            says: "{device} does not answer"),
        below(
            "certificate-ends", "service.*.certificate", below: 14 * 86_400, hold: 60, keepFiring: 60, .warning,
            says: "The certificate of {device} ends in {value}"),
        below(
            "certificate-over", "service.*.certificate", below: 2 * 86_400, hold: 60, keepFiring: 60, .critical,
            says: "The certificate of {device} ends in {value}: after that nobody can connect"),
        below(
            "exporter-down", NodeTrack.upMetric, below: 0.5, hold: 60, keepFiring: 15, .critical,
            says: "{host} cannot be read: its exporter does not answer"),
    ]

    private static let desk: [AlertRule] = [
        rule(
            "customers-waiting", DeskMetric.oldestWait.rawValue, above: 120, clear: 60, hold: 10, keepFiring: 10,
            category: .conversation, says: "A customer has waited {value} for a person"),
        rule(
            "customers-lost", DeskMetric.oldestWait.rawValue, above: 600, clear: 300, hold: 10, keepFiring: 10,
            .critical, category: .conversation, says: "A customer has waited {value} for a person"),
        rule(
            "targets-missed", DeskMetric.lateConversations.rawValue, above: 3, clear: 1, hold: 60, keepFiring: 60,
            category: .conversation, says: "{value} customers have waited longer than they should"),
        below(
            "satisfaction-falling", DeskMetric.satisfaction.rawValue, below: 60, clear: 70, hold: 300, keepFiring: 300,
            .warning, category: .conversation, says: "Only {value} of the last day's ratings were good"),
        rule(
            "gateway-slow", DeskMetric.responseTime.rawValue, above: 1000, clear: 500, hold: 60, keepFiring: 30,
            category: .service, says: "One answer in twenty takes longer than {value}"),
        rule(
            "gateway-failures", DeskMetric.failures.rawValue, above: 0.5, clear: 0.1, hold: 30, keepFiring: 60,
            .critical, category: .service, says: "The gateway fails {value}"),
        rule(
            "assistant-errors", DeskMetric.assistantErrors.rawValue, above: 20, clear: 5, hold: 60, keepFiring: 60,
            category: .model, says: "{value} of the requests to the language model fail"),
        rule(
            "assistant-slow", DeskMetric.firstWord.rawValue, above: 10_000, clear: 5000, hold: 120, keepFiring: 60,
            category: .model, says: "Customers wait {value} for the assistant's first word"),
        rule(
            "budget-nearly-used", DeskMetric.budget.rawValue, above: 90, clear: 80, hold: 60, keepFiring: 60,
            category: .model, says: "{value} of a budget of language models is used: then articles answer alone"),
        rule(
            "classifier-drift", DeskMetric.drift.rawValue, above: 0.25, clear: 0.1, hold: 600, keepFiring: 600,
            category: .model, says: "Customers write other things than a classifier was trained for: index {value}"),
        rule(
            "classifier-new-words", DeskMetric.newWords.rawValue, above: 10, clear: 5, hold: 600, keepFiring: 600,
            category: .model, says: "A classifier never saw {value} more of customers' words than when it was trained"),
        rule(
            "storage-slow", DeskMetric.commitTime.rawValue, above: 500, clear: 100, hold: 60, keepFiring: 60,
            category: .service, says: "What must last takes {value} to reach the disk"),
        rule(
            "storage-failing", DeskMetric.storageFailures.rawValue, above: 0.5, clear: 0.5, hold: 10, keepFiring: 30,
            .critical, category: .service, says: "The disk refuses what the desk wants to keep"),
        burn(
            "gateway-budget", DeskMetric.failures.rawValue, of: DeskMetric.requests.rawValue, fasterThan: 14.4,
            over: 3600, .critical,
            says: "One in a thousand requests may fail: that is used up {value} times too fast"),
        burn(
            "gateway-budget-slow", DeskMetric.failures.rawValue, of: DeskMetric.requests.rawValue, fasterThan: 6,
            over: 6 * 3600, .warning,
            says: "One in a thousand requests may fail: for hours that has been used up {value} times too fast"),
    ]

    /// Fires when there has been no value for so many seconds.
    private static func absent(
        _ name: String, _ metric: String, for seconds: Double, _ severity: Severity, says summary: String
    ) -> AlertRule {
        AlertRule(
            name, MetricPattern(exactly: metric), measure: .absence, threshold: seconds, clear: 0, severity: severity,
            summary: AlertSummary(ours: summary))
    }

    /// Fires when one in a thousand may fail and far more do, over the whole time and over its last twelfth.
    private static func burn(
        _ name: String, _ failures: String, of tries: String, fasterThan pace: Double, over seconds: Int,
        _ severity: Severity, says summary: String
    ) -> AlertRule {
        AlertRule(
            name, MetricPattern(exactly: failures), per: MetricPattern(exactly: tries),
            measure: .burn(budget: 0.001, over: .seconds(seconds), least: 50), threshold: pace, clear: pace / 2,
            severity: severity, category: .service, summary: AlertSummary(ours: summary))
    }

    private static func below(
        _ name: String, _ metric: String, below threshold: Double, clear: Double? = nil, hold: Int, keepFiring: Int,
        _ severity: Severity, category: AlertCategory = .service, says summary: String
    ) -> AlertRule {
        guard let metric = MetricPattern(metric) else { preconditionFailure("\(metric) is no metric") }
        return AlertRule(
            name, metric, firesAbove: false, threshold: threshold, clear: clear, hold: .seconds(hold),
            keepFiring: .seconds(keepFiring), severity: severity, category: category,
            summary: AlertSummary(ours: summary))
    }

    /// Fires when nothing is left within so many seconds, if it goes on as in the last half hour.
    private static func empty(
        _ name: String, _ metric: String, within threshold: Double, clear: Double, hold: Int, keepFiring: Int,
        says summary: String
    ) -> AlertRule {
        guard let metric = MetricPattern(metric) else { preconditionFailure("\(metric) is no metric") }
        return AlertRule(
            name, metric, measure: .timeLeft(over: .seconds(1800)), firesAbove: false, threshold: threshold,
            clear: clear, hold: .seconds(hold), keepFiring: .seconds(keepFiring), summary: AlertSummary(ours: summary))
    }

    private static func rule(
        _ name: String, _ metric: String, per divisor: String? = nil, above threshold: Double, clear: Double,
        hold: Int, keepFiring: Int, _ severity: Severity = .warning, category: AlertCategory = .system,
        says summary: String
    ) -> AlertRule {
        guard let metric = MetricPattern(metric) else { preconditionFailure("\(metric) is no metric") }
        return AlertRule(
            name, metric, per: divisor.flatMap(MetricPattern.init), threshold: threshold, clear: clear,
            hold: .seconds(hold), keepFiring: .seconds(keepFiring), severity: severity, category: category,
            summary: AlertSummary(ours: summary))
    }
}
