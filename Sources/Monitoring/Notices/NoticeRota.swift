public import Vocabulary
internal import YAML

/// Who is told by turns: one receiver after the other, each for the same length of time.
public struct NoticeRota: Equatable, Sendable {
    /// When the first turn began, in seconds since 1970 of the zone's own clock.
    let start: Int64
    /// How long a turn lasts, in seconds of the zone's own clock: a week stays a week when the clock is changed.
    let length: Int64
    /// Who has the turns, in their order.
    let turns: [String]
    /// The zone in which turns change.
    let zone: TimeZoneRules

    /// Who has the turn at a moment; before the start, as if it had always gone on like this.
    public func receiver(at now: Timestamp) -> String? {
        guard !turns.isEmpty, length > 0 else { return nil }
        let turn = floorDivide(NoticeRota.local(now, zone) - start, length)
        let place = turn - floorDivide(turn, Int64(turns.count)) * Int64(turns.count)
        return turns[Int(place)]
    }

    private static func local(_ moment: Timestamp, _ zone: TimeZoneRules) -> Int64 {
        let seconds = floorDivide(moment.milliseconds, 1000)
        return seconds + Int64(zone.offset(at: seconds))
    }

    /// The rotas of a file by name; each fault is recorded at its place.
    ///
    /// - Parameter receivers: Who can have a turn.
    static func read(
        _ root: YAMLMapping, receivers: [String], _ zones: (String) -> [UInt8]?
    ) -> [String: NoticeRota] {
        var found: [String: NoticeRota] = [:]
        for item in root.items("rotas") {
            guard let mapping = item.mapping() else { continue }
            let name = mapping.required("name", as: .noticeName)
            let start = mapping.required("start", as: .startOfRota)
            let every = mapping.required("every", as: .duration(in: .seconds(3600) ... .seconds(90 * 86_400)))
            let zone = QuietHours.zone(reading: mapping, zones)
            let turns = mapping.items("turns").compactMap { turn -> String? in
                guard let receiver = turn.value(as: .noticeName) else { return nil }
                guard receivers.contains(receiver) else {
                    let hint = receivers.nearest(to: receiver).map { ", did you mean `\($0)`?" } ?? ""
                    turn.refuse("there is no receiver `\(receiver)`\(hint)")
                    return nil
                }
                return receiver
            }
            if turns.isEmpty, mapping.items("turns").isEmpty {
                mapping.refuse("a rota needs `turns`, the receivers in their order")
            }
            guard let name, let start, let every, let zone, !turns.isEmpty else { continue }
            if found[name] != nil || receivers.contains(name) {
                item.refuse("there is already a receiver or a rota `\(name)`")
            }
            found[name] = NoticeRota(start: start, length: every.components.seconds, turns: turns, zone: zone)
        }
        return found
    }
}

extension YAMLType<Int64> {
    /// A local date and time, as seconds since 1970 of the same clock.
    fileprivate static var startOfRota: Self {
        YAMLType("a date and a time such as \"2026-11-02 09:00\"") { scalar in
            let parts = scalar.text.split(separator: " ")
            guard parts.count == 2, let moment = Timestamp(rfc3339: "\(parts[0])T\(parts[1]):00Z") else { return nil }
            return moment.wholeSeconds
        }
    }
}
