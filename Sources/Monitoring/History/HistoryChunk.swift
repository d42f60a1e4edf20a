/// Sixty steps of a tier of one host in one row: metric by metric, so that a chart reads the one that it wants.
///
/// Its bytes: a version, eight bytes whose bits tell which steps there are, how many samples each was made of, the
/// length of each metric's course, and the courses (``PackedCourse``). Numbers are written seven bits a byte, the
/// lowest first.
struct HistoryChunk: Equatable {
    /// The steps of a chunk.
    static let length = 60

    /// A step: how many samples it was made of, and its values in the order of the layout.
    struct Step: Equatable {
        var samples: Int64
        var cells: [PackedCourse.Step?]
    }

    /// The steps by their place; `nil` where nothing was measured.
    var steps: [Step?]

    /// Packs the steps, which all hold `count` metrics.
    func packed(metrics count: Int) -> [UInt8] {
        var bytes: [UInt8] = [HistoryChunk.version]
        var present: UInt64 = 0
        for (index, step) in steps.enumerated() where step != nil { present |= 1 << UInt64(index) }
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: present >> UInt64(8 * index))) }
        let known = steps.compactMap { $0 }
        for step in known { HistoryChunk.append(UInt64(max(1, step.samples)), to: &bytes) }
        let courses = (0..<count).map { metric in PackedCourse.pack(known.map { $0.cells[metric] }) }
        for course in courses { HistoryChunk.append(UInt64(course.count), to: &bytes) }
        for course in courses { bytes += course }
        return bytes
    }

    private static let version: UInt8 = 1

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// The head of a packed chunk, by which single courses are found.
    struct Index {
        /// The places of the steps that there are, and the samples of each.
        private(set) var steps: [(place: Int, samples: Int64)] = []
        private var courses: [Range<Int>] = []
        private let bytes: [UInt8]

        /// Reads the head; `nil` for a damaged chunk, or one of a later version.
        init?(_ bytes: [UInt8], metrics count: Int) {
            guard bytes.count >= 9, bytes[0] == HistoryChunk.version else { return nil }
            self.bytes = bytes
            let present = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[1 + $1]) << UInt64(8 * $1) }
            var offset = 9
            for place in 0..<HistoryChunk.length where present >> UInt64(place) & 1 == 1 {
                guard let samples = Index.number(at: &offset, of: bytes) else { return nil }
                steps.append((place, samples))
            }
            var lengths: [Int] = []
            lengths.reserveCapacity(count)
            for _ in 0..<count {
                guard let length = Index.number(at: &offset, of: bytes) else { return nil }
                lengths.append(Int(length))
            }
            courses.reserveCapacity(count)
            for length in lengths {
                guard length <= bytes.count - offset else { return nil }
                courses.append(offset..<(offset + length))
                offset += length
            }
        }

        /// The values of a metric in the steps that there are; `nil` when the course is damaged.
        func course(at metric: Int) -> [PackedCourse.Step?]? {
            guard courses.indices.contains(metric) else { return nil }
            return PackedCourse.unpack(bytes[courses[metric]], count: steps.count)
        }

        private static func number(at offset: inout Int, of bytes: [UInt8]) -> Int64? {
            var number: UInt64 = 0
            for place in 0..<6 {
                guard offset < bytes.count else { return nil }
                let byte = bytes[offset]
                offset += 1
                number |= UInt64(byte & 0x7F) << UInt64(7 * place)
                if byte & 0x80 == 0 { return Int64(number) }
            }
            return nil
        }
    }
}
