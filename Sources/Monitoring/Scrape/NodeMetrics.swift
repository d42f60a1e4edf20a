internal import DeskAPI

/// Turns two readings of a node_exporter into the metrics that a sampler of ours would give.
///
/// A counter that ran backwards, because the host or the exporter began anew, leaves a gap and never a spike.
struct NodeMetrics {
    private let before: NodeReading?
    private let now: NodeReading
    private let seconds: Double?
    private(set) var names: [String] = []
    private(set) var units: [MetricUnit] = []
    private(set) var values: [Double] = []

    /// The metrics of a reading; rates need the one before and the seconds between them.
    init(from before: NodeReading?, to now: NodeReading, seconds: Double?) {
        (self.before, self.now) = (before, now)
        self.seconds = seconds.flatMap { $0 > 0 ? $0 : nil }
        addProcessors()
        addHost()
        addDisks()
        addInterfaces()
        addFileSystems()
        addSensors()
    }

    private mutating func add(_ name: String, _ unit: MetricUnit, _ value: Double?) {
        names.append(name)
        units.append(unit)
        values.append(value ?? .nan)
    }

    private mutating func addProcessors() {
        guard !now.processors.isEmpty else { return }
        let cores: [String] = now.processors.keys.sorted { left, right in
            let (first, second) = (Int(left) ?? Int.max, Int(right) ?? Int.max)
            return first == second ? left < right : first < second
        }
        let all: [[String: Double]?] = cores.map { self.shares(of: $0) }
        let known: [[String: Double]] = all.compactMap { $0 }
        for mode in NodeMetrics.modes { add("cpu.\(mode)", .percent, NodeMetrics.mean(known.map { $0[mode] ?? 0 })) }
        add("cpu.busy", .percent, NodeMetrics.mean(known.map(NodeMetrics.busy)))
        add("cpu.cores", .count, Double(cores.count))
        for (core, share) in zip(cores, all) { add("cpu.core.\(core)", .percent, share.map(NodeMetrics.busy)) }
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]

    private static func busy(_ share: [String: Double]) -> Double {
        max(0, min(100, 100 - (share["idle"] ?? 0) - (share["iowait"] ?? 0)))
    }

    /// Where a processor's time went, in percent of all of it; `nil` when no time passed or it was not there before.
    private func shares(of core: String) -> [String: Double]? {
        guard seconds != nil, let new = now.processors[core], let old = before?.processors[core] else { return nil }
        // `idle` and `iowait` can run backwards by themselves, so each difference is at least 0.
        var passed: [String: Double] = [:]
        for (mode, time) in new { passed[mode] = old[mode].map { max(0, time - $0) } }
        let whole: Double = passed.values.reduce(0, +)
        return whole > 0 ? passed.mapValues { $0 / whole * 100 } : nil
    }

    private mutating func addHost() {
        let host = now.host
        let total = host["memory_MemTotal_bytes"]
        let available = host["memory_MemAvailable_bytes"]
        let used = difference(total, available)
        for (name, source) in [("load.1", "load1"), ("load.5", "load5"), ("load.15", "load15")] {
            add(name, .count, host[source])
        }
        add("tasks.running", .count, host["procs_running"])
        add("tasks.blocked", .count, host["procs_blocked"])
        add("tasks.switches", .perSecond, rate(before?.host["context_switches_total"], host["context_switches_total"]))
        add("memory.total", .bytes, total)
        add("memory.used", .bytes, used)
        add("memory.used_percent", .percent, share(used, of: total))
        add("memory.available", .bytes, available)
        for (name, source) in [
            ("free", "MemFree"), ("buffers", "Buffers"), ("cached", "Cached"), ("reclaimable", "SReclaimable"),
            ("shared", "Shmem"), ("dirty", "Dirty"),
        ] {
            add("memory.\(name)", .bytes, host["memory_\(source)_bytes"])
        }
        let swap = host["memory_SwapTotal_bytes"].flatMap { $0 > 0 ? $0 : nil }
        let swapUsed = difference(swap, host["memory_SwapFree_bytes"])
        add("swap.total", .bytes, host["memory_SwapTotal_bytes"])
        add("swap.used", .bytes, swapUsed)
        add("swap.used_percent", .percent, share(swapUsed, of: swap))
        for (name, counter, unit, scale) in [
            ("swap.in", "vmstat_pswpin", MetricUnit.bytesPerSecond, NodeMetrics.page),
            ("swap.out", "vmstat_pswpout", .bytesPerSecond, NodeMetrics.page),
            ("memory.major_faults", "vmstat_pgmajfault", .perSecond, 1),
            ("memory.oom_kills", "vmstat_oom_kill", .perSecond, 1),
        ] {
            add(name, unit, rate(before?.host[counter], host[counter]).map { $0 * scale })
        }
        add("uptime", .seconds, difference(host["time_seconds"], host["boot_time_seconds"]))
    }

    /// A node_exporter counts pages and does not say how large they are; nearly all Linux hosts have these.
    private static let page = 4096.0

    private mutating func addDisks() {
        for (disk, new) in now.disks.sorted(by: { $0.key < $1.key }) where NodeMetrics.isWholeDisk(disk) {
            let old = before?.disks[disk]
            let reads = rate(old?["reads_completed_total"], new["reads_completed_total"])
            let writes = rate(old?["writes_completed_total"], new["writes_completed_total"])
            add("disk.\(disk).read", .bytesPerSecond, rate(old?["read_bytes_total"], new["read_bytes_total"]))
            add("disk.\(disk).write", .bytesPerSecond, rate(old?["written_bytes_total"], new["written_bytes_total"]))
            add("disk.\(disk).reads", .perSecond, reads)
            add("disk.\(disk).writes", .perSecond, writes)
            add(
                "disk.\(disk).busy", .percent,
                rate(old?["io_time_seconds_total"], new["io_time_seconds_total"]).map { min(100, $0 * 100) })
            let readTime = rate(old?["read_time_seconds_total"], new["read_time_seconds_total"])
            let writeTime = rate(old?["write_time_seconds_total"], new["write_time_seconds_total"])
            add("disk.\(disk).read_latency", .milliseconds, mean(readTime, over: reads))
            add("disk.\(disk).write_latency", .milliseconds, mean(writeTime, over: writes))
        }
    }

    /// What is made of other disks is counted with them.
    private static func isWholeDisk(_ name: String) -> Bool {
        !["dm-", "loop", "ram", "zram", "md", "sr", "fd"].contains(where: name.hasPrefix)
    }

    private mutating func addInterfaces() {
        for (name, new) in now.interfaces.sorted(by: { $0.key < $1.key }) {
            let old = before?.interfaces[name]
            for (metric, unit, counter) in [
                ("received", MetricUnit.bytesPerSecond, "receive_bytes_total"),
                ("sent", .bytesPerSecond, "transmit_bytes_total"),
                ("packets_received", .perSecond, "receive_packets_total"),
                ("packets_sent", .perSecond, "transmit_packets_total"),
            ] {
                add("net.\(name).\(metric)", unit, rate(old?[counter], new[counter]))
            }
            for (metric, counters) in [
                ("errors", ["receive_errs_total", "transmit_errs_total"]),
                ("drops", ["receive_drop_total", "transmit_drop_total"]),
            ] {
                let rates: [Double] = counters.compactMap { rate(old?[$0], new[$0]) }
                add("net.\(name).\(metric)", .perSecond, rates.count == counters.count ? rates.reduce(0, +) : nil)
            }
        }
    }

    private mutating func addFileSystems() {
        for (mount, space) in now.fileSystems.sorted(by: { $0.key < $1.key }) {
            guard let size = space["size_bytes"], size > 0, let free = space["free_bytes"] else { continue }
            let available = space["avail_bytes"]
            let used = max(0, size - free)
            add("fs.\(mount).total", .bytes, size)
            add("fs.\(mount).used", .bytes, used)
            add("fs.\(mount).available", .bytes, available)
            add("fs.\(mount).used_percent", .percent, share(used, of: available.map { used + $0 }))
            add(
                "fs.\(mount).inodes_used_percent", .percent,
                share(difference(space["files"], space["files_free"]), of: space["files"]))
        }
    }

    private mutating func addSensors() {
        add("cpu.frequency", .hertz, NodeMetrics.mean(Array(now.clocks.values)))
        add("sensor.temperature", .celsius, now.temperatures.values.max())
        for (place, degrees) in now.temperatures.sorted(by: { $0.key < $1.key }) {
            add("sensor.\(now.title(ofThermometer: place)).temperature", .celsius, degrees)
        }
    }

    private func rate(_ old: Double?, _ new: Double?) -> Double? {
        guard let seconds, let old, let new, new >= old else { return nil }
        return (new - old) / seconds
    }

    private func difference(_ whole: Double?, _ part: Double?) -> Double? {
        guard let whole, let part, whole >= part else { return nil }
        return whole - part
    }

    private func share(_ part: Double?, of whole: Double?) -> Double? {
        guard let part, let whole, whole > 0 else { return nil }
        return part / whole * 100
    }

    /// Milliseconds for each of so many a second.
    private func mean(_ time: Double?, over count: Double?) -> Double? {
        guard let time, let count, count > 0 else { return nil }
        return time / count * 1000
    }
}
