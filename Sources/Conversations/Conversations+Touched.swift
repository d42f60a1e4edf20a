public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// From so many milliseconds on an answer was slow.
    static let slowAnswer: Int64 = 10_000

    /// What went badly for customers in a span of time, oldest first: slow answers, answers that the language model
    /// failed to give, and waits for a person.
    ///
    /// - Throws: ``StorageFailure``.
    public func touched(from: Timestamp, to: Timestamp, limit: Int) async throws -> [TouchedConversation] {
        let (answers, waits) = try await database.read { snapshot in
            let answers = try snapshot.rows(
                """
                SELECT c.id, c.customer_name, m.at, a.total_ms, a.fallback_reason
                FROM message AS m JOIN answer AS a ON a.message = m.id JOIN conversation_row AS c ON c.id = m.conversation
                WHERE m.author = 'assistant' AND m.at >= ? AND m.at <= ?
                    AND (a.total_ms >= ? OR a.fallback_reason IS NOT NULL)
                ORDER BY m.at LIMIT ?
                """,
                from, to, Conversations.slowAnswer, limit
            ) { row in
                let reason: String? = try row[4]
                let total: Int64 = try row[3]
                return TouchedConversation(
                    try row[0], of: try row[1], at: try row[2],
                    what: reason.map { "the language model did not answer: \($0)" }
                        ?? "answered after \(Conversations.seconds(total))")
            }
            let waits = try snapshot.rows(
                """
                SELECT c.id, c.customer_name, s.at, s.waiting_reason
                FROM conversation_state AS s JOIN conversation_row AS c ON c.id = s.conversation
                WHERE s.waiting_since IS NOT NULL AND s.at >= ? AND s.at <= ? AND s.waiting_since = s.at
                ORDER BY s.at LIMIT ?
                """,
                from, to, limit
            ) { row in
                let reason: String? = try row[3]
                return TouchedConversation(
                    try row[0], of: try row[1], at: try row[2],
                    what: "had to wait for a person\(reason.map { ": \($0)" } ?? "")")
            }
            return (answers, waits)
        }
        return Array((answers + waits).sorted { $0.at < $1.at }.prefix(limit))
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }
}
