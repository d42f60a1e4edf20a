// MARK: Alerts
extension Operations {
    /// Lists open alerts and those resolved lately, newest first.
    public static let listAlerts = Operation<ListAlerts, List<Alert>>(
        "listAlerts", .get, "/v1/alerts", scope: .alertsRead, summary: "List alerts")

    /// Takes responsibility for a firing alert; durable before it is answered.
    public static let acknowledgeAlert = Operation<AcknowledgeAlert, Alert>(
        "acknowledgeAlert", .post, "/v1/alerts/{id}/acknowledge", scope: .alertsAcknowledge,
        summary: "Acknowledge a firing alert", problems: [.alreadyAcknowledged, .staleRevision, .notFiring])

    /// Gives an acknowledgment up, whoever's it is: the alert calls again.
    public static let unacknowledgeAlert = Operation<UnacknowledgeAlert, Alert>(
        "unacknowledgeAlert", .post, "/v1/alerts/{id}/unacknowledge", scope: .alertsAcknowledge,
        summary: "Give an acknowledgment up", problems: [.notFiring])

    /// Takes responsibility for several alerts; each is decided by itself, and what was refused is told.
    public static let acknowledgeAlerts = Operation<AcknowledgeAlerts, List<AlertOutcome>>(
        "acknowledgeAlerts", .post, "/v1/alerts/acknowledge", scope: .alertsAcknowledge,
        summary: "Acknowledge several alerts")

    /// Ends an alert by hand; it fires again only after its value was good once.
    public static let resolveAlert = Operation<ResolveAlert, Alert>(
        "resolveAlert", .post, "/v1/alerts/{id}/resolve", scope: .alertsAcknowledge,
        summary: "End an alert by hand", problems: [.staleRevision, .notFiring])

    /// Says who is to take care of an alert.
    public static let assignAlert = Operation<AssignAlert, Alert>(
        "assignAlert", .post, "/v1/alerts/{id}/assign", scope: .alertsAcknowledge,
        summary: "Assign an alert", problems: [.notFiring])

    /// Raises an alert from outside of the rules, or says that it is over; durable before it is answered.
    public static let raiseAlert = Operation<RaiseAlert, Alert>(
        "raiseAlert", .post, "/v1/alerts", scope: .alertsRaise, summary: "Raise an alert", creates: true)

    /// Shows an alert with its earlier episodes and what the audit trail says about it.
    public static let showAlert = Operation<AlertReference, AlertHistory>(
        "showAlert", .get, "/v1/alerts/{id}", scope: .alertsRead, summary: "Show an alert, its history and its audit")

    /// Tells what happened around an alert: what else changed, what was deployed, changed or restarted.
    public static let showIncident = Operation<AlertReference, Incident>(
        "showIncident", .get, "/v1/alerts/{id}/incident", scope: .alertsRead,
        summary: "Tell what happened around an alert")

    /// Lists silences that hold or will, and those that are over if asked for; newest first.
    public static let listSilences = Operation<ListSilences, List<Silence>>(
        "listSilences", .get, "/v1/silences", scope: .alertsRead, summary: "List silences")

    /// Keeps what matches from calling anybody for some time; durable before it is answered.
    public static let createSilence = Operation<CreateSilence, Silence>(
        "createSilence", .post, "/v1/silences", scope: .alertsSilence, summary: "Silence alerts", creates: true)

    /// Lists the open alerts that a silence would hide, without making it.
    public static let previewSilence = Operation<PreviewSilence, List<Alert>>(
        "previewSilence", .post, "/v1/silences/preview", scope: .alertsRead,
        summary: "List what a silence would hide")

    /// Ends a silence now; what still fires calls again.
    public static let expireSilence = Operation<SilenceReference, Silence>(
        "expireSilence", .delete, "/v1/silences/{id}", scope: .alertsSilence, summary: "End a silence")
}
