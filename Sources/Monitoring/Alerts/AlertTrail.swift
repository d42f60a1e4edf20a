internal import DeskAPI
internal import Storage
internal import Vocabulary

/// What the audit trail says about alerts.
enum AlertTrail {
    /// Records a step in the transaction that stores it; what nobody needs to account for is left out.
    ///
    /// - Parameters:
    ///   - caller: Who did it; `nil` when the desk did.
    ///   - reason: What the caller said about it, where the alert itself does not hold it.
    static func record(
        _ step: AlertStep, _ alert: Alert, by caller: Caller?, saying reason: String = "", in transaction: Transaction
    ) throws {
        guard let action = step.auditAction else { return }
        try AuditTrail.append(
            AuditTrail.Draft(
                at: alert.updatedAt, actor: caller?.actor ?? "watchdesk", actorName: caller?.name ?? "watchdesk",
                action: action, subject: "alert:\(alert.id)", detail: detail(step, alert, reason)),
            in: transaction)
    }

    private static func detail(_ step: AlertStep, _ alert: Alert, _ reason: String) -> String {
        let name = "\(alert.rule) on \(alert.host)"
        let reason = SafeText(untrusted: reason, limit: 500).oneLine.text
        switch step {
        case .assigned:
            let whom = alert.assignedTo.map { "to \(SafeText(untrusted: $0, limit: 100).oneLine.text)" } ?? "to nobody"
            return reason.isEmpty ? "\(name), \(whom)" : "\(name), \(whom): \(reason)"
        case .unacknowledged, .resolvedByHand:
            return reason.isEmpty ? "\(name): \(alert.summary)" : "\(name): \(reason)"
        case .calledNext: return "\(name), step \(alert.level): \(alert.summary)"
        case .acknowledged, .tookOver, .extended:
            let until = alert.acknowledgedUntil.map { "until \($0.rfc3339)" } ?? ""
            let note = SafeText(untrusted: alert.note ?? "", limit: 500).oneLine.text
            return note.isEmpty ? "\(name), \(until)" : "\(name), \(until): \(note)"
        default: return "\(name): \(alert.summary)"
        }
    }
}
