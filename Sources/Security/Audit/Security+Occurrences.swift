public import DeskAPI
internal import Storage
public import Vocabulary

extension Security {
    /// What happened in a span of time as the audit trail tells it, oldest first; without times the last hour.
    ///
    /// - Throws: ``Problem`` `.invalidField` when the span is empty, ``StorageFailure``.
    public func occurrences(_ request: ListOccurrences, at now: Timestamp) async throws -> List<Occurrence> {
        let to = request.to ?? now
        let from = request.from ?? to - .seconds(3600)
        guard from <= to else { throw Problem(.invalidField, "from must not be later than to") }
        let entries = try await database.read { snapshot in
            try AuditTrail.entries(from: from, to: to, limit: Int(request.limit), in: snapshot)
        }
        return List(entries.compactMap { Occurrence($0.draft) })
    }

    /// Notes in the audit trail that the desk started.
    ///
    /// - Throws: ``StorageFailure``.
    public func noteStart(version: String, at now: Timestamp) async throws {
        try await database.write { transaction in
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: "watchdesk", actorName: "watchdesk", action: "desk.start", subject: "desk",
                    detail: "version \(version)"),
                in: transaction)
        }
    }
}

extension Occurrence {
    /// What an entry means for a reader of charts; `nil` for what changes nothing there.
    fileprivate init?(_ draft: AuditTrail.Draft) {
        guard let kind = Kind(action: draft.action) else { return nil }
        let who = draft.actor == "watchdesk" ? "" : "\(draft.actorName): "
        let words = draft.detail.isEmpty ? draft.action : draft.detail
        self.init(at: draft.at, kind: kind, title: kind.head + who + words, subject: draft.subject)
    }
}

extension Occurrence.Kind {
    fileprivate init?(action: String) {
        switch action {
        case "alert.fire", "alert.escalate", "alert.expire": self = .alert
        case "alert.resolve": self = .recovery
        case "alert.acknowledge", "alert.take", "alert.unacknowledge": self = .acknowledgment
        case "model.deploy", "deployment.start", "deployment.step", "deployment.rollback": self = .deployment
        case "desk.start": self = .restart
        case let action where action.hasPrefix("ban."): self = .ban
        case let action where action.hasPrefix("key.") || action.hasPrefix("article."): self = .configuration
        default: return nil
        }
    }

    /// What stands before the words where they alone would not say it.
    fileprivate var head: String {
        switch self {
        case .restart: "gateway started, "
        case .recovery: "over: "
        case .alert, .acknowledgment, .deployment, .configuration, .ban: ""
        }
    }
}
