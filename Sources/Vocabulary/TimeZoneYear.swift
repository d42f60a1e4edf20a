/// What a zone's clocks do every year, from POSIX' notation: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneYear: Equatable, Sendable {
    private let standard: Int
    private let summer: Int?
    private let start: Day
    private let end: Day

    /// A day of a year, and the seconds after its midnight: the `week`th `weekday` of `month`, 5 for the last.
    private struct Day: Equatable, Sendable {
        var month = 1
        var week = 1
        var weekday = 0
        var seconds = 7200

        /// Seconds since 1970 in the zone's own time.
        func moment(in year: Int) -> Int64 {
            let first = TimeZoneYear.day(year, month)
            let weekdayOfFirst = Int((first % 7 + 11) % 7)
            var day = first + Int64((weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7)
            let next = month == 12 ? TimeZoneYear.day(year + 1, 1) : TimeZoneYear.day(year, month + 1)
            while day >= next { day -= 7 }
            return day * 86_400 + Int64(seconds)
        }
    }

    /// The rule of a text; `nil` when it is empty or written in a form that is not read.
    init?(_ text: String) {
        var rest = Substring(text)
        guard TimeZoneYear.skipName(&rest), let offset = TimeZoneYear.time(&rest) else { return nil }
        standard = -offset
        guard !rest.isEmpty else {
            summer = nil
            start = Day()
            end = Day()
            return
        }
        guard TimeZoneYear.skipName(&rest) else { return nil }
        summer = rest.first == "," ? standard + 3600 : TimeZoneYear.time(&rest).map { -$0 }
        guard let start = TimeZoneYear.day(&rest), let end = TimeZoneYear.day(&rest), rest.isEmpty, summer != nil else {
            return nil
        }
        self.start = start
        self.end = end
    }

    /// Seconds ahead of UTC at a moment.
    func offset(at seconds: Int64) -> Int {
        guard let summer else { return standard }
        let year = Timestamp(milliseconds: (seconds + Int64(standard)) * 1000).civil.year
        let begins = start.moment(in: year) - Int64(standard)
        let ends = end.moment(in: year) - Int64(summer)
        // South of the equator summer lasts over the turn of the year.
        let isSummer = begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends
        return isSummer ? summer : standard
    }

    private static func skipName(_ rest: inout Substring) -> Bool {
        if rest.first == "<" {
            guard let end = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// `[+-]h[:m[:s]]` in seconds.
    private static func time(_ rest: inout Substring) -> Int? {
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        let digits = rest.prefix { $0 == ":" || ($0.isASCII && $0.isNumber) }
        rest = rest.dropFirst(digits.count)
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(parts.count) else { return nil }
        var seconds = 0
        for (part, weight) in zip(parts, [3600, 60, 1]) {
            guard let part, part <= 167 else { return nil }
            seconds += part * weight
        }
        return isNegative ? -seconds : seconds
    }

    /// `,Mm.w.d[/time]`.
    private static func day(_ rest: inout Substring) -> Day? {
        guard rest.hasPrefix(",M") else { return nil }
        rest = rest.dropFirst(2)
        let numbers = rest.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
        rest = rest.dropFirst(numbers.count)
        let parts = numbers.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[0]), (1...5).contains(parts[1]), (0...6).contains(parts[2])
        else { return nil }
        var day = Day(month: parts[0], week: parts[1], weekday: parts[2])
        if rest.first == "/" {
            rest = rest.dropFirst()
            guard let seconds = time(&rest) else { return nil }
            day.seconds = seconds
        }
        return day
    }

    /// Days from 1970 to the first of a month.
    private static func day(_ year: Int, _ month: Int) -> Int64 {
        let civil = Timestamp.Civil(
            year: min(max(year, 1), 9999), month: month, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0)
        return Timestamp(civil).map { floorDivide($0.milliseconds, 86_400_000) } ?? 0
    }
}
