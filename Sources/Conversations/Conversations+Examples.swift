public import Assistant
internal import DeskAPI
internal import Storage

extension Conversations {
    /// The most conversations that are read for a fine-tuning.
    private static let mostExamples: Int64 = 10_000

    /// What was said in resolved conversations that their customers rated 4 or 5 and in which a colleague answered,
    /// the newest conversation first; without notes and the desk's own lines.
    ///
    /// - Throws: `StorageFailure`.
    public func exemplaryConversations() async throws -> [[Turn]] {
        try await database.read { snapshot in
            var conversations: [[Turn]] = []
            var before: Int64?
            try snapshot.forEach(
                """
                SELECT m.conversation, m.author, m.text FROM message m
                JOIN (
                    SELECT id FROM conversation c WHERE status = 'resolved' AND rating >= 4
                        AND EXISTS (SELECT 1 FROM message WHERE conversation = c.id AND author = 'agent')
                    ORDER BY id DESC LIMIT ?
                ) AS chosen ON chosen.id = m.conversation
                WHERE m.author IN ('customer', 'agent', 'assistant')
                ORDER BY m.conversation DESC, m.place
                """, Conversations.mostExamples
            ) { row in
                let id: Int64 = try row[0]
                let author: String = try row[1]
                let speaker: Turn.Speaker =
                    author == "customer" ? .customer : author == "agent" ? .agent : .assistant
                if id != before { conversations.append([]) }
                before = id
                conversations[conversations.count - 1].append(Turn(speaker, try row[2]))
            }
            return conversations
        }
    }
}
