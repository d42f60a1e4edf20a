internal import DeskAPI

/// Some of the ten thousand places at which conversations stand.
struct Places: Equatable, Sendable {
    /// All of them.
    static let whole = Places(first: 10_000)

    /// Ascending, and apart from each other.
    private(set) var ranges: [Range<Int64>]

    /// The places of ranges, in any order.
    init(_ ranges: [Range<Int64>] = []) {
        self.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound {
                self.ranges[self.ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    /// The lowest places.
    init(first count: Int64) {
        self.init([0..<max(0, count)])
    }

    /// How many there are.
    var count: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    /// Whether a place is one of them.
    func contains(_ place: Int64) -> Bool { ranges.contains { $0.contains(place) } }

    /// These and others.
    func union(_ other: Places) -> Places { Places(ranges + other.ranges) }

    /// These without others.
    func subtracting(_ other: Places) -> Places {
        Places(
            other.ranges.reduce(ranges) { left, gone in
                left.flatMap { range in
                    [
                        range.lowerBound..<max(range.lowerBound, min(range.upperBound, gone.lowerBound)),
                        min(range.upperBound, max(range.lowerBound, gone.upperBound))..<range.upperBound,
                    ]
                }
            })
    }

    /// The lowest of these; all when there are not so many.
    func lowest(_ count: Int64) -> Places {
        var missing = count
        return Places(
            ranges.map { range in
                let taken = min(max(0, missing), Int64(range.count))
                missing -= taken
                return range.lowerBound..<range.lowerBound + taken
            })
    }
}

extension Places {
    /// As they are stored: `0-500 700-900`, the ends not included.
    var text: String { ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ") }

    /// Places as they were stored.
    ///
    /// - Throws: `FieldFault` for what this program did not write.
    init(text: String) throws {
        self.init(
            try text.split(separator: " ").map { part in
                let ends = part.split(separator: "-").compactMap { Int64($0) }
                guard ends.count == 2, 0 <= ends[0], ends[0] < ends[1], ends[1] <= 10_000 else {
                    throw FieldFault("must be ranges of places, such as 0-500 700-900")
                }
                return ends[0]..<ends[1]
            })
    }
}
