internal import DeskAPI
internal import Storage
internal import Vocabulary

extension Conversations {
    /// How many messages one write takes into the index of words, so that no message waits long behind it.
    private static let mostIndexed = 200

    /// Takes into the index of words what was written since the last time, the oldest first.
    ///
    /// Words are indexed for many messages at once, which is far cheaper, and nobody who writes waits for it.
    /// ``search(_:)`` does it first when something is lacking, so that it never overlooks a message.
    ///
    /// - Throws: ``StorageFailure``.
    public func indexWords() async throws {
        while try await database.write({ try $0.indexWords(atMost: Conversations.mostIndexed) }) {}
    }
}

extension Snapshot {
    /// The newest message whose words are in the index; all before it are too, all behind it are not.
    fileprivate var lastIndexed: Int64 {
        get throws { try value("SELECT last FROM message_words_place") ?? 0 }
    }

    /// Whether there are messages whose words are not in the index yet.
    var lacksWords: Bool {
        get throws {
            let newest: Int64 = try value("SELECT max(id) FROM message") ?? 0
            return try newest > lastIndexed
        }
    }
}

extension Transaction {
    /// Takes the words of at most so many messages into the index; gives whether more may wait.
    fileprivate func indexWords(atMost most: Int) throws -> Bool {
        let done = try lastIndexed
        let next: Int64? = try value(
            "SELECT max(id) FROM (SELECT id FROM message WHERE id > ? ORDER BY id LIMIT ?)", done, most)
        guard let next else { return false }
        // Not by a trigger: the schema is not trusted with virtual tables.
        let count = try run(
            "INSERT INTO message_words (rowid, text) SELECT id, text FROM message WHERE id > ? AND id <= ?", done, next)
        try run("UPDATE message_words_place SET last = ?", next)
        return count == most
    }

    /// Takes the words of a conversation out of the index, before its messages are deleted.
    func forgetWords(of conversation: ID<Conversation>) throws {
        // The index must be told the text that it was given, and nothing of what it never heard.
        try run(
            """
            INSERT INTO message_words (message_words, rowid, text)
            SELECT 'delete', id, text FROM message WHERE conversation = ? AND id <= ?
            """, conversation, try lastIndexed)
    }
}
