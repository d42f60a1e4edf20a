internal import Vocabulary

/// The tightest processor limit on the way from the group to the top.
struct ProcessorLimit {
    let folder: String
    let count: Double
    private let usage: KeptFile
    private let statistics: KeptFile
    private let isUnified: Bool
    private var last: (at: Monotonic, counters: Counters)?

    private struct Counters {
        /// Microseconds.
        var used: UInt64?
        var periods: UInt64?
        var throttled: UInt64?
    }

    private init(folder: String, count: Double, usage: String, isUnified: Bool) {
        self.folder = folder
        self.count = count
        self.isUnified = isUnified
        self.usage = KeptFile(usage)
        statistics = KeptFile(folder + "/cpu.stat")
    }

    static func find(in group: ControlGroup, under mount: String, _ buffer: inout ReadBuffer) -> ProcessorLimit? {
        group.cpu == nil ? findUnified(group, mount, &buffer) : findSeparate(group, mount, &buffer)
    }

    mutating func read(into reading: inout GroupReading, at now: Monotonic, _ buffer: inout ReadBuffer) {
        reading.processorLimit = count
        let counters = readCounters(&buffer)
        defer { last = (now, counters) }
        guard let last, now > last.at else { return }
        let seconds = (now - last.at).inSeconds
        reading.processorsUsed = rate(last.counters.used, counters.used, seconds).map { $0 / 1_000_000 }
        let periods = rate(last.counters.periods, counters.periods, seconds)
        reading.throttled = mean(of: rate(last.counters.throttled, counters.throttled, seconds), over: periods)
            .map { min(100, $0 * 100) }
    }

    private static func findUnified(
        _ group: ControlGroup, _ mount: String, _ buffer: inout ReadBuffer
    ) -> ProcessorLimit? {
        guard let path = group.unified else { return nil }
        var tightest: ProcessorLimit?
        for folder in ControlGroup.lineage(of: path, under: mount) {
            guard KeptFile(folder + "/cpu.max").read(into: &buffer),
                let count = ControlFile.processors(buffer.bytes.span.extracting(0..<buffer.count)),
                count < tightest?.count ?? .infinity
            else { continue }
            tightest = ProcessorLimit(folder: folder, count: count, usage: folder + "/cpu.stat", isUnified: true)
        }
        return tightest
    }

    private static func findSeparate(
        _ group: ControlGroup, _ mount: String, _ buffer: inout ReadBuffer
    ) -> ProcessorLimit? {
        guard let path = group.cpu else { return nil }
        let tree = mount + "/" + (group.cpuControllers ?? "cpu")
        let accounts = mount + "/" + (group.accountingControllers ?? "cpuacct")
        var tightest: ProcessorLimit?
        for folder in ControlGroup.lineage(of: path, under: tree) {
            guard let quota = ControlFile.number(at: folder + "/cpu.cfs_quota_us", &buffer),
                let period = ControlFile.number(at: folder + "/cpu.cfs_period_us", &buffer), period > 0
            else { continue }
            let count = Double(quota) / Double(period)
            guard count < tightest?.count ?? .infinity else { continue }
            let usage = accounts + folder.dropFirst(tree.count) + "/cpuacct.usage"
            tightest = ProcessorLimit(folder: folder, count: count, usage: usage, isUnified: false)
        }
        return tightest
    }

    private func readCounters(_ buffer: inout ReadBuffer) -> Counters {
        var counters = Counters()
        if usage.read(into: &buffer) {
            let bytes = buffer.bytes.span.extracting(0..<buffer.count)
            counters.used =
                isUnified
                ? ControlFile.value(of: "usage_usec ", in: bytes) : ControlFile.number(bytes).map { $0 / 1000 }
        }
        if statistics.read(into: &buffer) {
            let bytes = buffer.bytes.span.extracting(0..<buffer.count)
            counters.periods = ControlFile.value(of: "nr_periods ", in: bytes)
            counters.throttled = ControlFile.value(of: "nr_throttled ", in: bytes)
        }
        return counters
    }
}
