internal import Conversations
internal import DeskAPI
internal import Monitoring
internal import Security
internal import Vocabulary

extension EndpointTable {
    /// How much time before and after an alert's beginning is looked at.
    private static let reach = Duration.seconds(1800)
    /// For how long after the beginning a level must have changed.
    private static let settled = Duration.seconds(600)
    /// The most metrics of a host that are compared.
    private static let mostMetrics = 2000

    /// What happened around an alert; what the history does not hold any more is left out.
    static func incident(_ reference: AlertReference, of parts: DeskParts, at now: Timestamp) async throws -> Incident {
        let history = try await parts.alerts.history(of: reference.id)
        let alert = history.alert
        var incident = Incident()
        incident.history = AlertHistory(
            alert, earlier: history.earlier, audit: history.trail.map(AuditEntry.init))
        incident.from = alert.startedAt - reach
        incident.to = min(now, alert.startedAt + reach)
        var question = ListOccurrences()
        (question.from, question.to, question.limit) = (incident.from, incident.to, 200)
        incident.occurrences = try await parts.security.occurrences(question, at: now).items
            .filter { $0.subject != "alert:\(alert.id)" }
        incident.conversations = try await parts.conversations.touched(
            from: incident.from, to: incident.to, limit: 50)
        let names = parts.hosts.newest(of: alert.host)?.layout.names ?? []
        // What was raised from outside has no course of its own.
        let own = alert.source == .rule ? [alert.metric] : []
        let courses: [MetricSeries]
        do {
            courses = try await parts.history.series(
                host: alert.host,
                names: Array((own + names.filter { $0 != alert.metric }).prefix(mostMetrics)),
                from: incident.from, to: incident.to, step: 10, now: now)
        } catch is HistoryFailure {
            return incident
        }
        if !own.isEmpty { incident.course = courses.first ?? MetricSeries() }
        incident.changes = ChangePoint.ranked(
            Array(courses.dropFirst(own.count)), at: alert.startedAt, for: settled, limit: 8)
        return incident
    }
}
