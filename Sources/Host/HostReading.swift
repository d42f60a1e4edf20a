/// What the metrics of the whole host are taken from: one sample, rates already made; `nil` is "not known now".
struct HostReading {
    var cpu: CPUShares?
    var cores: UInt64?
    var contextSwitches: Double?
    var forks: Double?
    var running: UInt64?
    var blocked: UInt64?
    var memory: MemoryInfo?
    var load: LoadAverage?
    var processorPressure: PressureReading?
    var memoryPressure: PressureReading?
    var diskPressure: PressureReading?
    var disks: DiskReading?
    var network: InterfaceReading?
    var group = GroupReading()
    var uptime: Double?
    var files: FileHandles?
    var paging: PagingReading?
    var sensors = SensorReading()
    var sockets: SocketCounts?

    /// Takes what `/proc/stat` says.
    mutating func take(_ processors: ProcessorFile, seconds: Double?) {
        guard let now = processors.now else { return }
        cores = processors.cores.rows.isEmpty ? nil : UInt64(processors.cores.rows.count)
        running = now.running
        blocked = now.blocked
        guard let seconds, let before = processors.before else { return }
        cpu = zip(before.total, now.total).flatMap { CPUShares(from: $0, to: $1) }
        contextSwitches = rate(before.contextSwitches, now.contextSwitches, seconds)
        forks = rate(before.forks, now.forks, seconds)
    }
}

extension PressureReading {
    /// The pressure of a file, if it could be read.
    init?(_ file: ParsedFile<Pressure>, seconds: Double?) {
        guard let now = file.now else { return nil }
        self.init(from: file.before, to: now, seconds: seconds)
    }
}
