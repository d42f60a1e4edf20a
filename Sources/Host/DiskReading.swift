/// What a disk, or all disks together, did in an interval; a counter that ran backwards leaves `nil`.
struct DiskReading: Equatable, Sendable {
    /// Bytes per second.
    var read: Double?
    var written: Double?
    /// Operations per second.
    var reads: Double?
    var writes: Double?
    /// The share of the time with at least one operation under way, in percent.
    var busy: Double?
    /// Mean milliseconds from request to answer; `nil` when nothing was asked.
    var readLatency: Double?
    var writeLatency: Double?
    /// Mean number of operations under way.
    var queue: Double?

    /// Compares two readings that are `seconds` apart.
    init(from before: DiskCounters, to now: DiskCounters, seconds: Double) {
        read = rate(before.sectorsRead, now.sectorsRead, seconds).map { $0 * DiskReading.sector }
        written = rate(before.sectorsWritten, now.sectorsWritten, seconds).map { $0 * DiskReading.sector }
        reads = rate(before.reads, now.reads, seconds)
        writes = rate(before.writes, now.writes, seconds)
        busy = rate(before.busyMilliseconds, now.busyMilliseconds, seconds).map { min(100, $0 / 10) }
        queue = rate(before.weightedMilliseconds, now.weightedMilliseconds, seconds).map { $0 / 1000 }
        readLatency = mean(
            of: rate(before.readMilliseconds, now.readMilliseconds, seconds), over: reads)
        writeLatency = mean(
            of: rate(before.writeMilliseconds, now.writeMilliseconds, seconds), over: writes)
    }

    /// The sum over disks, where the busiest counts for `busy`; latencies and queues have no sum.
    init?(sumOf disks: [DiskReading]) {
        guard let first = disks.first else { return nil }
        self = first
        (readLatency, writeLatency, queue) = (nil, nil, nil)
        for disk in disks.dropFirst() {
            read = sum(read, disk.read)
            written = sum(written, disk.written)
            reads = sum(reads, disk.reads)
            writes = sum(writes, disk.writes)
            busy = zip(busy, disk.busy).map { max($0, $1) }
        }
    }

    /// The kernel counts sectors of 512 bytes whatever the disk has.
    private static let sector = 512.0
}
