/// `/proc/stat`, kept open.
struct ProcessorFile {
    private let file: KeptFile
    private(set) var cores = DeviceTable<CPUTimes>()
    private(set) var now: ProcStat?
    private(set) var before: ProcStat?

    init(root: String) {
        file = KeptFile(root + "/proc/stat")
    }

    /// Reads the counters anew.
    mutating func read(_ buffer: inout ReadBuffer) {
        before = now
        guard file.read(into: &buffer) else {
            now = nil
            return cores.clear()
        }
        now = ProcStat.parse(buffer.bytes.span.extracting(0..<buffer.count), cores: &cores)
    }
}

/// `/proc/diskstats`, kept open.
struct DiskFile {
    private let file: KeptFile
    private let devices: BlockDevice
    private(set) var disks = DeviceTable<DiskCounters>()

    init(root: String) {
        file = KeptFile(root + "/proc/diskstats")
        devices = BlockDevice(root: root)
    }

    /// Reads the counters anew.
    mutating func read(_ buffer: inout ReadBuffer) {
        guard file.read(into: &buffer) else { return disks.clear() }
        DiskCounters.parse(buffer.bytes.span.extracting(0..<buffer.count), into: &disks, isWhole: devices.isWhole)
    }
}

/// `/proc/net/dev`, kept open: it shows the network namespace that it was opened in.
struct InterfaceFile {
    private let file: KeptFile
    private let devices: NetworkDevice
    private let choice: InterfaceChoice
    private(set) var interfaces = DeviceTable<InterfaceCounters>()
    private var decided = -1

    init(root: String, choice: InterfaceChoice) {
        file = KeptFile(root + "/proc/net/dev")
        devices = NetworkDevice(root: root)
        self.choice = choice
    }

    /// Reads the counters anew.
    mutating func read(_ buffer: inout ReadBuffer) {
        guard file.read(into: &buffer) else { return interfaces.clear() }
        InterfaceCounters.parse(
            buffer.bytes.span.extracting(0..<buffer.count), into: &interfaces, isPhysical: devices.isPhysical)
        guard interfaces.version != decided else { return }
        decide()
        decided = interfaces.version
    }

    /// Inside a container every interface is virtual; then all but the loopback count.
    private mutating func decide() {
        let hasPhysical = interfaces.rows.contains { $0.isEligible }
        let showsPhysicalOnly = choice == .physical && hasPhysical
        interfaces.show { showsPhysicalOnly ? $0.isEligible : $0.label != "lo" }
    }
}

/// Which network interfaces a sampler reports and sums up.
public enum InterfaceChoice: Sendable {
    /// Hardware only, so that no byte is counted twice; in a container, where there is none, all but the loopback.
    case physical
    /// All but the loopback; totals count bridged traffic twice.
    case all
}
