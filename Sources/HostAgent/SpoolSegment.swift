internal import DeskAPI
internal import Vocabulary

/// A part of the spool: one file, and how much of it the gateway has.
struct SpoolSegment {
    /// One sample with what its values are.
    struct Sample {
        let at: Timestamp
        let layout: MetricLayout
        let values: [Double]
    }

    /// Samples of one file: enough that files are few, and few enough to be read at once.
    static let size = 300
    /// The largest file that is read.
    static let largestFile = 64 << 20

    let number: Int
    var path: String
    /// How many samples it holds.
    var count: Int
    /// How many of them, from the front, the gateway has.
    var acknowledged = 0
    /// The samples, as far as they are in memory.
    var samples: [Sample]?

    var waiting: Int { count - acknowledged }

    /// The samples of a file, up to the first damage.
    static func read(_ path: String) throws(SpoolFailure) -> (samples: [Sample], isDamaged: Bool) {
        let bytes = try SpoolFile.read(path, limit: largestFile)
        let (records, end) = SpoolRecord.read(bytes)
        var layout: MetricLayout?
        var samples: [Sample] = []
        for record in records {
            switch record {
            case .layout(let new): layout = new
            case .sample(let at, let values):
                guard let layout, layout.names.count == values.count else { continue }
                samples.append(Sample(at: at, layout: layout, values: values))
            }
        }
        return (samples, end < bytes.count)
    }

    /// `00000042.open` is being written, `00000042-300.samples` is whole and has 300 samples.
    static func name(_ number: Int, count: Int?) -> String {
        let digits = String(number)
        let stem = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        return count.map { "\(stem)-\($0).samples" } ?? "\(stem).open"
    }

    /// What a file's name tells; `nil` for names of others.
    static func parse(_ name: String) -> (number: Int, count: Int?)? {
        if name.hasSuffix(".open") { return Int(name.dropLast(5)).map { ($0, nil) } }
        guard name.hasSuffix(".samples") else { return nil }
        let parts = name.dropLast(8).split(separator: "-")
        guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]), count >= 0 else { return nil }
        return (number, count)
    }
}
