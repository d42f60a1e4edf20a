public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension Conversations {
    /// Conversations: those that wait for a person first, the longest wait at the top; then those changed last.
    ///
    /// A customer sees only its own.
    ///
    /// - Throws: ``StorageFailure``.
    public func list(_ request: ListConversations, for caller: Caller) async throws -> List<Conversation> {
        let status = request.status?.rawValue
        let owner = request.owner == "me" ? caller.actor : request.owner
        let limit = Int(request.limit)
        return try await database.read { snapshot in
            if case .customer(let customer) = caller.identity {
                return List(
                    try snapshot.conversations(of: customer, status: status, owner: owner, limit: limit)
                        .map { $0.seen(by: caller) })
            }
            var found = try snapshot.waiting(status: status, owner: owner, limit: limit)
            guard found.count < limit else { return List(found) }
            guard let resolved = request.resolved, request.status == nil else {
                let most = request.status == .resolved ? min(limit, Int(request.resolved ?? request.limit)) : limit
                return List(
                    found + (try snapshot.notWaiting(status: status, owner: owner, limit: most - found.count)))
            }
            found += try snapshot.unresolved(owner: owner, limit: limit - found.count)
            let most = min(Int(resolved), limit - found.count)
            return List(found + (try snapshot.notWaiting(status: "resolved", owner: owner, limit: most)))
        }
    }

    /// One conversation.
    ///
    /// - Throws: ``Problem`` `.notFound`, ``StorageFailure``.
    public func show(_ id: ID<Conversation>, to caller: Caller) async throws -> Conversation {
        try await database.read { try $0.conversation(id, seenBy: caller).seen(by: caller) }
    }

    /// Whether the caller may see a conversation.
    ///
    /// - Throws: ``StorageFailure``.
    public func may(_ caller: Caller, see id: ID<Conversation>) async throws -> Bool {
        try await database.read { snapshot in
            let customer: ID<Customer>? = try snapshot.value("SELECT customer FROM conversation WHERE id = ?", id)
            guard let customer else { return false }
            return caller.isStaff || caller.identity == .customer(customer)
        }
    }

    /// Who waits, for the status line; read again only when something was written.
    ///
    /// - Throws: ``StorageFailure``.
    public nonisolated(nonsending) func queue() async throws -> Queue {
        let version = database.version
        if let known = queueBox.withLockedValue({ $0 }), known.version == version { return known.queue }
        let queue = try await database.read { snapshot in
            Queue(
                // The second condition is what the index of unresolved ones asks for.
                waiting: try snapshot.value(
                    "SELECT count(*) FROM conversation WHERE status = 'waiting' AND status <> 'resolved'") ?? 0,
                oldestWaitingSince: try snapshot.value(
                    """
                    SELECT waiting_since FROM conversation WHERE waiting_since IS NOT NULL AND status = 'waiting'
                    ORDER BY waiting_since LIMIT 1
                    """),
                unresolved: try snapshot.value("SELECT count(*) FROM conversation WHERE status <> 'resolved'") ?? 0)
        }
        queueBox.withLockedValue { $0 = (version, queue) }
        return queue
    }

    /// Who waits.
    public struct Queue: Equatable, Sendable {
        /// Conversations that wait for a person to take them.
        public let waiting: Int64
        /// Since when the oldest of them waits.
        public let oldestWaitingSince: Timestamp?
        /// Conversations that are not resolved.
        public let unresolved: Int64
    }
}

extension Snapshot {
    fileprivate func waiting(status: String?, owner: String?, limit: Int) throws -> [Conversation] {
        try rows(
            """
            SELECT * FROM conversation_row
            WHERE waiting_since IS NOT NULL AND (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR owner = ?2)
            ORDER BY waiting_since, id LIMIT ?3
            """,
            status, owner, limit, read: Conversation.init(row:))
    }

    fileprivate func notWaiting(status: String?, owner: String?, limit: Int) throws -> [Conversation] {
        try rows(
            """
            SELECT * FROM conversation_row
            WHERE waiting_since IS NULL AND (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR owner = ?2)
            ORDER BY updated_at DESC, id DESC LIMIT ?3
            """,
            status, owner, limit, read: Conversation.init(row:))
    }

    fileprivate func unresolved(owner: String?, limit: Int) throws -> [Conversation] {
        try rows(
            """
            SELECT * FROM conversation_row
            WHERE waiting_since IS NULL AND status <> 'resolved' AND (?1 IS NULL OR owner = ?1)
            ORDER BY updated_at DESC, id DESC LIMIT ?2
            """,
            owner, limit, read: Conversation.init(row:))
    }

    fileprivate func conversations(
        of customer: ID<Customer>, status: String?, owner: String?, limit: Int
    ) throws -> [Conversation] {
        try rows(
            """
            SELECT * FROM conversation_row
            WHERE customer = ?1 AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR owner = ?3)
            ORDER BY waiting_since IS NULL, waiting_since, updated_at DESC, id DESC LIMIT ?4
            """,
            customer, status, owner, limit, read: Conversation.init(row:))
    }
}
