public import Assistant
public import DeskAPI
public import Storage
public import Vocabulary

/// The articles that the assistant answers from, divided into passages.
public final class Knowledge: Sendable {
    private let database: Database

    /// Articles kept in a database that was opened with ``Conversations/migrations``.
    public init(database: Database) {
        self.database = database
    }

    static let migrations = [
        Migration(
            "knowledge-1",
            """
            CREATE TABLE article (
                path TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                markdown TEXT NOT NULL,
                passages INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT;
            """)
    ]

    /// Puts an article in, in the place of the one with the same path; the same text again changes nothing.
    ///
    /// - Throws: ``Problem`` `.invalidField` when there is no text in it, ``StorageFailure``.
    public func put(_ request: PutArticle, by caller: Caller, at now: Timestamp) async throws -> Article {
        let parsed = KnowledgeArticle(path: request.path, markdown: request.markdown)
        guard !parsed.passages.isEmpty else {
            throw Problem(.invalidField, "markdown must hold some text besides headings")
        }
        return try await database.write { transaction in
            let present: String? = try transaction.value("SELECT markdown FROM article WHERE path = ?", request.path)
            if present != request.markdown {
                try transaction.replace(parsed, markdown: request.markdown, at: now)
                try transaction.audit("article.put", request.path, by: caller, at: now)
            }
            return try transaction.requireArticle(request.path)
        }
    }

    /// Removes an article.
    ///
    /// - Throws: ``Problem`` `.notFound`, ``StorageFailure``.
    public func remove(_ path: String, by caller: Caller, at now: Timestamp) async throws -> Article {
        try await database.write { transaction in
            let removed = try transaction.requireArticle(path)
            try transaction.run("DELETE FROM article WHERE path = ?", path)
            try transaction.audit("article.remove", path, by: caller, at: now)
            return removed
        }
    }

    /// All articles by path.
    ///
    /// - Throws: ``StorageFailure``.
    public func list() async throws -> List<Article> {
        List(
            try await database.read { snapshot in
                try snapshot.rows(
                    "SELECT path, title, passages, updated_at FROM article ORDER BY path", read: Article.init)
            })
    }

    /// All articles taken apart, in the order of their paths; for building an index.
    ///
    /// - Throws: ``StorageFailure``.
    public func articles() async throws -> [KnowledgeArticle] {
        try await database.read { snapshot in
            try snapshot.rows("SELECT path, markdown FROM article ORDER BY path") { row in
                KnowledgeArticle(path: try row[0], markdown: try row[1])
            }
        }
    }
}

extension Article {
    /// The article in a row of path, title, passages and time.
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        path = try row[0]
        title = try row[1]
        passages = try row[2]
        updatedAt = try row[3]
    }
}

extension Snapshot {
    fileprivate func requireArticle(_ path: String) throws -> Article {
        let found = try first(
            "SELECT path, title, passages, updated_at FROM article WHERE path = ?", path, read: Article.init)
        guard let found else { throw Problem(.notFound, "there is no article at \(path)") }
        return found
    }
}

extension Transaction {
    fileprivate func replace(_ article: KnowledgeArticle, markdown: String, at now: Timestamp) throws {
        try run(
            "INSERT OR REPLACE INTO article (path, title, markdown, passages, updated_at) VALUES (?, ?, ?, ?, ?)",
            article.path, article.title, markdown, article.passages.count, now)
    }

    fileprivate func audit(_ action: String, _ path: String, by caller: Caller, at now: Timestamp) throws {
        try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: caller.actor, actorName: caller.name, action: action, subject: "article:\(path)"),
            in: self)
    }
}
