/// A moment as a person writes it: `14:05`, `yesterday 9:00`, `3m ago`, `2026-11-22 14:05`, `now`.
///
/// A time of day without a day is the last one that has been; a day without a time begins at midnight. Both are of the
/// person's own clock, by one offset from UTC: around a change to or from summer time they can be an hour off.
public enum Moment {
    /// What can be written, for messages and help.
    public static let accepted = "14:05, 14:05:30, yesterday 9:00, mon 9:00, 2026-11-22 14:05, 3m ago, 1h30m ago, now"

    /// The moment that a text means.
    ///
    /// - Parameters:
    ///   - text: What the person wrote; letters may be of either case. RFC 3339 and Unix seconds are taken as well.
    ///   - now: What `ago` and `yesterday` are counted from.
    ///   - utcOffset: How far the person's clock is ahead of UTC.
    /// - Throws: ``MomentFailure``, which says what would be accepted.
    public static func read(
        _ text: String, now: Timestamp, utcOffset: Duration
    ) throws(MomentFailure) -> Timestamp {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let local = now + utcOffset
        guard text.utf8.count <= 64, let moment = moment(words, text, now, local, utcOffset),
            earliest <= moment, moment <= latest
        else { throw MomentFailure(text: SafeText(untrusted: text, limit: 64).oneLine) }
        return moment
    }

    private static let earliest = Timestamp(milliseconds: -62_135_596_800_000)
    private static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    private static func moment(
        _ words: [String], _ text: String, _ now: Timestamp, _ local: Timestamp, _ utcOffset: Duration
    ) -> Timestamp? {
        if words == ["now"] { return now }
        if let age = age(words) { return now - age }
        if let civil = onCalendar(words, local) { return civil - utcOffset }
        // Short numbers are more likely a time of day that lacks its minutes than a second of 1970.
        let trimmed = words.joined(separator: " ").uppercased()
        guard trimmed.utf8.count >= 9 else { return nil }
        return Timestamp(rfc3339: trimmed)
    }

    /// A moment of the person's own clock, as if that showed UTC.
    private static func onCalendar(_ words: [String], _ local: Timestamp) -> Timestamp? {
        switch words.count {
        case 1:
            if let time = TimeOfDay(words[0]) {
                let today = local.midnight + time.sinceMidnight
                return today <= local ? today : today - .seconds(86_400)
            }
            return day(words[0], local)
        case 2:
            guard let time = TimeOfDay(words[1]), let day = day(words[0], local) else { return nil }
            let moment = day + time.sinceMidnight
            // "mon 15:00" on a Monday morning means the Monday before.
            return weekday(words[0]) != nil && moment > local ? moment - .seconds(7 * 86_400) : moment
        default: return nil
        }
    }

    /// The midnight at which a day began.
    private static func day(_ word: String, _ local: Timestamp) -> Timestamp? {
        let today = local.midnight
        switch word {
        case "today": return today
        case "yesterday": return today - .seconds(86_400)
        default: break
        }
        if let wanted = weekday(word) {
            let back = (today.weekday - wanted + 7) % 7
            return today - .seconds(Int64(back) * 86_400)
        }
        return Timestamp(date: word)
    }

    private static func weekday(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        return weekdays.firstIndex { $0.hasPrefix(word) }
    }

    private static let weekdays = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]
}

/// A text that means no moment.
public struct MomentFailure: Error, Equatable, CustomStringConvertible {
    /// What was written, harmless and short.
    public let text: SafeText

    /// What is wrong and what would be accepted, in one line.
    public var description: String { "\"\(text.text)\" is no time; write one as \(Moment.accepted)" }
}

extension Timestamp {
    fileprivate var midnight: Timestamp {
        let day = wholeSeconds >= 0 ? wholeSeconds / 86_400 : (wholeSeconds - 86_399) / 86_400
        return Timestamp(milliseconds: day * 86_400_000)
    }

    /// 0 for Sunday to 6 for Saturday.
    fileprivate var weekday: Int { Int((midnight.wholeSeconds / 86_400 % 7 + 11) % 7) }

    /// The midnight of a date as `2026-11-22`.
    fileprivate init?(date: String) {
        guard date.utf8.count == 10, let midnight = Timestamp(rfc3339: "\(date)T00:00:00Z") else { return nil }
        self = midnight
    }
}
