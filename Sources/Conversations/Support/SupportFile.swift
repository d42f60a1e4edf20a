internal import DeskAPI
internal import Vocabulary
public import YAML

/// When people work and how long customers may wait, as a person writes it.
///
/// ```yaml
/// zone: Europe/Berlin
/// hours:                       # left out: the desk never closes
///   mon-fri: ["09:00-12:30", "13:30-17:00"]
///   sat: ["10:00-14:00"]
/// holidays: [2026-12-25, 2026-12-26]
/// targets:
///   first_reply: 2m
///   next_reply: 5m
///   resolution: 8h
///   urgent: {first_reply: 30s}
/// queue_timeout: 15m           # left out: customers wait until somebody comes
/// replies:
///   - name: hello
///     text: "Hello {{customer.name}}, this is {{agent.name}}. How can I help?"
/// views:
///   - {name: refunds, filter: "#refund"}
/// macros:
///   - name: refund-sent
///     do: [{reply: "Your refund is on its way."}, {tag: refund}, resolve]
/// ```
public enum SupportFile {
    /// The most texts that are kept ready.
    public static let replyLimit = 500

    private static let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// What a file asks for; an empty one is a desk that never closes.
    ///
    /// - Parameters:
    ///   - bytes: The file's text.
    ///   - file: Its name, for the faults.
    ///   - zones: The TZif file of a time zone's name; `nil` when there is none.
    /// - Throws: ``YAMLFailure`` with everything that is wrong, each with its line.
    public static func read(
        _ bytes: [UInt8], file: String, zones: (String) -> [UInt8]? = { _ in nil }
    ) throws(YAMLFailure) -> SupportPlan {
        try YAMLDocument.read(bytes, file: file) { root in
            var plan = SupportPlan()
            plan.hours = hours(root, zones)
            if let targets = root.mapping("targets") { plan.targets = self.targets(targets) }
            plan.queueTimeout = root.optional("queue_timeout", as: .duration(in: .seconds(30)...(.seconds(7 * 86_400))))
            plan.replies = replies(root)
            plan.macros = macros(root)
            plan.views = views(root)
            return plan
        }
    }

    private static func hours(_ root: YAMLMapping, _ zones: (String) -> [UInt8]?) -> BusinessHours {
        var hours = BusinessHours.always
        if let name = root.optional("zone", as: .name) {
            if let zone = TimeZoneRules(named: name, file: zones) {
                hours.zone = zone
            } else {
                root.reader("zone")?.refuse(
                    "there is no time zone \"\(name)\" on this machine; expected UTC, +02:00 or a name such as "
                        + "Europe/Berlin (package tzdata)")
            }
        }
        for item in root.items("holidays") {
            if let day = item.value(as: .calendarDay) { hours.holidays.insert(day) }
        }
        guard let mapping = root.mapping("hours") else { return hours }
        var week = [[BusinessHours.Block]](repeating: [], count: 7)
        for (key, reader) in mapping.entries() {
            guard let chosen = chosenDays(key) else {
                reader.refuse(
                    "\"\(key)\" is no day; expected \(days.joined(separator: ", ")) or a span such as mon-fri")
                continue
            }
            let blocks = mapping.items(key).compactMap { item -> BusinessHours.Block? in
                item.value(as: .dayBlock)
            }.sorted { $0.from < $1.from }
            if zip(blocks, blocks.dropFirst()).contains(where: { $0.to > $1.from }) {
                reader.refuse("the blocks of \(key) overlap")
            }
            for day in chosen {
                if !week[day].isEmpty { reader.refuse("\(days[day]) stands twice in `hours`") }
                week[day] = blocks
            }
        }
        hours.week = week
        return hours
    }

    /// The weekdays of a name or a span, Sunday being 0; `fri-mon` goes over the end of the week.
    private static func chosenDays(_ text: String) -> [Int]? {
        let ends = text.lowercased().split(separator: "-", maxSplits: 1).map { days.firstIndex(of: String($0)) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
        return (0...((last - first + 7) % 7)).map { (first + $0) % 7 }
    }

    private static func targets(_ mapping: YAMLMapping) -> ServiceTargets {
        var special: [Conversation.Priority: ServiceTargets.Lengths] = [:]
        for priority in Conversation.Priority.allCases {
            if let own = mapping.mapping(priority.rawValue) { special[priority] = lengths(own) }
        }
        return ServiceTargets(common: lengths(mapping), special: special)
    }

    private static func lengths(_ mapping: YAMLMapping) -> ServiceTargets.Lengths {
        func length(_ key: String) -> Duration? {
            mapping.optional(key, as: .duration(in: .seconds(1)...(.seconds(366 * 86_400))))
        }
        return ServiceTargets.Lengths(
            firstReply: length("first_reply"), nextReply: length("next_reply"), resolution: length("resolution"))
    }

    private static func replies(_ root: YAMLMapping) -> [CannedReply] {
        let items = root.items("replies")
        if items.count > replyLimit { root.refuse("there are \(items.count) replies; at most \(replyLimit) are kept") }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .replyName)
            let text = mapping.required("text", as: .name)
            guard let name, let text else { return nil }
            if !names.insert(name).inserted { item.refuse("there is already a reply `\(name)`") }
            for unknown in CannedReply.variables(in: text) where !CannedReply.known.contains(unknown) {
                let known = CannedReply.known.map { "{{\($0)}}" }.joined(separator: ", ")
                mapping.reader("text")?.refuse("{{\(unknown)}} is no variable; there are \(known)")
            }
            if text.unicodeScalars.count > 4000 {
                mapping.reader("text")?.refuse("a reply has at most 4,000 characters")
            }
            return CannedReply(name: name, text: text)
        }
    }
}

extension YAMLType<BusinessHours.Block> {
    /// A stretch of a day.
    fileprivate static var dayBlock: Self {
        YAMLType("a stretch of a day such as \"09:00-12:30\"") { scalar in
            let ends = scalar.text.split(separator: "-", omittingEmptySubsequences: false).map(minutes)
            guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
            return BusinessHours.Block(from: from, to: to)
        }
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hours = Int(parts[0]),
            let rest = Int(parts[1]),
            (0...24).contains(hours), (0...59).contains(rest), hours * 60 + rest <= 1440
        else { return nil }
        return hours * 60 + rest
    }
}

extension YAMLType<Int64> {
    /// A day of the calendar, counted since 1970.
    fileprivate static var calendarDay: Self {
        YAMLType("a day such as 2026-12-25") { scalar in
            guard scalar.text.utf8.count == 10 else { return nil }
            return Timestamp(rfc3339: scalar.text + "T00:00:00Z").map { floorDivide($0.milliseconds, 86_400_000) }
        }
    }
}

extension YAMLType<String> {
    /// What is typed behind `/` to get a text.
    static var replyName: Self {
        YAMLType("a name of 1 to 40 lower-case letters, digits, hyphens and underscores") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
            }
            return isPlain && (1...40).contains(scalar.text.utf8.count) ? scalar.text : nil
        }
    }
}
