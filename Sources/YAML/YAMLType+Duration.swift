extension YAMLType<Duration> {
    /// A length of time as `30s`, `5m`, `1h30m`, `250ms`, `2d`: whole numbers with units, from large to small.
    public static var duration: Self {
        YAMLType("a duration such as 30s, 5m, 1h30m or 2d") { Duration(shorthand: $0.text) }
    }

    /// A length of time within bounds, which the message names.
    public static func duration(in range: ClosedRange<Duration>) -> Self {
        let bounds = "\(range.lowerBound.shorthand) to \(range.upperBound.shorthand)"
        return YAMLType("a duration from \(bounds), such as 30s, 5m or 1h30m") { scalar in
            duration.read(scalar).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Duration {
    /// The units in falling order, with their length in milliseconds.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    private static let longestMilliseconds: Int64 = 36_500 * 86_400_000

    /// A duration from its short form: `90s`, `1h30m`; each unit once, from large to small; `nil` for anything else.
    ///
    /// A number without a unit is refused, since nobody can tell seconds from minutes. At most 36,500 days.
    public init?(shorthand text: String) {
        var rest = Substring(text)
        var units = Duration.units[...]
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(letters.count)
            guard let count = Int64(digits), let index = units.firstIndex(where: { $0.name == letters }),
                count <= (Duration.longestMilliseconds - total) / units[index].milliseconds
            else { return nil }
            total += count * units[index].milliseconds
            units = units[(index + 1)...]
        }
        self = .milliseconds(total)
    }

    /// The short form that ``init(shorthand:)`` reads: `1h30m`, `250ms`, `0s`; whole milliseconds, never negative.
    public var shorthand: String {
        var rest = max(0, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
        var text = ""
        for unit in Duration.units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
