public import Bus
public import DeskAPI
internal import Learning
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// What answers customers: immutable versions, the names that point to them, and what each did so far.
public final class Models: Sendable {
    let database: Database
    let bus: Bus<DeskEvent>
    let protectedNames: Set<String>
    let shelf = NIOLockedValueBox(Shelf())
    /// Classifiers that were read and checked.
    let classifiers = NIOLockedValueBox<[ID<ModelVersion>: TextClassifier]>([:])
    /// What classifiers in use said lately.
    let drifts = NIOLockedValueBox(Drifts())

    /// The versions in memory, so that listing them never waits for the disk.
    struct Shelf {
        var versions: [ID<ModelVersion>: ModelVersion] = [:]
        var delays: [ID<ModelVersion>: DelayWindow] = [:]
        /// Where each name points.
        var aliases: [String: ID<ModelVersion>] = [:]
        var deployments: [ID<Deployment>: Deployment] = [:]
        var salts: [ID<Deployment>: [UInt8]] = [:]
        var places: [ID<Deployment>: Places] = [:]
        /// The deployments under way that give a version conversations, oldest first, by their name.
        var tried: [String: [ID<Deployment>]] = [:]

        /// Takes what the database has now; figures of drift are kept in memory only.
        mutating func take(_ fresh: Shelf) {
            let before = versions
            self = fresh
            for id in versions.keys { versions[id]?.drift = before[id]?.drift }
        }
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
            """),
        Migration(
            "models-2",
            """
            ALTER TABLE model_version ADD COLUMN kind TEXT NOT NULL DEFAULT 'chat';
            ALTER TABLE model_version ADD COLUMN parent INTEGER REFERENCES model_version (id);
            ALTER TABLE model_version ADD COLUMN job INTEGER;
            ALTER TABLE model_version ADD COLUMN route TEXT;
            ALTER TABLE model_version ADD COLUMN prompt TEXT;
            ALTER TABLE model_version ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
            ALTER TABLE model_version ADD COLUMN created_by TEXT NOT NULL DEFAULT 'watchdesk';
            ALTER TABLE model_version ADD COLUMN notes TEXT NOT NULL DEFAULT '';
            ALTER TABLE model_version ADD COLUMN evaluation TEXT;
            ALTER TABLE model_version ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
            UPDATE model_version SET route = 'assistant' WHERE wire != 'knowledge-base';
            CREATE TABLE model_artefact (
                version INTEGER PRIMARY KEY REFERENCES model_version (id),
                hash TEXT NOT NULL,
                bytes BLOB NOT NULL,
                report TEXT NOT NULL
            ) STRICT;
            CREATE TABLE alias_move (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                old INTEGER,
                new INTEGER NOT NULL,
                actor TEXT NOT NULL,
                reason TEXT NOT NULL,
                at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE deployment (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                record TEXT NOT NULL,
                evidence TEXT NOT NULL,
                salt BLOB NOT NULL
            ) STRICT;
            CREATE TABLE deployment_conversation (
                deployment INTEGER NOT NULL REFERENCES deployment (id),
                conversation INTEGER NOT NULL,
                canary INTEGER NOT NULL,
                failures INTEGER NOT NULL,
                PRIMARY KEY (deployment, conversation)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE training_job (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                record TEXT NOT NULL,
                request TEXT NOT NULL,
                data BLOB
            ) STRICT;
            """),
        Models.watchMigration,
        Migration(
            "models-3",
            """
            ALTER TABLE model_version ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE model_version ADD COLUMN cache_write_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE model_version ADD COLUMN reasoning_tokens INTEGER NOT NULL DEFAULT 0;
            """),
        Migration(
            "models-4",
            """
            CREATE TABLE budget_use (
                name TEXT NOT NULL,
                subject INTEGER NOT NULL,
                day INTEGER NOT NULL,
                tokens INTEGER NOT NULL,
                nanodollars INTEGER NOT NULL,
                used_on INTEGER NOT NULL,
                PRIMARY KEY (name, subject, day)
            ) STRICT, WITHOUT ROWID;
            """),
        Models.driftMigration,
        Migration("models-tuning-1", "ALTER TABLE training_job ADD COLUMN validation BLOB;"),
        Models.shadowMigration,
        Models.neighboursMigration,
    ]

    /// Reads the versions; blocks until they are there.
    ///
    /// - Throws: ``StorageFailure``.
    public static func open(
        database: Database, bus: Bus<DeskEvent>, protecting names: Set<String> = usualProtection
    ) throws -> Models {
        let models = Models(database: database, bus: bus, protecting: names)
        let (shelf, drifts) = try database.readBlocking { snapshot in
            (try Models.read(snapshot), try Models.readDrifts(snapshot))
        }
        models.shelf.withLockedValue { $0 = shelf }
        models.drifts.withLockedValue { $0 = drifts }
        return models
    }

    private init(database: Database, bus: Bus<DeskEvent>, protecting names: Set<String>) {
        protectedNames = names
        self.database = database
        self.bus = bus
    }

    /// Every version, the newest first.
    public var list: List<ModelVersion> {
        List(shelf.withLockedValue { Array($0.versions.values) }.sorted { $0.id > $1.id })
    }

    /// The version that a name points to; `nil` when nothing has the name.
    public func version(named name: String) -> ModelVersion? {
        shelf.withLockedValue { shelf in shelf.aliases[name].flatMap { shelf.versions[$0] } }
    }

    /// A version, or `nil` when there is none of that number.
    public func version(_ id: ID<ModelVersion>) -> ModelVersion? {
        shelf.withLockedValue { $0.versions[id] }
    }
}
