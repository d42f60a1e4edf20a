public import Bus
public import DeskAPI
internal import Digests
public import Storage
public import Vocabulary

/// Who may do what: keys, customers' tokens, and the trail of who did it.
public final class Security: Sendable {
    let database: Database
    let bus: Bus<DeskEvent>
    let ring = KeyRing()
    private let secret: [UInt8]
    private let localToken: String
    private let localName: String

    /// The schema.
    public static let migrations = [
        Migration(
            "security-1",
            """
            CREATE TABLE api_key (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                role TEXT NOT NULL,
                digest BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER,
                last_used_at INTEGER,
                revoked_at INTEGER
            ) STRICT;
            CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
            """)
    ]

    /// How long a customer's token holds.
    public static let customerTokenLife = Duration.seconds(30 * 86_400)

    /// Reads the valid keys, and makes the desk's secret when there is none; blocks until it is ready.
    ///
    /// - Parameter localName: the name of the person at this machine, who holds ``localToken``.
    /// - Throws: ``StorageFailure``.
    public static func open(database: Database, bus: Bus<DeskEvent>, localName: String) throws -> Security {
        let fresh = SecureRandom().bytes(32)
        let secret: [UInt8] = try database.writeBlocking { transaction in
            try transaction.run("INSERT OR IGNORE INTO secret (name, value) VALUES ('customer-token', ?)", fresh)
            return try transaction.value("SELECT value FROM secret WHERE name = 'customer-token'") ?? fresh
        }
        let security = Security(database: database, bus: bus, secret: secret, localName: localName)
        try security.fillRing()
        return security
    }

    private init(database: Database, bus: Bus<DeskEvent>, secret: [UInt8], localName: String) {
        self.database = database
        self.bus = bus
        self.secret = secret
        self.localName = localName
        localToken = "wd_local_\(SecureRandom().base62(40))"
    }

    /// A token for programs on this machine that can read the data folder; it changes with every start.
    public var tokenForThisMachine: String { localToken }

    /// Finds out who holds a token; takes microseconds and never waits for the disk.
    ///
    /// - Throws: ``Problem`` `.unauthenticated` for a token that is unknown, expired or revoked.
    public func caller(holding token: String, at now: Timestamp) throws(Problem) -> Caller {
        if let key = KeyToken(token), let caller = ring.caller(holding: key, at: now) { return caller }
        if let proof = SignedToken(.customer, in: token, secret: secret), now < proof.expires {
            return Caller(identity: .customer(ID(proof.number)), role: .customer, name: "customer \(proof.number)")
        }
        if SHA256Digest(of: localToken).isEqualInConstantTime(to: SHA256Digest(of: token)) {
            return .local(name: localName)
        }
        throw Problem(.unauthenticated, "this token is unknown, expired or revoked; ask an admin for a key")
    }

    /// Signs a token for a customer.
    public func token(for customer: ID<Customer>, at now: Timestamp) -> Customer {
        let token = SignedToken(
            .customer, customer.number, expires: now + Security.customerTokenLife, secret: secret)
        var record = Customer()
        record.customer = customer
        record.token = token.text
        record.expires = token.expires
        return record
    }

    /// Signs a link by which one conversation may be rated.
    public func ratingLink(for conversation: ID<Conversation>, at now: Timestamp) -> RatingLink {
        let token = SignedToken(
            .rating, conversation.number, expires: now + Security.customerTokenLife, secret: secret)
        var link = RatingLink()
        (link.conversation, link.path, link.expires) = (conversation, "/rate#\(token.text)", token.expires)
        return link
    }

    /// The conversation that a link lets somebody rate.
    ///
    /// - Throws: ``Problem`` `.unauthenticated` for a link that is none of this desk's, or too old.
    public func conversation(ratedBy token: String, at now: Timestamp) throws(Problem) -> ID<Conversation> {
        guard let proof = SignedToken(.rating, in: token, secret: secret) else {
            throw Problem(.unauthenticated, "this link is not whole; please open it from the message again")
        }
        guard now < proof.expires else { throw Problem(.unauthenticated, "this link is too old") }
        return ID(proof.number)
    }

    private func fillRing() throws {
        let ring = ring
        try database.readBlocking { snapshot in
            try snapshot.forEach(
                "SELECT id, name, role, digest, expires_at, last_used_at FROM api_key WHERE revoked_at IS NULL"
            ) { row in
                guard let role = Role(rawValue: try row[2]) else { return }
                let entry = KeyRing.Entry(
                    name: try row[1], role: role, digest: try row[3], expiresAt: try row[4], lastUsedAt: try row[5])
                ring.put(entry, for: try row[0])
            }
        }
    }
}
