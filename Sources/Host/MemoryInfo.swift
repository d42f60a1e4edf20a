/// What `/proc/meminfo` says, in bytes.
struct MemoryInfo: Equatable, Sendable {
    var total: UInt64 = 0
    var free: UInt64 = 0
    /// What new programs can have without swapping; kernels before 3.14 do not say.
    var available: UInt64?
    var buffers: UInt64 = 0
    /// Contains shared memory, which cannot be given back.
    var cached: UInt64 = 0
    var reclaimable: UInt64 = 0
    var shared: UInt64 = 0
    var dirty: UInt64 = 0
    var swapTotal: UInt64 = 0
    var swapFree: UInt64 = 0

    /// What programs hold and cannot give back: total less available.
    var used: UInt64? {
        guard let available, available <= total else { return nil }
        return total - available
    }

    /// Swap space in use; `nil` when the machine has none.
    var swapUsed: UInt64? { swapTotal > 0 && swapFree <= swapTotal ? swapTotal - swapFree : nil }

    /// Reads the file; `nil` without a total.
    static func parse(_ bytes: Span<UInt8>) -> MemoryInfo? {
        var memory = MemoryInfo()
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            memory.takeLine(&cursor, in: bytes)
            cursor.nextLine(in: bytes)
        }
        return memory.total > 0 ? memory : nil
    }

    private mutating func takeLine(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        switch cursor.peek(bytes) {
        case UInt8(ascii: "M"):
            if cursor.skip("MemTotal:", in: bytes) { total = kibibytes(&cursor, in: bytes) ?? 0 }
            if cursor.skip("MemFree:", in: bytes) { free = kibibytes(&cursor, in: bytes) ?? 0 }
            if cursor.skip("MemAvailable:", in: bytes) { available = kibibytes(&cursor, in: bytes) }
        case UInt8(ascii: "B"): if cursor.skip("Buffers:", in: bytes) { buffers = kibibytes(&cursor, in: bytes) ?? 0 }
        case UInt8(ascii: "C"): if cursor.skip("Cached:", in: bytes) { cached = kibibytes(&cursor, in: bytes) ?? 0 }
        case UInt8(ascii: "D"): if cursor.skip("Dirty:", in: bytes) { dirty = kibibytes(&cursor, in: bytes) ?? 0 }
        case UInt8(ascii: "S"): takeSharedOrSwap(&cursor, in: bytes)
        default: break
        }
    }

    private mutating func takeSharedOrSwap(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        if cursor.skip("SwapTotal:", in: bytes) { swapTotal = kibibytes(&cursor, in: bytes) ?? 0 }
        if cursor.skip("SwapFree:", in: bytes) { swapFree = kibibytes(&cursor, in: bytes) ?? 0 }
        if cursor.skip("Shmem:", in: bytes) { shared = kibibytes(&cursor, in: bytes) ?? 0 }
        if cursor.skip("SReclaimable:", in: bytes) { reclaimable = kibibytes(&cursor, in: bytes) ?? 0 }
    }

    private func kibibytes(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) -> UInt64? {
        guard let value = cursor.number(in: bytes), value <= .max / 1024 else { return nil }
        return value * 1024
    }
}
