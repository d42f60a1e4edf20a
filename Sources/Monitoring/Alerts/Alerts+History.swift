public import DeskAPI
public import Storage
public import Vocabulary

extension Alerts {
    /// An alert with its past.
    public struct History: Sendable {
        /// The alert, with its newest value while it is open.
        public let alert: Alert
        /// Earlier episodes of the same rule, host and metric, newest first, at most 50.
        public let earlier: [Alert]
        /// What the audit trail says about it, oldest first, at most the newest 200.
        public let trail: [AuditTrail.Entry]
    }

    /// An alert with its earlier episodes and what the audit trail says about it.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func history(of id: ID<Alert>) async throws -> History {
        let shown = open.first { $0.id == id }
        return try await database.read { snapshot in
            guard let kept = try AlertStore.episode(id, in: snapshot)?.alert else {
                throw Problem(.notFound, "there is no alert \(id)")
            }
            return History(
                alert: shown ?? kept, earlier: try AlertStore.earlier(than: kept, limit: 50, in: snapshot),
                trail: try AuditTrail.entries(about: "alert:\(id)", limit: 200, in: snapshot))
        }
    }
}
