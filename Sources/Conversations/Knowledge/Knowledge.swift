public import DeskAPI
internal import Digests
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
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                path TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                digest BLOB NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE passage (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
                place INTEGER NOT NULL,
                section TEXT NOT NULL,
                text TEXT NOT NULL,
                UNIQUE (article, place)
            ) STRICT;
            CREATE VIEW article_row AS
            SELECT path, title, (SELECT count(*) FROM passage WHERE article = article.id), updated_at, digest
            FROM article;
            """)
    ]

    /// One passage, with the article it is from.
    public struct Passage: Equatable, Sendable {
        /// Its number; a passage that was imported again has a new one.
        public let id: Int64
        /// The article's path.
        public let path: String
        /// The article's title.
        public let title: String
        /// The heading above the passage; empty before the first.
        public let section: String
        /// The passage as plain text.
        public let text: String
    }

    /// Puts an article in, in the place of the one with the same path; the same text again changes nothing.
    ///
    /// - Throws: ``Problem`` `.invalidField` when there is no text in it, ``StorageFailure``.
    public func put(_ request: PutArticle, by caller: Caller, at now: Timestamp) async throws -> Article {
        let parsed = MarkdownArticle(path: request.path, markdown: request.markdown)
        guard !parsed.passages.isEmpty else {
            throw Problem(.invalidField, "markdown must hold some text besides headings")
        }
        let digest = SHA256Digest(of: request.markdown)
        return try await database.write { transaction in
            if let present = try transaction.article(request.path), present.digest == digest { return present.article }
            try transaction.replace(request.path, with: parsed, digest: digest, at: now)
            try transaction.audit("article.put", request.path, by: caller, at: now)
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
        List(try await database.read { try $0.rows("SELECT * FROM article_row ORDER BY path", read: Article.init) })
    }

    /// All passages in the order of the articles' paths; for building an index.
    ///
    /// - Throws: ``StorageFailure``.
    public func passages() async throws -> [Passage] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT passage.id, path, title, section, text FROM passage JOIN article ON article.id = article
                ORDER BY path, place
                """
            ) { row in
                Passage(
                    id: try row[0], path: try row[1], title: try row[2], section: try row[3], text: try row[4])
            }
        }
    }
}

extension Article {
    /// The article in a row of the view `article_row`.
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        path = try row[0]
        title = try row[1]
        passages = try row[2]
        updatedAt = try row[3]
    }
}

extension Snapshot {
    fileprivate func article(_ path: String) throws -> (article: Article, digest: SHA256Digest)? {
        try first("SELECT * FROM article_row WHERE path = ?", path) { row in (try Article(row), try row[4]) }
    }

    fileprivate func requireArticle(_ path: String) throws -> Article {
        guard let found = try article(path) else { throw Problem(.notFound, "there is no article at \(path)") }
        return found.article
    }
}

extension Transaction {
    fileprivate func replace(
        _ path: String, with parsed: MarkdownArticle, digest: SHA256Digest, at now: Timestamp
    ) throws {
        try run("DELETE FROM article WHERE path = ?", path)
        let article = try insert(
            "INSERT INTO article (path, title, digest, updated_at) VALUES (?, ?, ?, ?)", path, parsed.title, digest,
            now)
        for (place, passage) in parsed.passages.enumerated() {
            try run(
                "INSERT INTO passage (article, place, section, text) VALUES (?, ?, ?, ?)", article, place,
                passage.section, passage.text)
        }
    }

    fileprivate func audit(_ action: String, _ path: String, by caller: Caller, at now: Timestamp) throws {
        try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: caller.actor, actorName: caller.name, action: action, subject: "article:\(path)"),
            in: self)
    }
}
