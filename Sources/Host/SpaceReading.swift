internal import Glibc

/// The space of one file system.
struct SpaceReading: Equatable, Sendable {
    /// Bytes.
    let total: Double
    let used: Double
    /// Bytes that ordinary programs can still have; less than total minus used, where some are kept for root.
    let available: Double
    /// `nil` where the file system makes inodes as it needs them.
    let inodes: Double?
    let inodesUsed: Double?

    /// The share that `df` shows: of what ordinary programs can have.
    var usedPercent: Double? { used + available > 0 ? used / (used + available) * 100 : nil }

    /// Percent of the inodes.
    var inodesUsedPercent: Double? { mean(of: inodesUsed, over: inodes).map { $0 * 100 } }

    /// Asks the kernel; `nil` when it refuses or the file system has no size.
    ///
    /// Blocks as long as the file system does.
    init?(ofPath path: [UInt8]) {
        var answer = statvfs()
        let status = unsafe statvfs(Paths.terminated(path), &answer)
        guard status == 0, answer.f_blocks > 0, answer.f_frsize > 0 else { return nil }
        self.init(answer)
    }

    init(_ answer: statvfs) {
        let block = Double(answer.f_frsize)
        total = Double(answer.f_blocks) * block
        used = max(0, total - Double(answer.f_bfree) * block)
        available = min(total, Double(answer.f_bavail) * block)
        inodes = answer.f_files > 0 ? Double(answer.f_files) : nil
        inodesUsed = inodes.map { max(0, $0 - Double(answer.f_ffree)) }
    }
}
