extension Moment {
    /// How long ago something was: `3m ago`, `1h 30m ago`, `90 seconds ago`, or `-3m`; units from large to small.
    static func age(_ words: [String]) -> Duration? {
        var words = words
        if words.last == "ago" {
            words.removeLast()
        } else if words.count == 1, let word = words.first, word.hasPrefix("-") {
            words = [String(word.dropFirst())]
        } else {
            return nil
        }
        return length(words.joined())
    }

    private static let units: [(names: [String], seconds: Int64)] = [
        (["w", "week", "weeks"], 604_800), (["d", "day", "days"], 86_400), (["h", "hour", "hours"], 3600),
        (["m", "min", "minute", "minutes"], 60), (["s", "sec", "second", "seconds"], 1),
    ]

    private static func length(_ text: String) -> Duration? {
        var rest = text[...]
        var left = units[...]
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let letters = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(digits.count + letters.count)
            // Nine digits of weeks are more than there is time, and no sum of them overflows.
            guard (1...9).contains(digits.count), let count = Int64(digits),
                let index = left.firstIndex(where: { $0.names.contains(String(letters)) })
            else { return nil }
            total += count * left[index].seconds
            left = left[(index + 1)...]
        }
        return .seconds(total)
    }
}

/// A time of day as `9:00`, `14:05` or `14:05:30`.
struct TimeOfDay: Equatable {
    let sinceMidnight: Duration

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), (1...2).contains(parts[0].utf8.count),
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else {
            return nil
        }
        sinceMidnight = .seconds(numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0))
    }
}
