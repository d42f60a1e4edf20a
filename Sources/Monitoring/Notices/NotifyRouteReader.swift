internal import Vocabulary
internal import YAML

/// Reads the tree of routes; what a route does not say it has from the one above.
struct NotifyRouteReader {
    private static let depthLimit = 10

    private let receivers: [String]
    private let quietHours: [String]
    private var count = 0

    init(receivers: [String], quietHours: [String]) {
        self.receivers = receivers
        self.quietHours = quietHours
    }

    /// The root, which takes everything.
    mutating func root(_ mapping: YAMLMapping) -> NoticeRoute? {
        if mapping.reader("matchers") != nil {
            mapping.reader("matchers")?.refuse("the first route takes everything; its `routes` have matchers")
        }
        if mapping.reader("continue") != nil { mapping.reader("continue")?.refuse("nothing follows the first route") }
        guard mapping.reader("receiver") != nil else {
            mapping.refuse("`route` lacks `receiver`, who is told of what no other route takes")
            // The routes below are read all the same, for their faults.
            _ = route(mapping, above: NoticeRoute(receiver: ""), depth: 1)
            return nil
        }
        return route(mapping, above: NoticeRoute(receiver: ""), depth: 1)
    }

    private mutating func route(_ mapping: YAMLMapping, above: NoticeRoute, depth: Int) -> NoticeRoute {
        var route = NoticeRoute(receiver: receiver(mapping) ?? above.receiver)
        if depth > 1 {
            route.matchers = matchers(mapping)
            route.goesOn = mapping.optional("continue", as: .bool) ?? false
        }
        route.groupBy = mapping.reader("group_by") == nil ? above.groupBy : groupBy(mapping)
        route.timing.wait = mapping.optional("group_wait", as: .upToAnHour) ?? above.timing.wait
        route.timing.interval = mapping.optional("group_interval", as: .upToADay) ?? above.timing.interval
        route.timing.again = mapping.optional("repeat_interval", as: .upToAWeek) ?? above.timing.again
        route.quietHours = mapping.reader("quiet_hours") == nil ? above.quietHours : quiet(mapping)
        count += 1
        if count == NotifyFile.routeLimit + 1 { mapping.refuse("there are more than \(NotifyFile.routeLimit) routes") }
        let below = mapping.items("routes")
        if depth == NotifyRouteReader.depthLimit, !below.isEmpty {
            mapping.refuse("routes nest at most \(NotifyRouteReader.depthLimit) deep")
            return route
        }
        for item in below {
            guard let inner = item.mapping() else { continue }
            route.routes.append(self.route(inner, above: route, depth: depth + 1))
        }
        return route
    }

    private func receiver(_ mapping: YAMLMapping) -> String? {
        guard let name = mapping.optional("receiver", as: .noticeName) else { return nil }
        guard !receivers.contains(name) else { return name }
        mapping.reader("receiver")?.refuse("there is no receiver `\(name)`\(hint(name, receivers))")
        return name
    }

    private func matchers(_ mapping: YAMLMapping) -> [LabelMatcher] {
        guard mapping.reader("matchers") != nil else {
            mapping.refuse("a route below the first needs `matchers`, such as [severity=\"critical\"]")
            return []
        }
        return LabelMatcher.read(mapping, "matchers")
    }

    private func groupBy(_ mapping: YAMLMapping) -> [String] {
        let names = mapping.items("group_by").compactMap { item -> String? in
            guard let name = item.value(as: .name) else { return nil }
            if name != "...", let fault = AlertLabels.fault(inName: name) { item.refuse(fault) }
            return name
        }
        if names.contains("..."), names.count > 1 {
            mapping.reader("group_by")?.refuse("`...` means every label and stands alone")
        }
        return names
    }

    private func quiet(_ mapping: YAMLMapping) -> [String] {
        mapping.items("quiet_hours").compactMap { item in
            guard let name = item.value(as: .noticeName) else { return nil }
            if !quietHours.contains(name) { item.refuse("there are no quiet hours `\(name)`\(hint(name, quietHours))") }
            return name
        }
    }

    private func hint(_ name: String, _ known: [String]) -> String {
        if let meant = known.nearest(to: name) { return ", did you mean `\(meant)`?" }
        return known.isEmpty ? "; the file has none" : "; they are: \(known.joined(separator: ", "))"
    }
}

extension YAMLType<Duration> {
    static var upToAnHour: Self { duration(in: .zero ... .seconds(3600)) }
    static var upToADay: Self { duration(in: .seconds(1) ... .seconds(86_400)) }
    static var upToAWeek: Self { duration(in: .seconds(60) ... .seconds(7 * 86_400)) }
}
