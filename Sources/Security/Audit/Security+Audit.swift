public import DeskAPI
internal import Digests
public import Storage

extension Security {
    /// Rows of the audit trail, newest first.
    public func listAudit(_ request: ListAudit) async throws -> List<AuditEntry> {
        let entries = try await database.read { snapshot in
            try AuditTrail.entries(before: request.before, limit: Int(request.limit), in: snapshot)
        }
        return List(entries.map(AuditEntry.init))
    }
}

extension AuditEntry {
    /// A row of the trail as people see it.
    public init(_ entry: AuditTrail.Entry) {
        self.init()
        sequence = entry.sequence
        at = entry.draft.at
        actor = entry.draft.actor
        actorName = entry.draft.actorName
        action = entry.draft.action
        subject = entry.draft.subject
        detail = entry.draft.detail
        hash = entry.hash.description
    }
}
