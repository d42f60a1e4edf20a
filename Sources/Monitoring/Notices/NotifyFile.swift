internal import Vocabulary
public import YAML

/// `notify.yaml`: who is told of alerts, and how.
///
/// ```yaml
/// receivers:
///   - name: chat
///     slack: {url: env:SLACK_URL}
///   - name: pager
///     webhook: {url: "https://pager.example/hook", bearer: file:pager.token}
/// route:
///   receiver: chat
///   group_by: [host]
///   routes:
///     - matchers: [severity="critical"]
///       receiver: pager
///       continue: true
/// rotas:
///   - {name: on-call, start: "2026-11-02 09:00", every: 7d, zone: Europe/Berlin, turns: [anna, ben]}
/// quiet_hours:
///   - {name: nights, days: [mon-fri], from: "22:00", to: "07:00", zone: Europe/Berlin}
/// ```
public enum NotifyFile {
    /// The most receivers.
    public static let receiverLimit = 100
    /// The most routes.
    public static let routeLimit = 500

    /// What a file says.
    ///
    /// - Parameters:
    ///   - bytes: The file's text; nobody is told of anything when it is empty.
    ///   - file: Its name, for the faults.
    ///   - zones: The TZif file of a time zone's name; `nil` when there is none.
    /// - Throws: ``YAMLFailure`` with everything that is wrong, each with its line.
    public static func read(
        _ bytes: [UInt8], file: String, zones: (String) -> [UInt8]?
    ) throws(YAMLFailure) -> NotifyConfiguration {
        try YAMLDocument.read(bytes, file: file) { root in
            var configuration = NotifyConfiguration()
            var names: [String] = []
            configuration.receivers = receivers(root, &names)
            configuration.quietHours = quietHours(root, zones)
            configuration.rotas = NoticeRota.read(root, receivers: names, zones)
            var reader = NotifyRouteReader(
                receivers: names + configuration.rotas.keys.sorted(), quietHours: configuration.quietHours.keys.sorted()
            )
            if let mapping = root.mapping("route") {
                configuration.route = reader.root(mapping)
            } else if !configuration.receivers.isEmpty {
                root.refuse("the file has receivers but no `route`, so nobody would be told of anything")
            }
            return configuration
        }
    }

    /// The receivers without fault, and the names of all: a route to one that is faulty is no second fault.
    private static func receivers(_ root: YAMLMapping, _ names: inout [String]) -> [NoticeReceiver] {
        let items = root.items("receivers")
        if items.count > receiverLimit {
            root.refuse("there are \(items.count) receivers; at most \(receiverLimit) are told")
        }
        var lines: [String: Int] = [:]
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let reader = NotifyReceiverReader(mapping)
            if let name = reader.name {
                names.append(name)
                if let line = lines.updateValue(item.node.position.line, forKey: name) {
                    item.refuse("there is already a receiver `\(name)` in line \(line)")
                }
            }
            return reader.receiver()
        }
    }

    private static func quietHours(
        _ root: YAMLMapping, _ zones: (String) -> [UInt8]?
    ) -> [String: QuietHours] {
        var found: [String: QuietHours] = [:]
        for item in root.items("quiet_hours") {
            guard let mapping = item.mapping() else { continue }
            let name = mapping.required("name", as: .noticeName)
            let holdsCritical = mapping.optional("hold_critical", as: .bool) ?? false
            guard var hours = QuietHours(reading: mapping, zones), let name else { continue }
            if found[name] != nil { item.refuse("there are already quiet hours `\(name)`") }
            hours.holdsCritical = holdsCritical
            found[name] = hours
        }
        return found
    }
}

extension YAMLType<String> {
    /// A name of a receiver or of quiet hours.
    static var noticeName: Self {
        YAMLType("a name of up to 64 letters, digits, - and _") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-_".utf8.contains($0)
            }
            return isPlain && (1...64).contains(scalar.text.count) ? scalar.text : nil
        }
    }
}
