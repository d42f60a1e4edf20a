internal import Monitoring
internal import Storage
internal import Vocabulary

extension NoticeDesk {
    /// Follows the file as it is now, if it says something else; with a fault in it everything stays as it was.
    func reload(_ source: NotifySource, at now: Timestamp, log: @escaping @Sendable (String) -> Void) {
        do {
            let new = try source.configuration()
            guard new != notifications.configuration else { return }
            follow(new)
            log("notify.yaml was read anew: \(new.receivers.count) receivers")
            let draft = AuditTrail.Draft(
                at: now, actor: "watchdesk", actorName: "watchdesk", action: "notify.reload", subject: "notify.yaml",
                detail: "\(new.receivers.count) receivers")
            notifications.record(draft, onFailure: { log("the change of notify.yaml is not in the audit: \($0)") })
        } catch {
            log("\(error)\nwho is told of alerts stays as it was")
        }
    }
}
