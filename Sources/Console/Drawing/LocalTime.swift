internal import Terminal
internal import Vocabulary

/// A moment as the person's own clock and calendar show it.
struct LocalTime: Equatable, Sendable {
    /// Days since 1970-01-01.
    let day: Int64
    /// Seconds since local midnight, 0 to 86,399.
    let second: Int64

    /// The moment at a place that is this far ahead of UTC.
    init(_ moment: Timestamp, utcOffset: Duration) {
        let local = (moment + utcOffset).wholeSeconds
        day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        second = local - day * 86_400
    }

    /// Hours and minutes, such as `09:12`.
    var clock: SafeText { "\(LocalTime.twoDigits(second / 3600)):\(LocalTime.twoDigits(second / 60 % 60))" }

    /// Hours, minutes and seconds, such as `09:12:04`.
    var clockWithSeconds: SafeText { "\(clock):\(LocalTime.twoDigits(second % 60))" }

    /// Weekday and date, such as `Sun 22 Nov`.
    var date: SafeText {
        let weekday = LocalTime.weekdays[Int(((day + 4) % 7 + 7) % 7)]
        let (_, month, dayOfMonth) = LocalTime.civil(day)
        return "\(weekday) \(dayOfMonth) \(LocalTime.months[month - 1])"
    }

    /// The date with its year when that is another than the present one, such as `22 Nov 2024`; else ``date``.
    func date(on now: LocalTime) -> SafeText {
        let (year, month, dayOfMonth) = LocalTime.civil(day)
        guard year != LocalTime.civil(now.day).year else { return date }
        return "\(dayOfMonth) \(LocalTime.months[month - 1]) \(year)"
    }

    /// Date and time, or for another year the date with that year, in at most sixteen cells.
    func dateAndClock(on now: LocalTime) -> SafeText {
        let shown = date(on: now)
        return shown == date ? "\(shown) \(clock)" : shown
    }

    /// `today`, `yesterday`, or the date.
    func dayName(on now: LocalTime) -> SafeText {
        switch now.day - day {
        case 0: "today"
        case 1: "yesterday"
        default: date(on: now)
        }
    }

    private static let weekdays: [SafeText] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months: [SafeText] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int64) -> SafeText { number < 10 ? "0\(number)" : "\(number)" }

    /// Year, month and day of the month of a day since 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, Int(dayOfMonth))
    }
}
