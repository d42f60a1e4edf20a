internal import DeskAPI
internal import JSON
internal import Vocabulary

/// What Prometheus posts to an Alertmanager (`POST /api/v2/alerts`), as alerts of this desk.
///
/// The name is the label `alertname`, the host `instance` without its port, `severity` and the annotations `summary`,
/// `description` and `runbook_url` are what they say; all labels stay on the alert. One without an end is over five
/// minutes after it was last posted, as Alertmanager's `resolve_timeout`.
enum AlertmanagerAlerts {
    /// Labels that every alert has of its own; a posted one of that name is renamed as Prometheus does.
    private static let own: Set<String> = ["rule", "severity", "host", "metric", "category", "level", "reason"]
    private static let mostLabels = 64

    /// The requests of a body, in its order.
    ///
    /// - Throws: ``Problem`` `.invalidField` with everything that is wrong, each with its place in the list.
    static func requests(in body: JSONValue) throws(Problem) -> [RaiseAlert] {
        guard let elements = body.elements else {
            throw Problem(FieldFault("the body must be a list of alerts, not \(body.kind)"))
        }
        var requests: [RaiseAlert] = []
        var faults: [FieldFault.Item] = []
        for (place, element) in elements.enumerated() {
            do throws(FieldFault) {
                requests.append(try request(from: element))
            } catch {
                faults += error.within(String(place)).items
            }
        }
        guard faults.isEmpty else { throw Problem(FieldFault(items: faults)) }
        return requests
    }

    private static func request(from element: JSONValue) throws(FieldFault) -> RaiseAlert {
        guard let labels = element["labels"]?.members else {
            throw FieldFault("must be an object of texts with `alertname` in it").within("labels")
        }
        guard let name = element["labels"]?["alertname"]?.text, !name.isEmpty else {
            throw FieldFault("must be a text").within("alertname").within("labels")
        }
        guard labels.count <= mostLabels else {
            throw FieldFault("must be at most \(mostLabels), not \(labels.count)").within("labels")
        }
        var request = RaiseAlert()
        request.source = .alertmanager
        request.name = word(name)
        for member in labels { if let label = try label(member) { request.labels.append(label) } }
        let instance = element["labels"]?["instance"]?.text.map(hostName)
        request.host = instance ?? element["labels"]?["host"]?.text.map { line($0, 255) } ?? "alertmanager"
        request.severity = severity(element["labels"]?["severity"]?.text)
        let notes = element["annotations"]
        let said = notes?["summary"]?.text ?? notes?["description"]?.text ?? notes?["message"]?.text
        request.summary = line(said ?? name, 400)
        request.runbook = notes?["runbook_url"]?.text.map { line($0, 500) }
        request.minutes = 5
        request.until = try end(element["endsAt"])
        return request
    }

    private static func label(_ member: JSONValue.Member) throws(FieldFault) -> AlertLabel? {
        guard let value = member.value.text, AlertLabel.isName(member.name) else {
            throw FieldFault("must have a name of letters, digits and _ and a text").within(member.name).within(
                "labels")
        }
        guard member.name != "alertname", member.name != "severity" else { return nil }
        let name = own.contains(member.name) ? "exported_\(member.name)" : member.name
        return AlertLabel(name, line(value, 500))
    }

    /// Until when it holds; `nil` for one without an end, which Go writes as the year 1.
    private static func end(_ value: JSONValue?) throws(FieldFault) -> Timestamp? {
        guard let text = value?.text, !text.isEmpty, !text.hasPrefix("0001-01-01") else { return nil }
        guard let end = Timestamp(rfc3339: text) else {
            throw FieldFault("must be a time such as 2026-11-22T18:19:01Z").within("endsAt")
        }
        return end
    }

    /// The words for how grave something is that are in use.
    private static func severity(_ text: String?) -> Severity {
        switch text?.lowercased() {
        case "critical", "page", "error", "fatal", "emergency", "high": .critical
        case "info", "none", "informational", "low", "debug": .info
        default: .warning
        }
    }

    private static func word(_ text: String) -> String {
        String(line(text, 64).map { $0.isWhitespace ? "_" : $0 })
    }

    /// `db-1:9100` is about `db-1`, `[::1]:9100` about `::1`.
    private static func hostName(_ instance: String) -> String {
        let text = line(instance, 255)
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") { return String(text[..<end].dropFirst()) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty ? String(parts[0]) : text
    }

    private static func line(_ text: String, _ limit: Int) -> String {
        SafeText(untrusted: text, limit: limit).oneLine.text
    }
}
