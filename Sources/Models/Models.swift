public import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// What answers customers: immutable versions, the names that point to them, and what each did so far.
public final class Models: Sendable {
    let database: Database
    let bus: Bus<DeskEvent>
    let shelf = NIOLockedValueBox(Shelf())

    /// The versions in memory, so that listing them never waits for the disk.
    struct Shelf {
        var versions: [ID<ModelVersion>: ModelVersion] = [:]
        var delays: [ID<ModelVersion>: DelayWindow] = [:]
    }

    /// The schema.
    public static let migrations = [
        Migration(
            "models-1",
            """
            CREATE TABLE model_version (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                model TEXT NOT NULL,
                version INTEGER NOT NULL,
                wire TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                prompt_hash TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                requests INTEGER NOT NULL DEFAULT 0,
                errors INTEGER NOT NULL DEFAULT 0,
                prompt_tokens INTEGER NOT NULL DEFAULT 0,
                answer_tokens INTEGER NOT NULL DEFAULT 0,
                estimated INTEGER NOT NULL DEFAULT 0,
                last_error TEXT,
                last_used_at INTEGER,
                UNIQUE (model, version),
                UNIQUE (model, wire, endpoint, prompt_hash)
            ) STRICT;
            CREATE TABLE model_alias (
                name TEXT PRIMARY KEY,
                version INTEGER NOT NULL REFERENCES model_version (id)
            ) STRICT;
            CREATE TABLE model_delay (
                version INTEGER NOT NULL REFERENCES model_version (id),
                slot INTEGER NOT NULL,
                first_token REAL NOT NULL,
                total REAL NOT NULL,
                PRIMARY KEY (version, slot)
            ) STRICT;
            """)
    ]

    /// Reads the versions; blocks until they are there.
    ///
    /// - Throws: ``StorageFailure``.
    public static func open(database: Database, bus: Bus<DeskEvent>) throws -> Models {
        let models = Models(database: database, bus: bus)
        let shelf = try database.readBlocking { snapshot in try Models.read(snapshot) }
        models.shelf.withLockedValue { $0 = shelf }
        return models
    }

    private init(database: Database, bus: Bus<DeskEvent>) {
        self.database = database
        self.bus = bus
    }

    /// Every version, the newest first.
    public var list: List<ModelVersion> {
        List(shelf.withLockedValue { Array($0.versions.values) }.sorted { $0.id > $1.id })
    }

    /// A version, or `nil` when there is none of that number.
    public func version(_ id: ID<ModelVersion>) -> ModelVersion? {
        shelf.withLockedValue { $0.versions[id] }
    }
}
