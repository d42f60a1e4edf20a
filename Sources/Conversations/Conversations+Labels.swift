public import DeskAPI
internal import Storage

extension Conversations {
    /// The most texts that are read for one training.
    private static let mostTexts: Int64 = 200_000

    /// What the desk's own conversations teach: the first words of customers under the first tag of their conversation,
    /// or everything that customers wrote under the rating they gave (4 and 5 `positive`, 3 `neutral`, else `negative`).
    ///
    /// - Throws: `StorageFailure`.
    public func labelledTexts(for kind: ModelKind) async throws -> [(text: String, label: String)] {
        try await database.read { snapshot in
            switch kind {
            case .chat: []
            case .intent:
                try snapshot.rows(
                    """
                    SELECT c.tags, m.text, min(m.place) FROM conversation c JOIN message m ON m.conversation = c.id
                    WHERE c.tags != '' AND m.author = 'customer'
                    GROUP BY c.id ORDER BY c.id DESC LIMIT ?
                    """, Conversations.mostTexts
                ) { row in
                    let tags: String = try row[0]
                    return (text: try row[1], label: String(tags.prefix { $0 != "\n" }))
                }
            case .sentiment:
                try snapshot.rows(
                    """
                    SELECT c.rating, group_concat(m.text, char(10)) FROM conversation c
                    JOIN message m ON m.conversation = c.id
                    WHERE c.rating IS NOT NULL AND m.author = 'customer' GROUP BY c.id ORDER BY c.id DESC LIMIT ?
                    """, Conversations.mostTexts
                ) { row in
                    let rating: Int64 = try row[0]
                    let text: String = try row[1]
                    return (
                        text: String(text.prefix(4000)),
                        label: rating >= 4 ? "positive" : rating == 3 ? "neutral" : "negative"
                    )
                }
            }
        }
    }
}
