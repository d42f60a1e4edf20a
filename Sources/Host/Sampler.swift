public import Vocabulary

/// Reads everything about this host that Watchdesk shows; one thread owns it and asks it for a sample a second.
///
/// Files stay open and are read into one buffer; nothing waits for a disk or another machine. The first sample, and
/// the first after a gap, has no rates: they need two readings.
public struct Sampler: ~Copyable {
    private let root: String
    private var buffer = ReadBuffer()
    private var clock = SampleClock()
    private var identity: HostIdentity?
    private var identityReadAt: Monotonic?
    private var processors: ProcessorFile
    private var memory: ParsedFile<MemoryInfo>
    private var load: ParsedFile<LoadAverage>
    private var processorPressure: ParsedFile<Pressure>
    private var memoryPressure: ParsedFile<Pressure>
    private var diskPressure: ParsedFile<Pressure>
    private var disks: DiskFile
    private var interfaces: InterfaceFile
    private var uptime: ParsedFile<Double>
    private var files: ParsedFile<FileHandles>
    private var sockets: ParsedFile<SocketCounts>
    private var paging: ParsedFile<PagingCounters>
    private let page = Paths.page
    private var fileSystems: FileSystemTable
    private var sensors: SensorTable
    private var groups: ControlGroupLimits
    private var layout: (versions: [Int], value: SampleLayout)?

    /// Prepares to read the host whose `/proc` and `/sys` are under `root`; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - root: `/`, or where the files of the host are mounted (a container that watches its host, a test).
    ///   - choice: which network interfaces are reported and summed up.
    public init(root: String = "/", interfaces choice: InterfaceChoice = .physical) {
        let root = root.hasSuffix("/") ? String(root.dropLast()) : root
        self.root = root
        processors = ProcessorFile(root: root)
        memory = ParsedFile(root + "/proc/meminfo", MemoryInfo.parse)
        load = ParsedFile(root + "/proc/loadavg", LoadAverage.parse)
        processorPressure = ParsedFile(root + "/proc/pressure/cpu", Pressure.parse)
        memoryPressure = ParsedFile(root + "/proc/pressure/memory", Pressure.parse)
        diskPressure = ParsedFile(root + "/proc/pressure/io", Pressure.parse)
        disks = DiskFile(root: root)
        interfaces = InterfaceFile(root: root, choice: choice)
        uptime = ParsedFile(root + "/proc/uptime", Uptime.parse)
        files = ParsedFile(root + "/proc/sys/fs/file-nr", FileHandles.parse)
        sockets = ParsedFile(root + "/proc/net/sockstat", SocketCounts.parse)
        paging = ParsedFile(root + "/proc/vmstat", PagingCounters.parse)
        fileSystems = FileSystemTable(root: root)
        sensors = SensorTable(root: root)
        groups = ControlGroupLimits(root: root)
    }

    /// Reads the host now.
    ///
    /// - Parameters:
    ///   - at: the wall time to put on the sample.
    ///   - monotonic: `CLOCK_MONOTONIC`; rates are made by it.
    ///   - boottime: `CLOCK_BOOTTIME`; it runs ahead of the other while the machine sleeps, which makes a gap.
    /// - Returns: the sample; a source that cannot be read leaves its values unknown, never 0.
    public mutating func sample(at: Timestamp, monotonic: Monotonic, boottime: Monotonic) -> HostSample {
        let step = clock.advance(monotonic: monotonic, boottime: boottime)
        readFiles()
        fileSystems.refresh(at: monotonic, &buffer)
        sensors.refresh(at: monotonic)
        groups.refresh(
            at: monotonic, host: (memory.now?.total, processors.now == nil ? nil : processors.cores.rows.count),
            &buffer)
        let host = currentIdentity(at: monotonic)
        let layout = currentLayout()
        let values = values(seconds: step.seconds, count: layout.metrics.count)
        return HostSample(at: at, host: host, layout: layout, values: values, isAfterGap: step.isAfterGap)
    }

    private mutating func readFiles() {
        processors.read(&buffer)
        memory.read(&buffer)
        disks.read(&buffer)
        interfaces.read(&buffer)
        load.read(&buffer)
        processorPressure.read(&buffer)
        memoryPressure.read(&buffer)
        diskPressure.read(&buffer)
        uptime.read(&buffer)
        files.read(&buffer)
        sockets.read(&buffer)
        paging.read(&buffer)
    }

    /// The name of a host can change while it runs.
    private mutating func currentIdentity(at now: Monotonic) -> HostIdentity {
        if let identity, let identityReadAt, now - identityReadAt < FileSystemTable.tableInterval { return identity }
        let newest = HostIdentity(root: root, &buffer)
        identity = newest
        identityReadAt = now
        return newest
    }

    private mutating func currentLayout() -> SampleLayout {
        let versions = [
            processors.cores.version, disks.disks.version, interfaces.interfaces.version, fileSystems.version,
            sensors.version,
        ]
        if let layout, layout.versions == versions { return layout.value }
        let newest = SampleLayout(descriptions())
        layout = (versions, newest)
        return newest
    }

    private func descriptions() -> [MetricDescription] {
        var all = HostMetrics.all.map { MetricDescription(name: $0.name, unit: $0.unit, title: $0.title) }
        for row in processors.cores.rows {
            let number = String(row.label.dropFirst(3))
            all += MetricCatalogue.describe(
                DeviceMetrics.cores, family: "cpu.core", device: number, title: "Core \(number)")
        }
        for row in disks.disks.rows where row.isShown {
            all += MetricCatalogue.describe(DeviceMetrics.disks, family: "disk", device: row.label, title: row.label)
        }
        for row in interfaces.interfaces.rows where row.isShown {
            all += MetricCatalogue.describe(
                DeviceMetrics.interfaces, family: "net", device: row.label, title: row.label)
        }
        for row in fileSystems.rows {
            all += MetricCatalogue.describe(
                DeviceMetrics.fileSystems, family: "fs", device: row.label, title: row.label)
        }
        for label in sensors.labels {
            all += MetricCatalogue.describe(DeviceMetrics.sensors, family: "sensor", device: label, title: label)
        }
        return all
    }

    /// The values in the order of ``descriptions()``.
    private func values(seconds: Double?, count: Int) -> [Double] {
        var sheet = ValueSheet(capacity: count)
        let diskReadings = disks.disks.rows.filter(\.isShown).map { row in
            row.compare(seconds) { DiskReading(from: $0, to: $1, seconds: $2) }
        }
        let interfaceReadings = interfaces.interfaces.rows.filter(\.isShown).map { row in
            row.compare(seconds) { InterfaceReading(from: $0, to: $1, seconds: $2) }
        }
        let host = hostReading(
            seconds, DiskReading(sumOf: diskReadings.compactMap(\.self)),
            InterfaceReading(sumOf: interfaceReadings.compactMap(\.self)))
        sheet.add(HostMetrics.all, host)
        for row in processors.cores.rows {
            sheet.add(
                DeviceMetrics.cores, row.compare(seconds) { before, now, _ in CPUShares(from: before, to: now) } ?? nil)
        }
        for reading in diskReadings { sheet.add(DeviceMetrics.disks, reading) }
        for reading in interfaceReadings { sheet.add(DeviceMetrics.interfaces, reading) }
        for row in fileSystems.rows { sheet.add(DeviceMetrics.fileSystems, row.reading) }
        for temperature in sensors.temperatures { sheet.add(DeviceMetrics.sensors, temperature) }
        return sheet.values
    }

    private func hostReading(_ seconds: Double?, _ disks: DiskReading?, _ network: InterfaceReading?) -> HostReading {
        var reading = HostReading()
        reading.take(processors, seconds: seconds)
        reading.memory = memory.now
        reading.load = load.now
        reading.processorPressure = PressureReading(processorPressure, seconds: seconds)
        reading.memoryPressure = PressureReading(memoryPressure, seconds: seconds)
        reading.diskPressure = PressureReading(diskPressure, seconds: seconds)
        reading.disks = disks
        reading.network = network
        reading.group = groups.reading
        reading.uptime = uptime.now
        reading.files = files.now
        reading.paging = PagingReading(paging, seconds: seconds, page: page)
        reading.sensors = sensors.reading
        reading.sockets = sockets.now
        return reading
    }
}

extension DeviceTable.Row {
    /// Compares this reading with the one before; `nil` when there is none or the two do not belong together.
    func compare<Reading>(_ seconds: Double?, _ make: (Counters, Counters, Double) -> Reading) -> Reading? {
        guard let seconds, let before else { return nil }
        return make(before, now, seconds)
    }
}
