internal import Bus
public import DeskAPI
internal import Digests
internal import Storage
public import Vocabulary

extension Security {
    /// Makes a key; the answer is the only place that ever holds its token.
    ///
    /// - Throws: ``StorageFailure`` when it could not be written; then there is no such key.
    public func createKey(_ request: CreateKey, by caller: Caller, at now: Timestamp) async throws -> APIKey {
        let expiresAt = request.days.map { now + .seconds($0 * 86_400) }
        let ring = ring
        return try await database.write { transaction in
            let number = try transaction.insert(
                "INSERT INTO api_key (name, role, digest, created_at, expires_at) VALUES (?, ?, x'', ?, ?)",
                request.name, request.role.rawValue, now, expiresAt)
            let token = KeyToken(key: number, random: SecureRandom())
            let digest = token.digest
            try transaction.run("UPDATE api_key SET digest = ? WHERE id = ?", digest, number)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "key.create",
                    subject: "key:\(number)", detail: "\(request.name), role \(request.role.rawValue)"),
                in: transaction)
            let entry = KeyRing.Entry(
                name: request.name, role: request.role, digest: digest, expiresAt: expiresAt)
            transaction.afterCommit { ring.put(entry, for: number) }
            var key = APIKey()
            key.id = ID(number)
            key.name = request.name
            key.role = request.role
            key.prefix = KeyToken.visiblePart(of: number)
            key.token = token.text
            key.createdAt = now
            key.expiresAt = expiresAt
            return key
        }
    }

    /// Every key, revoked ones included, newest first; never their secrets.
    public func listKeys() async throws -> List<APIKey> {
        List(try await database.read { snapshot in try Security.keys(in: snapshot) })
    }

    /// Revokes a key at once; doing it twice changes nothing.
    ///
    /// - Throws: ``Problem`` `.notFound` when there is no such key.
    public func revokeKey(_ id: ID<APIKey>, by caller: Caller, at now: Timestamp) async throws -> APIKey {
        let ring = ring
        let bus = bus
        return try await database.write { transaction in
            let changed = try transaction.run(
                "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id)
            guard let key = try Security.keys(in: transaction).first(where: { $0.id == id }) else {
                throw Problem(.notFound, "there is no key \(id)")
            }
            guard changed > 0 else { return key }
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "key.revoke", subject: "key:\(id)",
                    detail: key.name),
                in: transaction)
            transaction.afterCommit {
                ring.remove(id.number)
                bus.publish(.keyRevoked(id))
            }
            return key
        }
    }

    /// Writes down when keys were last used; call it about once a minute.
    public func writeUses() async throws {
        let uses = ring.takeUnwrittenUses()
        guard !uses.isEmpty else { return }
        try await database.write { transaction in
            for use in uses {
                try transaction.run("UPDATE api_key SET last_used_at = ? WHERE id = ?", use.at, use.key)
            }
        }
    }

    static func keys(in snapshot: Snapshot) throws -> [APIKey] {
        try snapshot.rows(
            "SELECT id, name, role, created_at, expires_at, last_used_at, revoked_at FROM api_key ORDER BY id DESC"
        ) { row in
            var key = APIKey()
            key.id = try row[0]
            key.name = try row[1]
            key.role = Role(rawValue: try row[2]) ?? .customer
            key.prefix = KeyToken.visiblePart(of: key.id.number)
            key.createdAt = try row[3]
            key.expiresAt = try row[4]
            key.lastUsedAt = try row[5]
            key.revokedAt = try row[6]
            return key
        }
    }
}
