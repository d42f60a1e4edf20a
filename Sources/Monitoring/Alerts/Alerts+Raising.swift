public import DeskAPI
internal import Storage
public import Vocabulary

extension Alerts {
    /// Raises an alert from outside of the rules, prolongs it, or ends it; durable when it returns, but for how long it
    /// is prolonged, which the next request says anew.
    ///
    /// The same name, host and labels are the same alert. One that somebody ended by hand is raised again only after it
    /// was said to be over once.
    ///
    /// - Parameters:
    ///   - host: The host of a request that names none.
    /// - Returns: the alert as it is then, which is one that is over when it is held back.
    /// - Throws: ``Problem`` `.invalidField`; `.notFound` for the end of what was never raised; `.rateLimited` when too
    ///   many are open; `.unavailable` when it could not be stored.
    @discardableResult
    public func raise(
        _ request: RaiseAlert, host: String, by caller: Caller, at now: Timestamp, monotonic: Monotonic
    ) async throws -> Alert {
        let raised = try RaisedAlert(request, host: host, by: caller, at: now)
        // What is on its way to the disk comes first; then it is decided on that.
        for _ in 0..<Alerts.raiseAttempts {
            if try begin(raised, at: now, monotonic: monotonic) { break }
            await settle()
        }
        await settle()
        guard let alert = newest(of: raised) else {
            if raised.holds == nil { throw Problem(.notFound, "there is no alert `\(request.name)` of these labels") }
            throw Problem(.unavailable, "the alert could not be stored; try again", retryAfter: 1)
        }
        if alert.isOpen == (raised.holds == nil), !isHeldBack(raised) {
            throw Problem(.unavailable, "the alert could not be stored; try again", retryAfter: 1)
        }
        return alert
    }

    private static let raiseAttempts = 10
}

extension RaisedAlert {
    /// Checks what somebody wants to raise.
    ///
    /// - Throws: ``Problem`` `.invalidField` with every field that is wrong.
    init(_ request: RaiseAlert, host: String, by caller: Caller, at now: Timestamp) throws(Problem) {
        var faults: [FieldFault.Item] = []
        func note(_ field: String, _ message: String) { faults += FieldFault(message).within(field).items }
        let name = SafeText(untrusted: request.name, limit: 64).oneLine.text
        if name != request.name || name.contains(where: \.isWhitespace) {
            note("name", "must be one word without control characters, such as backup-failed")
        }
        let category = AlertCategory(rawValue: request.category)
        if category == nil {
            note("category", "must be one of \(AlertCategory.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        for label in request.labels where !AlertLabel.isName(label.name) || AlertLabels.names.contains(label.name) {
            note(
                "labels",
                "\"\(label.name)\" cannot be a label's name; every alert has \(AlertLabels.names.joined(separator: ", "))"
            )
        }
        if request.source == .rule { note("source", "must be event or alertmanager; rules are judged here") }
        guard faults.isEmpty else { throw Problem(FieldFault(items: faults)) }
        let labels = request.labels.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        var rule = AlertRule(
            request.name, MetricPattern(exactly: request.name), threshold: 0.5, severity: request.severity,
            category: category ?? .custom,
            summary: AlertSummary(literal: request.summary.isEmpty ? request.name : request.summary))
        (rule.labels, rule.runbook, rule.source) = (labels, request.runbook, request.source)
        let named = labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let metric = labels.isEmpty ? "event.\(request.name)" : "event.\(request.name){\(named)}"
        self.init(
            rule: rule,
            subject: AlertSubject(
                host: SafeText(untrusted: request.host ?? host, limit: 255).oneLine.text,
                metric: SafeText(untrusted: metric, limit: 1000).oneLine.text, unit: .count),
            holds: RaisedAlert.time(of: request, at: now), caller: caller)
    }

    /// For how long it holds; `nil` when it is over.
    private static func time(of request: RaiseAlert, at now: Timestamp) -> Duration? {
        if request.over { return nil }
        guard let until = request.until else { return .seconds(request.minutes * 60) }
        return until > now ? min(until - now, .seconds(7 * 86_400)) : nil
    }
}
