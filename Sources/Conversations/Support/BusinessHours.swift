internal import DeskAPI
public import Vocabulary

/// When people of the desk work: blocks of each weekday in a time zone, and days on which nobody does.
///
/// Targets count only this time. Without blocks the desk never closes and every second counts.
public struct BusinessHours: Equatable, Sendable {
    /// A stretch of a day, in minutes after the zone's midnight: 0 to 1440, the end not included.
    public struct Block: Equatable, Sendable {
        /// When it begins.
        public var from: Int
        /// When it ends; later than ``from``.
        public var to: Int

        /// A stretch of a day.
        public init(from: Int, to: Int) {
            (self.from, self.to) = (from, to)
        }
    }

    /// The blocks of each weekday, Sunday first, in order and apart; `nil` when the desk never closes.
    public var week: [[Block]]?
    /// Days without work, counted since 1970 in the zone's own time.
    public var holidays: Set<Int64> = []
    /// Whose clocks count.
    public var zone = TimeZoneRules.utc

    /// A desk that never closes.
    public static let always = BusinessHours(week: nil)

    /// Hours of a week.
    public init(week: [[Block]]?, holidays: Set<Int64> = [], zone: TimeZoneRules = .utc) {
        self.week = week
        self.holidays = holidays
        self.zone = zone
    }

    /// How far ahead a target is looked for: longer holidays than this have no end.
    private static let horizon: Int64 = 800

    /// The working time between two moments; zero when they are in the wrong order.
    public func elapsed(from start: Timestamp, to end: Timestamp) -> Duration {
        guard start < end else { return .zero }
        guard week != nil else { return end - start }
        var sum = Duration.zero
        let last = floorDivide(zone.local(end), 86_400)
        var day = floorDivide(zone.local(start), 86_400)
        while day <= last {
            for (opens, closes) in stretches(of: day) {
                let (from, to) = (max(opens, start), min(closes, end))
                if from < to { sum += to - from }
            }
            day += 1
        }
        return sum
    }

    /// The moment at which so much working time has passed since another; `nil` when the desk does not open for years.
    public func moment(_ length: Duration, after start: Timestamp) -> Timestamp? {
        guard week != nil else { return start + length }
        var left = length
        let first = floorDivide(zone.local(start), 86_400)
        for day in first...first + BusinessHours.horizon {
            for (opens, closes) in stretches(of: day) where closes > start {
                let from = max(opens, start)
                guard from < closes else { continue }
                if closes - from >= left { return from + left }
                left -= closes - from
            }
        }
        return nil
    }

    /// Whether people work at a moment.
    public func isOpen(at now: Timestamp) -> Bool {
        guard week != nil else { return true }
        return stretches(of: floorDivide(zone.local(now), 86_400)).contains { $0.opens <= now && now < $0.closes }
    }

    /// When people work again; `nil` while they do, or when they never do.
    public func opening(after now: Timestamp) -> Timestamp? {
        isOpen(at: now) ? nil : moment(.milliseconds(1), after: now).map { $0 - .milliseconds(1) }
    }

    private func stretches(of day: Int64) -> [(opens: Timestamp, closes: Timestamp)] {
        guard let week, !holidays.contains(day) else { return [] }
        // Day 0 was a Thursday.
        let weekday = Int(day + 4 - floorDivide(day + 4, 7) * 7)
        return week[weekday].map { block in
            (
                zone.moment(local: day * 86_400 + Int64(block.from) * 60),
                zone.moment(local: day * 86_400 + Int64(block.to) * 60)
            )
        }
    }
}
