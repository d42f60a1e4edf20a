/// What one disk did since boot (Documentation/admin-guide/iostats.rst).
struct DiskCounters: Equatable, Sendable {
    var reads: UInt64
    var sectorsRead: UInt64
    var readMilliseconds: UInt64
    var writes: UInt64
    var sectorsWritten: UInt64
    var writeMilliseconds: UInt64
    var busyMilliseconds: UInt64
    var weightedMilliseconds: UInt64

    /// Reads the numbers of a line after the name; `nil` below the eleven that every kernel has.
    init?(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        guard let reads = cursor.number(in: bytes), cursor.number(in: bytes) != nil,
            let sectorsRead = cursor.number(in: bytes), let readMilliseconds = cursor.number(in: bytes),
            let writes = cursor.number(in: bytes), cursor.number(in: bytes) != nil,
            let sectorsWritten = cursor.number(in: bytes), let writeMilliseconds = cursor.number(in: bytes),
            cursor.number(in: bytes) != nil, let busyMilliseconds = cursor.number(in: bytes),
            let weightedMilliseconds = cursor.number(in: bytes)
        else { return nil }
        self.reads = reads
        self.sectorsRead = sectorsRead
        self.readMilliseconds = readMilliseconds
        self.writes = writes
        self.sectorsWritten = sectorsWritten
        self.writeMilliseconds = writeMilliseconds
        self.busyMilliseconds = busyMilliseconds
        self.weightedMilliseconds = weightedMilliseconds
    }

    /// Reads `/proc/diskstats` into `disks`; `isWhole` tells a disk from its parts, by number and name.
    static func parse(
        _ bytes: Span<UInt8>, into disks: inout DeviceTable<DiskCounters>,
        isWhole: (_ major: UInt64, _ minor: UInt64, _ name: String) -> Bool
    ) {
        var cursor = ByteCursor()
        disks.begin()
        while !cursor.isAtEnd(of: bytes) {
            if let major = cursor.number(in: bytes), let minor = cursor.number(in: bytes) {
                let name = cursor.word(in: bytes)
                if !name.isEmpty, let counters = DiskCounters(&cursor, in: bytes) {
                    disks.take(name, in: bytes, counters) { isWhole(major, minor, $0) }
                }
            }
            cursor.nextLine(in: bytes)
        }
        disks.end()
    }
}
