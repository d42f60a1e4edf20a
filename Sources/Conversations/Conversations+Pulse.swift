internal import DeskAPI
internal import Storage
internal import Vocabulary

extension Conversations {
    /// How the desk serves its customers, as ``lookAfter(at:)`` found it last.
    public struct Pulse: Equatable, Sendable {
        /// Conversations in which a target is missed now.
        public var late: Int64 = 0
        /// The share of the ratings of the last day that were 4 or 5, 0 to 100; `nil` from fewer than five.
        public var satisfaction: Double?
        /// Ratings of the last day.
        public var ratings: Int64 = 0
        /// The share of the last day's resolved conversations without a rating whose customer was content by the
        /// estimate, 0 to 100; `nil` from fewer than five.
        public var estimatedSatisfaction: Double?
    }
}

extension Conversations.Pulse {
    /// From fewer conversations no share is made.
    private static let fewest: Int64 = 5

    /// Reads it now.
    ///
    /// - Throws: ``StorageFailure``.
    init(in snapshot: Snapshot, at now: Timestamp) throws {
        let yesterday = now - .seconds(86_400)
        late =
            try snapshot.value(
                "SELECT count(*) FROM conversation WHERE due_at <= ? AND status <> 'resolved'", now) ?? 0
        let rated = try snapshot.first(
            "SELECT count(*), coalesce(sum(rating >= 4), 0) FROM conversation WHERE rated_at >= ?", yesterday
        ) { row in (all: try row[0] as Int64, good: try row[1] as Int64) }
        let estimated = try snapshot.first(
            """
            SELECT count(*), coalesce(sum(estimated_rating >= ?), 0) FROM conversation
            WHERE updated_at >= ? AND status = 'resolved' AND rating IS NULL AND estimated_rating IS NOT NULL
            """, Conversation.contentFrom, yesterday
        ) { row in (all: try row[0] as Int64, good: try row[1] as Int64) }
        ratings = rated?.all ?? 0
        satisfaction = Conversations.Pulse.share(rated)
        estimatedSatisfaction = Conversations.Pulse.share(estimated)
    }

    private static func share(_ counts: (all: Int64, good: Int64)?) -> Double? {
        guard let counts, counts.all >= fewest else { return nil }
        return 100 * Double(counts.good) / Double(counts.all)
    }
}
