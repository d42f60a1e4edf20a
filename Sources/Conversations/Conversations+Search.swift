public import DeskAPI
internal import Storage
internal import Vocabulary

extension Conversations {
    /// The newest messages that match, with the words around what was found.
    ///
    /// - Throws: ``Problem`` `.invalidField` for a query that cannot be read; ``StorageFailure``.
    public func search(_ request: SearchMessages) async throws -> List<FoundMessage> {
        let query = try MessageQuery(request.query)
        let limit = Int(request.limit)
        guard query.words != nil else {
            return try await database.read { List(try $0.filtered(query, limit)) }
        }
        let found = try await database.read { snapshot in
            try snapshot.lacksWords ? nil : snapshot.found(query, limit)
        }
        if let found { return List(found) }
        do {
            try await indexWords()
        } catch is StorageFailure {
            // The disk is full: what was written before that is found, and nothing can be written after it.
        }
        return try await database.read { List(try $0.found(query, limit)) }
    }
}

extension Snapshot {
    /// By the index of all words.
    fileprivate func found(_ query: MessageQuery, _ limit: Int) throws -> [FoundMessage] {
        try rows(
            """
            SELECT m.conversation, m.place, m.at, m.author, m.author_name, customer.name, c.subject,
                snippet(message_words, 0, char(2), char(3), '…', 16)
            FROM message_words CROSS JOIN message AS m ON m.id = message_words.rowid
                JOIN conversation AS c ON c.id = m.conversation JOIN customer ON customer.id = c.customer
            WHERE message_words MATCH ?1
                AND (m.author = ?2 OR ?2 IS NULL AND m.author <> 'system')
                AND (?3 IS NULL OR m.author_name LIKE ?3 || '%' ESCAPE '\\')
                AND (?4 IS NULL OR instr(char(10) || c.tags || char(10), char(10) || ?4 || char(10)) > 0)
                AND (?5 IS NULL OR c.status = ?5) AND (?6 IS NULL OR c.priority = ?6)
                AND (?7 IS NULL OR m.conversation = ?7) AND (?8 IS NULL OR m.at < ?8) AND (?9 IS NULL OR m.at >= ?9)
            ORDER BY message_words.rowid DESC LIMIT ?10
            """,
            query.words ?? "", query.author?.rawValue, query.name.map(escaped), query.tag, query.status?.rawValue,
            query.priority?.rawValue, query.conversation, query.before, query.after, limit, read: FoundMessage.init)
    }

    /// By filters alone.
    fileprivate func filtered(_ query: MessageQuery, _ limit: Int) throws -> [FoundMessage] {
        try rows(
            """
            SELECT m.conversation, m.place, m.at, m.author, m.author_name, customer.name, c.subject,
                substr(m.text, 1, 160)
            FROM message AS m
                JOIN conversation AS c ON c.id = m.conversation JOIN customer ON customer.id = c.customer
            WHERE (m.author = ?1 OR ?1 IS NULL AND m.author <> 'system')
                AND (?2 IS NULL OR m.author_name LIKE ?2 || '%' ESCAPE '\\')
                AND (?3 IS NULL OR instr(char(10) || c.tags || char(10), char(10) || ?3 || char(10)) > 0)
                AND (?4 IS NULL OR c.status = ?4) AND (?5 IS NULL OR c.priority = ?5)
                AND (?6 IS NULL OR m.conversation = ?6) AND (?7 IS NULL OR m.at < ?7) AND (?8 IS NULL OR m.at >= ?8)
            ORDER BY m.id DESC LIMIT ?9
            """,
            query.author?.rawValue, query.name.map(escaped), query.tag, query.status?.rawValue,
            query.priority?.rawValue, query.conversation, query.before, query.after, limit, read: FoundMessage.init)
    }
}

/// A text in which nothing stands for other texts.
private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
}

extension FoundMessage {
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        conversation = try row[0]
        offset = try row[1]
        at = try row[2]
        author = try choice(row[3])
        authorName = try row[4]
        customerName = try row[5]
        subject = try row[6]
        snippet = try row[7]
    }
}
