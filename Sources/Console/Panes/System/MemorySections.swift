internal import Terminal
internal import Vocabulary

/// What is said about memory, and about the kernel's tables.
struct MemorySections {
    let reading: SystemReading

    var memory: SystemSection {
        let hasGroup = reading["cgroup.memory.limit"] != nil
        return SystemSection(
            title: "Memory", state: StyledText("used = total − available", .dim), rows: hasGroup ? 5 : 4
        ) { rect, frame in
            drawMemory(in: rect.line(0), on: &frame)
            frame.write(styled: parts, in: rect.line(1))
            drawSwap(in: rect.line(2), on: &frame)
            frame.write(styled: pressure, in: rect.line(3))
            frame.write(styled: group, in: rect.line(4))
        }
    }

    private func drawMemory(in line: Rect, on frame: inout Frame) {
        let total = reading["memory.total"]
        let used = reading["memory.used"]
        let cached =
            (reading["memory.cached"] ?? 0) + (reading["memory.buffers"] ?? 0) + (reading["memory.reclaimable"] ?? 0)
        let share = reading["memory.used_percent"]
        let base = total ?? 1
        let gauge =
            used == nil || total == nil
            ? Gauge(nil)
            : Gauge(parts: [
                Gauge.Part((used ?? 0) / base, Fields.loadRole(share)),
                Gauge.Part(min(cached, max(0, base - (used ?? 0) - (reading["memory.free"] ?? 0))) / base, .series4),
            ])
        draw(share, gauge, Quantity(used, .bytes), of: Quantity(total, .bytes), in: line, on: &frame)
    }

    private func draw(
        _ share: Double?, _ gauge: Gauge, _ used: Quantity, of total: Quantity, in line: Rect, on frame: inout Frame
    ) {
        frame.write(styled: Quantity(share, .percent).styled(.strong), in: line.left(8), align: .right)
        let words = used.styled() + StyledText(" of ", .dim) + total.styled()
        frame.write(styled: words, in: line.right(24), align: .right)
        gauge.draw(in: line.droppingLeft(10).droppingRight(26), on: &frame)
    }

    private var parts: StyledText {
        let names: [(SafeText, String)] = [
            ("available", "memory.available"), ("free", "memory.free"), ("cached", "memory.cached"),
            ("shared", "memory.shared"), ("dirty", "memory.dirty"),
        ]
        return Fields.line(names.map { (StyledText($0.0, .dim), reading.quantity($0.1, .bytes).styled()) })
    }

    private func drawSwap(in line: Rect, on frame: inout Frame) {
        guard let total = reading["swap.total"] else { return frame.write("swap n/a", in: line.droppingLeft(10), .dim) }
        guard total > 0 else { return frame.write("no swap", in: line.droppingLeft(10), .dim) }
        let share = reading["swap.used_percent"]
        draw(
            share, Gauge(share.map { $0 / 100 }, Fields.loadRole(share)), reading.quantity("swap.used", .bytes),
            of: Quantity(total, .bytes), in: line, on: &frame)
        frame.write("swap ", in: line.droppingLeft(10), .dim)
    }

    private var pressure: StyledText {
        Fields.line([
            (
                StyledText("waited for memory, 10 s mean (PSI) some", .dim),
                Fields.pressure(reading["pressure.memory.some_avg10"])
            ),
            (StyledText("all", .dim), Fields.pressure(reading["pressure.memory.full_avg10"])),
        ])
    }

    private var group: StyledText {
        guard let limit = reading["cgroup.memory.limit"] else { return "" }
        return Fields.line([
            (StyledText("in this group", .dim), reading.quantity("cgroup.memory.used", .bytes).styled()),
            (StyledText("of", .dim), Quantity(limit, .bytes).styled()),
            (StyledText("cores allowed", .dim), reading.quantity("cgroup.cpu.limit", .plain).styled()),
            (StyledText("held back", .dim), reading.quantity("cgroup.cpu.throttled", .percent).styled()),
        ])
    }

    var kernel: SystemSection {
        SystemSection(title: "Kernel", rows: 2) { rect, frame in
            frame.write(styled: files, in: rect.line(0))
            frame.write(styled: work, in: rect.line(1))
        }
    }

    private var files: StyledText {
        Fields.line([
            (StyledText("files open", .dim), reading.quantity("files.open", .count).styled()),
            (StyledText("sockets", .dim), reading.quantity("sockets.used", .count).styled()),
            (StyledText("TCP", .dim), reading.quantity("sockets.tcp", .count).styled()),
            (StyledText("time-wait", .dim), reading.quantity("sockets.tcp_time_wait", .count).styled()),
            (StyledText("UDP", .dim), reading.quantity("sockets.udp", .count).styled()),
        ])
    }

    private var work: StyledText {
        Fields.line([
            (StyledText("context switches", .dim), reading.quantity("tasks.switches", .perSecond).styled()),
            (StyledText("tasks created", .dim), reading.quantity("tasks.created", .perSecond).styled()),
            (StyledText("blocked", .dim), reading.quantity("tasks.blocked", .count).styled()),
        ])
    }
}
