/// How fast the processors run: by `cpufreq`, or where there is none, by what `/proc/cpuinfo` says.
///
/// The kernel may need a millisecond for each processor, so it belongs to a thread of its own.
struct ProcessorClocks {
    private let folder: String
    private let information: KeptFile

    /// Of the host whose `/proc` and `/sys` are under a root.
    init(root: String) {
        folder = root + "/sys/devices/system/cpu"
        information = KeptFile(root + "/proc/cpuinfo")
    }

    /// The mean over the processors in hertz; `nil` where the kernel does not tell.
    func mean(_ buffer: inout ReadBuffer) -> Double? {
        let known = scaled()
        return ProcessorClocks.mean(known.isEmpty ? described(&buffer) : known)
    }

    private func scaled() -> [Double] {
        Paths.entries(folder).filter(ProcessorClocks.isProcessor).compactMap { name in
            Paths.line("\(folder)/\(name)/cpufreq/scaling_cur_freq").flatMap { Double($0) }
                .flatMap { $0 > 0 ? $0 * 1000 : nil }
        }
    }

    private static func isProcessor(_ name: String) -> Bool {
        name.hasPrefix("cpu") && name.utf8.count > 3 && name.utf8.dropFirst(3).allSatisfy { (48...57).contains($0) }
    }

    private func described(_ buffer: inout ReadBuffer) -> [Double] {
        guard information.read(into: &buffer) else { return [] }
        return ProcessorClocks.parse(buffer.bytes.span.extracting(0..<buffer.count))
    }

    /// The lines `cpu MHz : 2394.454` in hertz.
    static func parse(_ bytes: Span<UInt8>) -> [Double] {
        var clocks: [Double] = []
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if cursor.skip("cpu MHz", in: bytes) {
                cursor.skipBlanks(in: bytes)
                if cursor.skip(UInt8(ascii: ":"), in: bytes), let megahertz = cursor.decimal(in: bytes), megahertz > 0 {
                    clocks.append(megahertz * 1_000_000)
                }
            }
            cursor.nextLine(in: bytes)
        }
        return clocks
    }

    private static func mean(_ clocks: [Double]) -> Double? {
        clocks.isEmpty ? nil : clocks.reduce(0, +) / Double(clocks.count)
    }
}
