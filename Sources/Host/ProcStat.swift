/// What `/proc/stat` says besides the single processors.
struct ProcStat: Equatable, Sendable {
    var total: CPUTimes?
    /// Context switches since boot.
    var contextSwitches: UInt64?
    /// Processes and threads created since boot.
    var forks: UInt64?
    /// Threads that run or could run now.
    var running: UInt64?
    /// Threads that wait for a disk now.
    var blocked: UInt64?

    /// Reads the file, and each processor into `cores` under its name (`cpu0`): numbers have gaps when some are off.
    static func parse(_ bytes: Span<UInt8>, cores: inout DeviceTable<CPUTimes>) -> ProcStat {
        var stat = ProcStat()
        var cursor = ByteCursor()
        cores.begin()
        while !cursor.isAtEnd(of: bytes) {
            stat.takeLine(&cursor, in: bytes, cores: &cores)
            cursor.nextLine(in: bytes)
        }
        cores.end()
        return stat
    }

    private mutating func takeLine(
        _ cursor: inout ByteCursor, in bytes: Span<UInt8>, cores: inout DeviceTable<CPUTimes>
    ) {
        switch cursor.peek(bytes) {
        case UInt8(ascii: "c"):
            if cursor.skip("cpu ", in: bytes) {
                total = CPUTimes(&cursor, in: bytes)
            } else if cursor.skip("ctxt ", in: bytes) {
                contextSwitches = cursor.number(in: bytes)
            } else {
                ProcStat.takeCore(&cursor, in: bytes, cores: &cores)
            }
        case UInt8(ascii: "p"): takeProcesses(&cursor, in: bytes)
        default: break
        }
    }

    private mutating func takeProcesses(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        if cursor.skip("processes ", in: bytes) {
            forks = cursor.number(in: bytes)
        } else if cursor.skip("procs_running ", in: bytes) {
            running = cursor.number(in: bytes)
        } else if cursor.skip("procs_blocked ", in: bytes) {
            blocked = cursor.number(in: bytes)
        }
    }

    private static func takeCore(
        _ cursor: inout ByteCursor, in bytes: Span<UInt8>, cores: inout DeviceTable<CPUTimes>
    ) {
        let start = cursor.index
        guard cursor.skip("cpu", in: bytes), cursor.peek(bytes) &- ASCII.zero < 10, cursor.number(in: bytes) != nil,
            cursor.peek(bytes) == ASCII.space
        else { return }
        let name = start..<cursor.index
        guard let times = CPUTimes(&cursor, in: bytes) else { return }
        cores.take(name, in: bytes, times) { _ in true }
    }
}
