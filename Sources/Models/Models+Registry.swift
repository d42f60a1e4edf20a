internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// What makes a version of the assistant different from others; the same description is the same version.
public struct ModelDescription: Equatable, Sendable {
    /// The model's name, such as `knowledge-base` or `gpt-4o-mini`.
    public var model: String
    /// `knowledge-base`, `openai` or `anthropic`.
    public var wire: String
    /// Scheme, host and port, never a key; empty for the knowledge base.
    public var endpoint: String
    /// A hash of the prompt it is given.
    public var promptHash: String

    /// A version's description.
    public init(model: String, wire: String, endpoint: String = "", promptHash: String = "") {
        self.model = model
        self.wire = wire
        self.endpoint = endpoint
        self.promptHash = promptHash
    }
}

extension Models {
    /// The version of this description, registered when it is new, and `alias` pointing to it from now on.
    ///
    /// Moving the alias is the deployment: it is audited and published after it is durable.
    public func deploy(
        _ description: ModelDescription, as alias: String, by caller: Caller, at now: Timestamp
    ) async throws -> ModelVersion {
        let shelf = shelf
        let bus = bus
        return try await database.write { transaction in
            let id = try Models.identify(description, at: now, in: transaction)
            let before: ID<ModelVersion>? = try transaction.value(
                "SELECT version FROM model_alias WHERE name = ?", alias)
            if before != id {
                try transaction.run(
                    """
                    INSERT INTO model_alias (name, version) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET version = excluded.version
                    """, alias, id)
                try AuditTrail.append(
                    AuditTrail.Draft(
                        at: now, actor: caller.actor, actorName: caller.name, action: "model.deploy",
                        subject: "model:\(id)", detail: "\(alias) points to \(description.model)"),
                    in: transaction)
            }
            let fresh = try Models.read(transaction)
            guard let version = fresh.versions[id] else { throw Problem(.notFound, "there is no model version \(id)") }
            transaction.afterCommit {
                shelf.withLockedValue { $0 = fresh }
                guard before != id else { return }
                bus.publish(.modelChanged(version))
                if let before, let old = fresh.versions[before] { bus.publish(.modelChanged(old)) }
            }
            return version
        }
    }

    private static func identify(
        _ description: ModelDescription, at now: Timestamp, in transaction: Transaction
    ) throws -> ID<ModelVersion> {
        let known: ID<ModelVersion>? = try transaction.value(
            "SELECT id FROM model_version WHERE model = ? AND wire = ? AND endpoint = ? AND prompt_hash = ?",
            description.model, description.wire, description.endpoint, description.promptHash)
        if let known { return known }
        let newest: Int64? = try transaction.value(
            "SELECT max(version) FROM model_version WHERE model = ?", description.model)
        return ID(
            try transaction.insert(
                """
                INSERT INTO model_version (model, version, wire, endpoint, prompt_hash, created_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, description.model, (newest ?? 0) + 1, description.wire,
                description.endpoint, description.promptHash, now))
    }

    static func read(_ snapshot: Snapshot) throws -> Shelf {
        var shelf = Shelf()
        let aliases = try snapshot.rows("SELECT name, version FROM model_alias ORDER BY name") { row in
            (name: try row[0] as String, version: try row[1] as ID<ModelVersion>)
        }
        try snapshot.forEach("SELECT version, slot, first_token, total FROM model_delay") { row in
            shelf.delays[try row[0], default: DelayWindow()].put(
                firstToken: try row[2], total: try row[3], slot: try row[1])
        }
        try snapshot.forEach(
            """
            SELECT id, model, version, wire, endpoint, created_at, requests, errors, prompt_tokens, answer_tokens,
                estimated, last_error, last_used_at
            FROM model_version
            """
        ) { row in
            var version = try ModelVersion(row)
            version.aliases = aliases.filter { $0.version == version.id }.map(\.name)
            shelf.delays[version.id]?.describe(&version)
            shelf.versions[version.id] = version
        }
        return shelf
    }
}

extension ModelVersion {
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        id = try row[0]
        model = try row[1]
        version = try row[2]
        wire = try row[3]
        let endpoint: String = try row[4]
        self.endpoint = endpoint.isEmpty ? nil : endpoint
        createdAt = try row[5]
        requests = try row[6]
        errors = try row[7]
        promptTokens = try row[8]
        answerTokens = try row[9]
        estimated = try row[10]
        lastError = try row[11]
        lastUsedAt = try row[12]
    }
}
