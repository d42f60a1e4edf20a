internal import Terminal
internal import Vocabulary

/// What is said about memory, and about the kernel's tables.
struct MemorySections {
    let reading: SystemReading

    var memory: SystemSection {
        let hasGroup = reading["cgroup.memory.limit"] != nil
        return SystemSection(
            title: "Memory", state: StyledText("used = total − available", .dim), rows: hasGroup ? 6 : 5
        ) { rect, frame in
            drawMemory(in: rect.line(0), on: &frame)
            drawSwap(in: rect.line(1), on: &frame)
            parts.draw(in: rect.line(2), on: &frame)
            paging.draw(in: rect.line(3), on: &frame)
            pressure.draw(in: rect.line(4), on: &frame)
            if hasGroup { group.draw(in: rect.line(5), on: &frame) }
        }
    }

    private func drawMemory(in line: Rect, on frame: inout Frame) {
        let share = reading["memory.used_percent"]
        ShareLine(
            label: "used", share: share, gauge: memoryGauge(share), whole: whole("memory.used", "memory.total"),
            wholeColumns: 20
        ).draw(in: line, on: &frame)
    }

    /// What is used, then what is cached and could be given back.
    private func memoryGauge(_ share: Double?) -> Gauge {
        guard let total = reading["memory.total"], total > 0, let used = reading["memory.used"] else {
            return Gauge(nil)
        }
        let free = reading["memory.free"] ?? 0
        let cached = max(0, total - used - free)
        return Gauge(parts: [Gauge.Part(used / total, LoadSign.role(share)), Gauge.Part(cached / total, .series4)])
    }

    private func drawSwap(in line: Rect, on frame: inout Frame) {
        let share = reading["swap.used_percent"]
        let isOff = reading["swap.total"] == 0
        ShareLine(
            label: "swap", share: isOff ? 0 : share,
            gauge: isOff ? Gauge(0, .series1) : Gauge(share.map { $0 / 100 }, LoadSign.role(share)),
            whole: isOff ? StyledText("no swap", .dim) : whole("swap.used", "swap.total"), wholeColumns: 20
        ).draw(in: line, on: &frame)
    }

    private func whole(_ used: String, _ total: String) -> StyledText {
        reading.quantity(used, .bytes).styled() + StyledText(" of ", .dim) + reading.quantity(total, .bytes).styled()
    }

    private var parts: Fields {
        Fields()
            .adding("available", reading.quantity("memory.available", .bytes).styled())
            .adding("free", reading.quantity("memory.free", .bytes).styled())
            .adding("cached", reading.quantity("memory.cached", .bytes).styled(), role: .series4)
            .adding("dirty", reading.quantity("memory.dirty", .bytes).styled())
            .adding("shared", reading.quantity("memory.shared", .bytes).styled())
    }

    private var paging: Fields {
        let kills = reading["memory.oom_kills"] ?? 0
        return Fields()
            .adding("swap in", reading.quantity("swap.in", .bytesPerSecond).styled())
            .adding("out", reading.quantity("swap.out", .bytesPerSecond).styled())
            .adding("major faults", reading.quantity("memory.major_faults", .perSecond).styled())
            .adding(
                "OOM kills",
                reading.quantity("memory.oom_kills", .perSecond).styled(kills > 0 ? .critical : .text))
    }

    private var pressure: Fields {
        Fields()
            .adding("waited for memory, 10 s mean (PSI) some", LoadSign.pressure(reading["pressure.memory.some_avg10"]))
            .adding("all", LoadSign.pressure(reading["pressure.memory.full_avg10"]))
    }

    private var group: Fields {
        Fields()
            .adding("in this group", whole("cgroup.memory.used", "cgroup.memory.limit"))
            .adding("cores allowed", reading.quantity("cgroup.cpu.limit", .plain).styled())
            .adding("held back", reading.quantity("cgroup.cpu.throttled", .percent).styled())
    }

    var kernel: SystemSection {
        SystemSection(title: "Kernel", rows: 2) { rect, frame in
            files.draw(in: rect.line(0), on: &frame)
            work.draw(in: rect.line(1), on: &frame)
        }
    }

    private var files: Fields {
        Fields()
            .adding("files open", reading.quantity("files.open", .count).styled())
            .adding("sockets", reading.quantity("sockets.used", .count).styled())
            .adding("TCP", reading.quantity("sockets.tcp", .count).styled())
            .adding("time-wait", reading.quantity("sockets.tcp_time_wait", .count).styled())
            .adding("UDP", reading.quantity("sockets.udp", .count).styled())
    }

    private var work: Fields {
        Fields()
            .adding("context switches", reading.quantity("tasks.switches", .perSecond).styled())
            .adding("tasks created", reading.quantity("tasks.created", .perSecond).styled())
            .adding("blocked", reading.quantity("tasks.blocked", .count).styled())
    }
}
