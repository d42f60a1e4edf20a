/// The tightest memory limit on the way from the group to the top.
struct MemoryLimit {
    let folder: String
    let bytes: UInt64
    private let usage: KeptFile
    private let statistics: KeptFile
    private let isUnified: Bool

    private init(folder: String, bytes: UInt64, isUnified: Bool) {
        self.folder = folder
        self.bytes = bytes
        self.isUnified = isUnified
        usage = KeptFile(folder + (isUnified ? "/memory.current" : "/memory.usage_in_bytes"))
        statistics = KeptFile(folder + "/memory.stat")
    }

    static func find(in group: ControlGroup, under mount: String, _ buffer: inout ReadBuffer) -> MemoryLimit? {
        let isUnified = group.memory == nil
        guard let path = group.memory ?? group.unified else { return nil }
        let name = isUnified ? "/memory.max" : "/memory.limit_in_bytes"
        var tightest: MemoryLimit?
        for folder in ControlGroup.lineage(of: path, under: isUnified ? mount : mount + "/memory") {
            guard let bytes = ControlFile.number(at: folder + name, &buffer), bytes < tightest?.bytes ?? .max else {
                continue
            }
            tightest = MemoryLimit(folder: folder, bytes: bytes, isUnified: isUnified)
        }
        return tightest
    }

    func read(into reading: inout GroupReading, _ buffer: inout ReadBuffer) {
        reading.memoryLimit = bytes
        guard usage.read(into: &buffer), let all = ControlFile.number(buffer.bytes.span.extracting(0..<buffer.count)),
            statistics.read(into: &buffer)
        else { return }
        let idle = ControlFile.value(
            of: isUnified ? "inactive_file " : "total_inactive_file ",
            in: buffer.bytes.span.extracting(0..<buffer.count))
        reading.memoryUsed = all - min(all, idle ?? 0)
    }
}
