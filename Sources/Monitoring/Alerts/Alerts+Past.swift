public import DeskAPI
internal import Storage
public import Vocabulary

extension Alerts {
    /// How many alerts of a moment are told at most.
    private static let mostAtOnce = 1000

    /// The alerts that were open at a moment, each as it was then; newest first.
    ///
    /// - Throws: ``StorageFailure``.
    public func past(at moment: Timestamp) async throws -> [Alert] {
        try await database.read { snapshot in
            try AlertStore.covering(moment, limit: Alerts.mostAtOnce, in: snapshot).compactMap { $0.asOf(moment) }
        }
    }
}

extension AlertStore {
    /// Episodes that had begun and were not over at a moment, newest first.
    static func covering(_ moment: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Alert] {
        try snapshot.rows(
            """
            SELECT * FROM alert WHERE started_at <= ?1 AND (condition <> 'resolved' OR resolved_at > ?1)
            ORDER BY started_at DESC, id DESC LIMIT ?2
            """,
            moment, limit, read: StoredAlert.init
        ).map(\.episode.alert)
    }
}
