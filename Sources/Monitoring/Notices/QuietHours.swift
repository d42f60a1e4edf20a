public import Vocabulary

/// Hours of chosen days in which only what is critical is told.
public struct QuietHours: Equatable, Sendable {
    /// The days on which they begin, 0 for Sunday.
    public var days: Set<Int>
    /// When they begin, in minutes after midnight of the zone.
    public var from: Int
    /// When they end; not later than ``from`` means the next day.
    public var to: Int
    /// Whether what is critical waits too.
    public var holdsCritical = false
    /// The zone's name, as in the file.
    public var zoneName: String
    /// The zone.
    public var zone: TimeZoneRules

    /// When the hours that cover this moment end; `nil` outside of them.
    public func end(covering now: Timestamp) -> Timestamp? {
        let local = zone.local(now)
        let today = floorDivide(local, 86_400)
        for day in [today, today - 1] {
            // Day 0 was a Thursday.
            let weekday = Int((day % 7 + 11) % 7)
            guard days.contains(weekday) else { continue }
            let start = day * 86_400 + Int64(from) * 60
            let length = Int64((to - from + 1440 - 1) % 1440 + 1) * 60
            if local >= start, local < start + length { return zone.moment(local: start + length) }
        }
        return nil
    }
}

/// The quiet hours of a group at one moment.
struct QuietMoment: Equatable, Sendable {
    /// When what is not critical may be told; `nil` for now.
    var end: Timestamp?
    /// When what is critical may be told; `nil` for now.
    var criticalEnd: Timestamp?

    /// When an alert may be told; `nil` for now.
    func end(for severity: Severity) -> Timestamp? { severity == .critical ? criticalEnd : end }
}

extension NotifyConfiguration {
    /// What waits at this moment, and until when.
    func quiet(_ names: [String], at now: Timestamp) -> QuietMoment {
        let holding = names.compactMap { quietHours[$0] }.filter(\.holdsCritical)
        return QuietMoment(
            end: quietEnd(names, at: now), criticalEnd: holding.compactMap { $0.end(covering: now) }.max())
    }
}
