/// How far the clocks of a time zone are from UTC, and when that changes.
///
/// Source: RFC 8536 (TZif files), of which the 64-bit part and the rule at the end are read.
public struct TimeZoneRules: Equatable, Sendable {
    private var moments: [Int64] = []
    private var offsets: [Int] = []
    private var first: Int
    private var rule: TimeZoneYear?

    /// A zone that is always this many seconds ahead of UTC.
    public init(fixed seconds: Int) {
        first = seconds
    }

    /// Coordinated universal time.
    public static let utc = TimeZoneRules(fixed: 0)

    /// A zone from a TZif file of version 2 or later; `nil` when the bytes are none.
    public init?(file bytes: [UInt8]) {
        guard bytes.starts(with: Array("TZif".utf8)), bytes.count > 44, bytes[4] >= UInt8(ascii: "2"),
            let old = Header(bytes, at: 0)
        else { return nil }
        let start = 44 + old.size(of: 4)
        guard let header = Header(bytes, at: start), header.typeCount > 0 else { return nil }
        let times = start + 44
        let kinds = times + header.timeCount * 8
        let types = kinds + header.timeCount
        let end = start + 44 + header.size(of: 8)
        guard end <= bytes.count else { return nil }
        let allOffsets = (0..<header.typeCount).map { index in
            Int(Int32(truncatingIfNeeded: TimeZoneRules.number(bytes, at: types + index * 6, 4)))
        }
        first = allOffsets[0]
        for index in 0..<header.timeCount {
            let kind = Int(bytes[kinds + index])
            guard kind < allOffsets.count else { return nil }
            moments.append(TimeZoneRules.number(bytes, at: times + index * 8, 8))
            offsets.append(allOffsets[kind])
        }
        let footer = bytes[end...].drop { $0 == 10 }.prefix { $0 != 10 }
        rule = TimeZoneYear(String(decoding: footer, as: UTF8.self))
    }

    /// Seconds that the zone's clocks are ahead of UTC at a moment, in seconds since 1970.
    public func offset(at seconds: Int64) -> Int {
        guard let last = moments.last, seconds < last else { return rule?.offset(at: seconds) ?? offsets.last ?? first }
        var low = 0
        var high = moments.count
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }

    private struct Header {
        let utcCount, standardCount, leapCount, timeCount, typeCount, letterCount: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + 44, Array(bytes[start..<start + 4]) == Array("TZif".utf8) else { return nil }
            let counts = (0..<6).map { Int(TimeZoneRules.number(bytes, at: start + 20 + $0 * 4, 4)) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
            (timeCount, typeCount, letterCount) = (counts[3], counts[4], counts[5])
        }

        func size(of width: Int) -> Int {
            timeCount * (width + 1) + typeCount * 6 + letterCount + leapCount * (width + 4) + standardCount + utcCount
        }
    }

    private static func number(_ bytes: [UInt8], at start: Int, _ width: Int) -> Int64 {
        Int64(bitPattern: bytes[start..<start + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
