internal import Vocabulary
internal import YAML

extension QuietHours {
    /// Reads `days`, `from`, `to` and `zone`; `nil` when one of them is wrong or missing, with a fault recorded.
    ///
    /// - Parameter zones: The TZif file of a time zone's name; `nil` when there is none.
    init?(reading mapping: YAMLMapping, _ zones: (String) -> [UInt8]?) {
        let days = QuietHours.chosenDays(mapping)
        let from = mapping.required("from", as: .timeOfDay)
        let to = mapping.required("to", as: .timeOfDay)
        let zone = QuietHours.zone(reading: mapping, zones)
        guard let from, let to, let zone, let zoneName = mapping.optional("zone", as: .name) else { return nil }
        self.init(days: days, from: from, to: to, zoneName: zoneName, zone: zone)
    }

    /// Reads `zone`; `nil` with a fault recorded when there is no such zone.
    static func zone(reading mapping: YAMLMapping, _ zones: (String) -> [UInt8]?) -> TimeZoneRules? {
        guard let name = mapping.required("zone", as: .name) else { return nil }
        let zone = TimeZoneRules(named: name, file: zones)
        if zone == nil {
            mapping.reader("zone")?.refuse(
                "there is no time zone \"\(name)\" on this machine; expected UTC, +02:00 or a name such as "
                    + "Europe/Berlin (package tzdata)")
        }
        return zone
    }

    private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// The days, every one unless said otherwise; `fri-mon` goes over the end of the week.
    private static func chosenDays(_ mapping: YAMLMapping) -> Set<Int> {
        let items = mapping.items("days")
        guard !items.isEmpty else { return Set(0...6) }
        var days: Set<Int> = []
        for item in items {
            guard let text = item.value(as: .name) else { continue }
            let ends = text.lowercased().split(separator: "-", maxSplits: 1).map { dayNames.firstIndex(of: String($0)) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil else {
                item.refuse(
                    "\"\(text)\" is no day; expected \(dayNames.joined(separator: ", ")) or a span such as mon-fri")
                continue
            }
            for step in 0...((last - first + 7) % 7) { days.insert((first + step) % 7) }
        }
        return days
    }
}

extension YAMLType<Int> {
    /// Minutes after midnight.
    static var timeOfDay: Self {
        YAMLType("a time of day such as \"22:00\"") { scalar in
            let parts = scalar.text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hours = Int(parts[0]),
                let minutes = Int(parts[1]), (0...24).contains(hours), (0...59).contains(minutes),
                hours * 60 + minutes <= 1440
            else { return nil }
            return (hours * 60 + minutes) % 1440
        }
    }
}
