internal import DeskAPI
internal import Storage
internal import Vocabulary

/// What the audit trail says about alerts.
enum AlertTrail {
    /// Records a step in the transaction that stores it; what nobody needs to account for is left out.
    ///
    /// - Parameter caller: Who did it; `nil` when the desk did.
    static func record(
        _ step: AlertStep, _ alert: Alert, _ id: ID<Alert>, by caller: Caller?, in transaction: Transaction
    ) throws {
        guard let action = step.auditAction else { return }
        try AuditTrail.append(
            AuditTrail.Draft(
                at: alert.updatedAt, actor: caller?.actor ?? "watchdesk", actorName: caller?.name ?? "watchdesk",
                action: action, subject: "alert:\(id)", detail: detail(step, alert)),
            in: transaction)
    }

    private static func detail(_ step: AlertStep, _ alert: Alert) -> String {
        let name = "\(alert.rule) on \(alert.host)"
        switch step {
        case .acknowledged, .tookOver:
            let until = alert.acknowledgedUntil.map { "until \($0.rfc3339)" } ?? ""
            let note = SafeText(untrusted: alert.note ?? "", limit: 500).oneLine.text
            return note.isEmpty ? "\(name), \(until)" : "\(name), \(until): \(note)"
        default: return "\(name): \(alert.summary)"
        }
    }
}
