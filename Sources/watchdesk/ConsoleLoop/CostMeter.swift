internal import CLinux
internal import Console
internal import Glibc
internal import Vocabulary

/// Measures what this process costs: processor time between two looks, and resident memory.
struct CostMeter: Equatable, Sendable {
    private var lastAt: Monotonic
    private var lastCPU: Int64

    init(at now: Monotonic) {
        lastAt = now
        lastCPU = wd_process_cpu_nanoseconds()
    }

    /// The cost since the last look; `nil` until five seconds have passed, so that the number is steady.
    mutating func measure(at now: Monotonic) -> OwnCost? {
        let elapsed = now.nanoseconds - lastAt.nanoseconds
        guard elapsed >= 5_000_000_000 else { return nil }
        let used = wd_process_cpu_nanoseconds()
        defer {
            lastAt = now
            lastCPU = used
        }
        return OwnCost(
            cpuPercent: Double(used - lastCPU) / Double(elapsed) * 100, residentBytes: CostMeter.residentBytes)
    }

    /// The second number of `/proc/self/statm`, in pages (proc(5)).
    private static var residentBytes: UInt64 {
        let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        let fields = bytes.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = UInt64(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
        return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
