/// `/proc/diskstats`, kept open.
struct DiskFile {
    private let file: KeptFile
    private let devices: BlockDevice
    private(set) var disks = DeviceTable<DiskCounters>()

    init(root: String) {
        file = KeptFile(root + "/proc/diskstats", hasShortLines: true)
        devices = BlockDevice(root: root)
    }

    /// Reads the counters anew.
    mutating func read(_ buffer: inout ReadBuffer) {
        guard file.read(into: &buffer) else { return disks.clear() }
        DiskCounters.parse(buffer.bytes.span.extracting(0..<buffer.count), into: &disks, isWhole: devices.isWhole)
    }
}
