/// The metrics of each device; a name is `family.device.metric`.
enum DeviceMetrics {
    static let cores: [Metric<CPUShares>] = [
        Metric("", .percent, "busy") { $0.busy }
    ]

    static let disks: [Metric<DiskReading>] = [
        Metric("read", .bytesPerSecond, "read") { $0.read },
        Metric("write", .bytesPerSecond, "written") { $0.written },
        Metric("reads", .perSecond, "reads") { $0.reads },
        Metric("writes", .perSecond, "writes") { $0.writes },
        Metric("busy", .percent, "busy") { $0.busy },
        Metric("read_latency", .milliseconds, "read latency") { $0.readLatency },
        Metric("write_latency", .milliseconds, "write latency") { $0.writeLatency },
        Metric("queue", .count, "operations under way") { $0.queue },
    ]

    static let interfaces: [Metric<InterfaceReading>] = [
        Metric("received", .bytesPerSecond, "received") { $0.received },
        Metric("sent", .bytesPerSecond, "sent") { $0.sent },
        Metric("packets_received", .perSecond, "packets received") { $0.packetsReceived },
        Metric("packets_sent", .perSecond, "packets sent") { $0.packetsSent },
        Metric("errors", .perSecond, "errors") { $0.errors },
        Metric("drops", .perSecond, "packets dropped") { $0.drops },
    ]

    static let sensors: [Metric<Double>] = [
        Metric("temperature", .celsius, "temperature") { $0 }
    ]

    static let fileSystems: [Metric<FileSystemReading>] = [
        Metric("total", .bytes, "size") { $0.space?.total },
        Metric("used", .bytes, "used") { $0.space?.used },
        Metric("available", .bytes, "available") { $0.space?.available },
        Metric("used_percent", .percent, "used") { $0.space?.usedPercent },
        Metric("inodes_used_percent", .percent, "inodes used") { $0.space?.inodesUsedPercent },
        Metric("stale", .flag, "does not answer") { $0.isStale.map { $0 ? 1 : 0 } },
    ]
}
