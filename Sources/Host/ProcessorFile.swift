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
