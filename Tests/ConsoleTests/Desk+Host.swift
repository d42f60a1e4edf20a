import DeskAPI
import Terminal
import Vocabulary

// MARK: The host
extension Desk {
    /// Five minutes of a host with two cores, two disks and a network.
    static let snapshots: [HostSnapshot] = (0..<300).map { snapshot(secondsAgo: Int64(299 - $0)) }

    private static let metrics: [(name: String, unit: MetricUnit, value: @Sendable (Double) -> Double)] = [
        ("cpu.busy", .percent, { busy($0) }), ("cpu.user", .percent, { busy($0) * 0.6 }),
        ("cpu.system", .percent, { busy($0) * 0.25 }), ("cpu.iowait", .percent, { busy($0) * 0.1 }),
        ("cpu.steal", .percent, { _ in 0 }), ("cpu.cores", .count, { _ in 2 }),
        ("cpu.core.0", .percent, { busy($0) * 1.2 }), ("cpu.core.1", .percent, { busy($0) * 0.8 }),
        ("load.1", .count, { 0.4 + busy($0) / 50 }), ("load.5", .count, { _ in 0.82 }),
        ("load.15", .count, { _ in 0.64 }), ("tasks.running", .count, { _ in 3 }),
        ("tasks.total", .count, { _ in 412 }), ("tasks.switches", .perSecond, { _ in 4120 }),
        ("tasks.created", .perSecond, { _ in 12 }), ("tasks.blocked", .count, { _ in 0 }),
        ("pressure.cpu.some_avg10", .percent, { _ in 4.21 }), ("pressure.memory.some_avg10", .percent, { _ in 0 }),
        ("pressure.memory.full_avg10", .percent, { _ in 0 }), ("pressure.io.some_avg10", .percent, { _ in 22.4 }),
        ("pressure.io.full_avg10", .percent, { _ in 3.1 }),
        ("memory.total", .bytes, { _ in 23.5 * gibi }), ("memory.used", .bytes, { (6.1 + $0 / 2000) * gibi }),
        ("memory.used_percent", .percent, { _ in 26 }), ("memory.available", .bytes, { _ in 17.2 * gibi }),
        ("memory.free", .bytes, { _ in 4.4 * gibi }), ("memory.buffers", .bytes, { _ in 0.3 * gibi }),
        ("memory.cached", .bytes, { _ in 12.2 * gibi }), ("memory.reclaimable", .bytes, { _ in 0.5 * gibi }),
        ("memory.shared", .bytes, { _ in 0.1 * gibi }), ("memory.dirty", .bytes, { _ in 0.01 * gibi }),
        ("swap.total", .bytes, { _ in 2 * gibi }), ("swap.used", .bytes, { _ in 0.125 * gibi }),
        ("swap.used_percent", .percent, { _ in 6.25 }), ("swap.in", .bytesPerSecond, { _ in 12_288 }),
        ("swap.out", .bytesPerSecond, { _ in 0 }), ("memory.major_faults", .perSecond, { _ in 3 }),
        ("memory.oom_kills", .perSecond, { _ in 0 }), ("cpu.frequency", .hertz, { _ in 2.394e9 }),
        ("sensor.temperature", .celsius, { 54 + wave($0, 41) * 10 }),
        ("sensor.coretemp Package id 0.temperature", .celsius, { 54 + wave($0, 41) * 10 }),
        ("sensor.nvme Composite.temperature", .celsius, { _ in 96.85 }),
        ("sensor.acpitz temp1.temperature", .celsius, { _ in .nan }),
        ("disk.read", .bytesPerSecond, { burst($0, 37) * 2e6 }),
        ("disk.write", .bytesPerSecond, { 4e5 + wave($0, 53) * 9e5 }),
        ("disk.vda.read", .bytesPerSecond, { burst($0, 37) * 2e6 }), ("disk.vda.write", .bytesPerSecond, { _ in 4e5 }),
        ("disk.vda.reads", .perSecond, { _ in 31 }), ("disk.vda.writes", .perSecond, { _ in 122 }),
        ("disk.vda.busy", .percent, { _ in 34.5 }), ("disk.vda.read_latency", .milliseconds, { _ in 0.82 }),
        ("disk.vda.write_latency", .milliseconds, { _ in 2.4 }), ("disk.vda.queue", .count, { _ in 0.3 }),
        ("disk.vdb.read", .bytesPerSecond, { _ in 0 }), ("disk.vdb.write", .bytesPerSecond, { _ in .nan }),
        ("disk.vdb.busy", .percent, { _ in 0 }),
        ("net.received", .bytesPerSecond, { 3e4 + wave($0, 29) * 1.1e5 }),
        ("net.sent", .bytesPerSecond, { 8e3 + wave($0, 17) * 6e4 }),
        ("net.eth0.received", .bytesPerSecond, { 3e4 + wave($0, 29) * 1.1e5 }),
        ("net.eth0.sent", .bytesPerSecond, { 8e3 + wave($0, 17) * 6e4 }),
        ("net.eth0.packets_received", .perSecond, { _ in 204 }), ("net.eth0.packets_sent", .perSecond, { _ in 180 }),
        ("net.eth0.errors", .perSecond, { _ in 0 }), ("net.eth0.drops", .perSecond, { _ in 2 }),
        ("fs./.total", .bytes, { _ in 98 * gibi }), ("fs./.used_percent", .percent, { _ in 41.2 }),
        ("fs./.available", .bytes, { _ in 52 * gibi }), ("fs./.inodes_used_percent", .percent, { _ in 7.5 }),
        ("fs./data.v1.total", .bytes, { _ in 980 * gibi }), ("fs./data.v1.used_percent", .percent, { _ in 96.4 }),
        ("fs./data.v1.available", .bytes, { _ in 20 * gibi }),
        ("fs./data.v1.inodes_used_percent", .percent, { _ in .nan }),
        ("files.open", .count, { _ in 2240 }), ("sockets.used", .count, { _ in 214 }),
        ("sockets.tcp", .count, { _ in 31 }), ("sockets.tcp_time_wait", .count, { _ in 4 }),
        ("sockets.udp", .count, { _ in 6 }), ("uptime", .seconds, { _ in 275_400 }),
    ]

    private static let gibi = 1_073_741_824.0
    static let layout = MetricLayout(names: metrics.map(\.name), units: metrics.map(\.unit))

    static func snapshot(secondsAgo: Int64) -> HostSnapshot {
        let second = Double(300 - secondsAgo)
        return HostSnapshot(
            host: "desk-1", at: ago(secondsAgo), layout: layout, values: metrics.map { $0.value(second) })
    }

    /// A saw without trigonometry, the same on every machine: 0 to 1 over a period in seconds.
    private static func wave(_ second: Double, _ period: Double) -> Double {
        let phase = second.truncatingRemainder(dividingBy: period) / period
        return phase < 0.5 ? phase * 2 : 2 - phase * 2
    }

    private static func burst(_ second: Double, _ period: Double) -> Double {
        second.truncatingRemainder(dividingBy: period) < 6 ? 1 : 0.02
    }

    private static func busy(_ second: Double) -> Double {
        8 + wave(second, 97) * 30 + wave(second, 23) * 12 + (second > 200 && second < 230 ? 44 : 0)
    }
}
