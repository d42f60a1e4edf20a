/// The time a processor, or all of them together, spent in each state since boot, in clock ticks (proc_stat(5)).
struct CPUTimes: Equatable, Sendable {
    var user: UInt64 = 0
    var nice: UInt64 = 0
    var system: UInt64 = 0
    var idle: UInt64 = 0
    var iowait: UInt64 = 0
    var irq: UInt64 = 0
    var softirq: UInt64 = 0
    var steal: UInt64 = 0
    /// Running a guest; the kernel counts it in `user` as well.
    var guest: UInt64 = 0
    /// Running a guest at low priority; the kernel counts it in `nice` as well.
    var guestNice: UInt64 = 0

    init() {}

    /// Reads the numbers of a line; `nil` below the four that every kernel has, and 0 for those that came later.
    init?(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        guard let user = cursor.number(in: bytes), let nice = cursor.number(in: bytes),
            let system = cursor.number(in: bytes), let idle = cursor.number(in: bytes)
        else { return nil }
        self.user = user
        self.nice = nice
        self.system = system
        self.idle = idle
        iowait = cursor.number(in: bytes) ?? 0
        irq = cursor.number(in: bytes) ?? 0
        softirq = cursor.number(in: bytes) ?? 0
        steal = cursor.number(in: bytes) ?? 0
        guest = cursor.number(in: bytes) ?? 0
        guestNice = cursor.number(in: bytes) ?? 0
    }
}
