/// `/proc/net/dev`, kept open: it shows the network namespace that it was opened in.
struct InterfaceFile {
    private let file: KeptFile
    private let devices: NetworkDevice
    private let choice: InterfaceChoice
    private(set) var interfaces = DeviceTable<InterfaceCounters>()
    private var decided = -1

    init(root: String, choice: InterfaceChoice) {
        file = KeptFile(root + "/proc/net/dev", hasShortLines: true)
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
