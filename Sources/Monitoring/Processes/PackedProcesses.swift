/// Processes as bytes: numbers of seven bits a byte, the smallest first, and names with their length before them.
///
/// About 25 bytes a process, so that the top twenty of each second of an hour take less than 2 MB.
struct PackedProcesses {
    private static let version: UInt64 = 1

    /// Packs what used most at a moment.
    static func pack(_ top: TopProcesses) -> [UInt8] {
        var writer = NumberWriter()
        writer.add(version)
        writer.add(UInt64(clamping: top.total))
        writer.add(UInt64(clamping: top.interval))
        writer.add(UInt64(top.items.count))
        for item in top.items { writer.add(item) }
        return writer.bytes
    }

    /// Reads what was packed; `nil` when the bytes are broken or of a later version.
    static func unpack(_ bytes: [UInt8]) -> TopProcesses? {
        var reader = NumberReader(bytes: bytes)
        guard reader.number() == version, let total = reader.signed(), let interval = reader.signed(),
            let count = reader.number(), count <= 1000
        else { return nil }
        var top = TopProcesses(total: total, interval: interval, items: [])
        for _ in 0..<count {
            guard let item = reader.process() else { return nil }
            top.items.append(item)
        }
        return top
    }
}

private struct NumberWriter {
    var bytes: [UInt8] = []

    mutating func add(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number that may be unknown: one more than it is, and 0 for unknown.
    mutating func add(optional number: Int64?) {
        add(number.map { UInt64(clamping: $0) &+ 1 } ?? 0)
    }

    mutating func add(_ process: TopProcess) {
        add(UInt64(clamping: process.pid))
        add(UInt64(clamping: process.started))
        add(UInt64(clamping: process.parent))
        add(optional: process.user)
        bytes.append(process.state & 0x7F | (process.isKernel ? 0x80 : 0))
        add(UInt64(clamping: process.threads))
        add(optional: process.cpu)
        add(UInt64(clamping: process.memory))
        add(UInt64(clamping: process.age))
        let name = process.name.prefix(64)
        add(UInt64(name.count))
        bytes += name
    }
}

private struct NumberReader {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func byte() -> UInt8? {
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        return bytes[index]
    }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64, let byte = byte() {
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    mutating func signed() -> Int64? { number().flatMap { Int64(exactly: $0) } }

    /// A number that may be unknown, or nothing when the bytes end.
    mutating func optional() -> Int64?? {
        guard let number = number() else { return .none }
        return number == 0 ? .some(nil) : .some(Int64(clamping: number - 1))
    }

    mutating func process() -> TopProcess? {
        guard let pid = signed(), let started = signed(), let parent = signed(), let user = optional(),
            let state = byte(), let threads = signed(), let cpu = optional(), let memory = signed(),
            let age = signed(), let length = number(), length <= 64, index + Int(length) <= bytes.count
        else { return nil }
        defer { index += Int(length) }
        return TopProcess(
            pid: pid, started: started, parent: parent, user: user, state: state & 0x7F, threads: threads, cpu: cpu,
            memory: memory, age: age, isKernel: state & 0x80 != 0, name: Array(bytes[index..<index + Int(length)]))
    }
}
