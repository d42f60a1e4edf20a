internal import Bus
public import DeskAPI
internal import Digests
internal import JSON
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
    /// The name of the endpoint in the configuration; `nil` for the knowledge base.
    public var route: String?
    /// Who the language model is told to be; `nil` for the built-in text.
    public var prompt: String?
    /// The version that it was made from.
    public var parent: ID<ModelVersion>?
    /// What somebody wrote about it.
    public var notes = ""

    /// A version's description.
    public init(model: String, wire: String, endpoint: String = "", promptHash: String = "", route: String? = nil) {
        self.model = model
        self.wire = wire
        self.endpoint = endpoint
        self.promptHash = promptHash
        self.route = route
    }
}

extension Models {
    /// The version of this description, registered when it is new, and `alias` pointing to it from now on.
    ///
    /// Moving the alias is the deployment: it is audited and published after it is durable.
    public func deploy(
        _ description: ModelDescription, as alias: String, by caller: Caller, at now: Timestamp
    ) async throws -> ModelVersion {
        try await register { transaction in
            let id = try Models.identify(description, by: caller, at: now, in: transaction)
            try Models.point(alias, to: id, because: "the configuration says so", by: caller, at: now, transaction)
            return id
        }
    }

    /// Registers what the configuration names, and lets `production` point to it when the configuration changed since
    /// it was read last; otherwise `production` stays where people let it point.
    public func follow(
        _ description: ModelDescription, by caller: Caller, at now: Timestamp
    ) async throws -> ModelVersion {
        try await register { transaction in
            let id = try Models.identify(description, by: caller, at: now, in: transaction)
            // A desk from before this name existed had `production` follow the configuration at every start.
            if try Models.alias("configured", in: transaction) != id {
                let reason = "the configuration says so"
                try Models.point("configured", to: id, because: reason, by: caller, at: now, transaction)
                // What was tried beside a version that is not in use any more is compared with nothing.
                try Models.endDeployments(
                    of: "production", because: "the configuration changed", by: caller, at: now, transaction)
                try Models.point("production", to: id, because: reason, by: caller, at: now, transaction)
            }
            return id
        }
    }

    /// Registers a version; the same description is the same version.
    public func add(
        _ description: ModelDescription, by caller: Caller, at now: Timestamp
    ) async throws -> ModelVersion {
        try await register { transaction in
            if let parent = description.parent {
                let known: Int64? = try transaction.value("SELECT id FROM model_version WHERE id = ?", parent)
                guard known != nil else { throw Problem(.notFound, "there is no version \(parent) to be its parent") }
            }
            let newest: ID<ModelVersion>? = try transaction.value("SELECT max(id) FROM model_version")
            let id = try Models.identify(description, by: caller, at: now, in: transaction)
            // The same description is the same version: nothing happened.
            guard newest.map({ $0 < id }) ?? true else { return id }
            try Models.note(
                "model.add", of: id, by: caller, at: now,
                "\(description.model) at \(description.route ?? "the gateway")",
                in: transaction)
            return id
        }
    }

    /// Lets a name point to another version.
    ///
    /// - Throws: ``Problem`` `.notFound`; `.inUse` while a deployment of the name is under way; `StorageFailure`.
    public func move(_ request: MoveAlias, by caller: Caller, at now: Timestamp) async throws -> ModelVersion {
        guard Models.isName(request.name) else {
            throw Problem(
                FieldFault("must be lower-case letters, digits, hyphens and underscores, such as production")
                    .within("name"))
        }
        return try await register { transaction in
            let shelf = try Models.read(transaction)
            guard let version = shelf.versions[request.version] else {
                throw Problem(.notFound, "there is no version \(request.version)")
            }
            if let old = shelf.aliases[request.name].flatMap({ shelf.versions[$0] }), old.kind != version.kind {
                throw Problem(
                    FieldFault("must be a \(old.kind.rawValue) version, as \(request.name) is").within("version"))
            }
            let open = shelf.deployments.values.filter { $0.name == request.name && $0.status.isOpen }
            if open.count > 1 {
                throw Problem(
                    .inUse,
                    "\(Circle.words(open.map(\.canary).sorted())) are tried under \(request.name): promote one, or "
                        + "take them back")
            }
            if let open = open.first {
                throw Problem(
                    .inUse, "deployment \(open.id) of \(request.name) is under way: promote it or take it back")
            }
            try self.requireRight(of: caller, toMove: request.name, to: request.version, in: transaction)
            let reason = request.reason.isEmpty ? "\(caller.name) wanted it" : request.reason
            try Models.point(request.name, to: request.version, because: reason, by: caller, at: now, transaction)
            return request.version
        }
    }

    /// Deletes a version that nothing points to.
    ///
    /// - Throws: ``Problem`` `.notFound`; `.inUse`; `StorageFailure`.
    public func delete(_ id: ID<ModelVersion>, by caller: Caller, at now: Timestamp) async throws -> ModelVersion {
        let (shelf, bus, drifts) = (shelf, bus, drifts)
        return try await database.write { transaction in
            let before = try Models.read(transaction)
            guard let version = before.versions[id] else { throw Problem(.notFound, "there is no version \(id)") }
            if let alias = version.aliases.first {
                throw Problem(.inUse, "\(alias) points to version \(id): move it first")
            }
            if let open = before.deployments.values.first(where: { $0.status.isOpen && $0.canary == id }) {
                throw Problem(.inUse, "deployment \(open.id) gives version \(id) to customers: end it first")
            }
            try transaction.run("DELETE FROM model_reference WHERE version = ?", id)
            try transaction.run("DELETE FROM model_tally WHERE version = ?", id)
            try transaction.run("DELETE FROM model_artefact WHERE version = ?", id)
            try transaction.run("DELETE FROM model_delay WHERE version = ?", id)
            try Models.forgetDelays(of: id, in: transaction)
            try transaction.run("DELETE FROM version_conversation WHERE version = ?", id)
            try transaction.run("UPDATE model_version SET parent = NULL WHERE parent = ?", id)
            try transaction.run("DELETE FROM model_version WHERE id = ?", id)
            try Models.note("model.delete", of: id, by: caller, at: now, version.model, in: transaction)
            let fresh = try Models.read(transaction)
            transaction.afterCommit {
                shelf.withLockedValue { $0.take(fresh) }
                drifts.withLockedValue { $0.watches[id] = nil }
                bus.publish(.modelDeleted(ModelReference(id)))
            }
            return version
        }
    }

    /// Where names pointed, the newest move first.
    public func moves() async throws -> List<AliasMove> {
        try await database.read { snapshot in
            List(
                try snapshot.rows(
                    "SELECT name, old, new, actor, reason, at FROM alias_move ORDER BY id DESC LIMIT 1000"
                ) { row in
                    var move = AliasMove()
                    move.name = try row[0]
                    move.from = try row[1]
                    move.to = try row[2]
                    move.actor = try row[3]
                    move.reason = try row[4]
                    move.at = try row[5]
                    return move
                })
        }
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }

    /// Changes the registry and tells everybody whose names changed, after it is durable.
    func register(
        _ body: @escaping @Sendable (Transaction) throws -> ID<ModelVersion>
    ) async throws -> ModelVersion {
        let shelf = shelf
        let bus = bus
        return try await database.write { transaction in
            let id = try body(transaction)
            let fresh = try Models.read(transaction)
            guard let version = fresh.versions[id] else { throw Problem(.notFound, "there is no model version \(id)") }
            transaction.afterCommit {
                let moved = shelf.withLockedValue { shelf in
                    let old = shelf
                    shelf.take(fresh)
                    return Models.moved(from: old, to: shelf)
                }
                for version in moved { bus.publish(.modelChanged(version)) }
            }
            return version
        }
    }

    static func alias(_ name: String, in transaction: Transaction) throws -> ID<ModelVersion>? {
        try transaction.value("SELECT version FROM model_alias WHERE name = ?", name)
    }

    /// Lets a name point to a version, with its place in the history; one that does so already is left alone.
    static func point(
        _ name: String, to id: ID<ModelVersion>, because reason: String, by caller: Caller, at now: Timestamp,
        _ transaction: Transaction
    ) throws {
        let before = try alias(name, in: transaction)
        guard before != id else { return }
        try transaction.run(
            """
            INSERT INTO model_alias (name, version) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version
            """, name, id)
        try transaction.run(
            "INSERT INTO alias_move (name, old, new, actor, reason, at) VALUES (?, ?, ?, ?, ?, ?)", name, before, id,
            caller.name, reason, now)
        let from = before.map { " instead of \($0)" } ?? ""
        try note(
            "model.deploy", of: id, by: caller, at: now, "\(name) points to it\(from): \(reason)", in: transaction)
    }

    static func note(
        _ action: String, of id: ID<ModelVersion>, by caller: Caller, at now: Timestamp, _ detail: String,
        in transaction: Transaction
    ) throws {
        try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: caller.actor, actorName: caller.name, action: action, subject: "model:\(id)",
                detail: detail), in: transaction)
    }

    static func identify(
        _ description: ModelDescription, by caller: Caller, at now: Timestamp, in transaction: Transaction
    ) throws -> ID<ModelVersion> {
        let known: ID<ModelVersion>? = try transaction.value(
            "SELECT id FROM model_version WHERE model = ? AND wire = ? AND endpoint = ? AND prompt_hash = ?",
            description.model, description.wire, description.endpoint, description.promptHash)
        if let known { return known }
        let content = [description.model, description.wire, description.endpoint, description.promptHash]
        return ID(
            try transaction.insert(
                """
                INSERT INTO model_version (model, version, wire, endpoint, prompt_hash, created_at, kind, parent, route,
                    prompt, content_hash, created_by, notes)
                VALUES (?, ?, ?, ?, ?, ?, 'chat', ?, ?, ?, ?, ?, ?)
                """, description.model, try number(of: description.model, in: transaction), description.wire,
                description.endpoint, description.promptHash, now, description.parent, description.route,
                description.prompt, SHA256Digest(of: content.joined(separator: "\n")).description, caller.name,
                description.notes))
    }

    /// The next version's number within a model.
    static func number(of model: String, in transaction: Transaction) throws -> Int64 {
        let newest: Int64? = try transaction.value("SELECT max(version) FROM model_version WHERE model = ?", model)
        return (newest ?? 0) + 1
    }
}
