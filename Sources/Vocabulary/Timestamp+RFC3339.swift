extension Timestamp {
    /// A date and a time of day in the proleptic Gregorian calendar, UTC.
    public struct Civil: Equatable, Sendable {
        /// The year, 1 to 9999.
        public var year: Int
        /// The month, 1 to 12.
        public var month: Int
        /// The day of the month, 1 to 31.
        public var day: Int
        /// The hour, 0 to 23.
        public var hour: Int
        /// The minute, 0 to 59.
        public var minute: Int
        /// The second, 0 to 59.
        public var second: Int
        /// The millisecond, 0 to 999.
        public var millisecond: Int

        /// A date and a time of day by its parts, which are not checked here.
        public init(
            year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
        ) {
            self.year = year
            self.month = month
            self.day = day
            self.hour = hour
            self.minute = minute
            self.second = second
            self.millisecond = millisecond
        }
    }

    /// The calendar fields of this moment in UTC (Howard Hinnant, "chrono-compatible low-level date algorithms").
    public var civil: Civil {
        let total = wholeSeconds
        let days = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
        let inDay = Int(total - days * 86_400)
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        return Civil(
            year: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0),
            month: month,
            day: Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1),
            hour: inDay / 3600,
            minute: inDay / 60 % 60,
            second: inDay % 60,
            millisecond: Int(milliseconds - total * 1000))
    }

    /// The moment of these calendar fields in UTC; fields outside their range give `nil`.
    public init?(_ civil: Civil) {
        guard (1...9999).contains(civil.year), (1...12).contains(civil.month), (0...23).contains(civil.hour),
            (0...59).contains(civil.minute), (0...60).contains(civil.second), (0...999).contains(civil.millisecond)
        else { return nil }
        let isLeap = civil.year % 4 == 0 && (civil.year % 100 != 0 || civil.year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[civil.month - 1]).contains(civil.day) else { return nil }
        let year = Int64(civil.month <= 2 ? civil.year - 1 : civil.year)
        let era = year / 400
        let yearOfEra = year - era * 400
        let shiftedMonth = Int64(civil.month > 2 ? civil.month - 3 : civil.month + 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(civil.day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let inDay = Int64(civil.hour * 3600 + civil.minute * 60 + civil.second)
        self.init(milliseconds: (days * 86_400 + inDay) * 1000 + Int64(civil.millisecond))
    }

    /// The moment as RFC 3339 in UTC with milliseconds, such as `2026-11-22T18:20:01.123Z`.
    public var rfc3339: String {
        let civil = civil
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        func digits(_ value: Int, _ width: Int) {
            var scale = 1
            for _ in 1..<width { scale *= 10 }
            var rest = value
            while scale > 0 {
                bytes.append(UInt8(48 + rest / scale % 10))
                rest %= scale
                scale /= 10
            }
        }
        digits(civil.year, 4)
        bytes.append(UInt8(ascii: "-"))
        digits(civil.month, 2)
        bytes.append(UInt8(ascii: "-"))
        digits(civil.day, 2)
        bytes.append(UInt8(ascii: "T"))
        digits(civil.hour, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(civil.minute, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(civil.second, 2)
        bytes.append(UInt8(ascii: "."))
        digits(civil.millisecond, 3)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads RFC 3339 (`2026-11-22T18:20:01.5Z`, any offset) or Unix seconds (`1795371601`, `1795371601.5`).
    ///
    /// Anything else gives `nil`, including a date without a time and days that do not exist.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if let seconds = Timestamp.unixSeconds(bytes) {
            self.init(seconds: seconds)
            return
        }
        var scanner = DateScanner(bytes: bytes)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"),
            let second = scanner.digits(2), let fraction = scanner.fraction(), let offset = scanner.offsetMinutes(),
            scanner.isAtEnd,
            let local = Timestamp(
                Civil(
                    year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                    millisecond: fraction))
        else { return nil }
        self = local - .seconds(offset * 60)
    }

    private static func unixSeconds(_ bytes: [UInt8]) -> Double? {
        guard (1...17).contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else {
            return nil
        }
        return Double(String(decoding: bytes, as: UTF8.self))
    }
}

/// Walks over the bytes of a date from left to right.
private struct DateScanner {
    let bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        index += count
        return value
    }

    /// The milliseconds behind an optional decimal point; further digits are dropped.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var value = 0
        var count = 0
        while index < bytes.count, (48...57).contains(bytes[index]) {
            if count < 3 { value = value * 10 + Int(bytes[index] - 48) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    mutating func offsetMinutes() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let isAhead = skip("+")
        guard isAhead || skip("-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isAhead ? 1 : -1)
    }
}
