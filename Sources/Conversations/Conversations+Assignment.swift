internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// Waiting conversations go by themselves to people who said that they take them: the oldest first, to whoever has the
/// fewest, never more than they want.
extension Conversations {
    /// Takes note that somebody takes conversations as they come, or takes no more; what they have stays theirs.
    ///
    /// - Throws: ``StorageFailure``.
    public func set(_ request: SetAvailability, of caller: Caller, at now: Timestamp) async throws -> Availability {
        let until = request.capacity == 0 ? now : now + .seconds(60 * request.minutes)
        let availability = try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO availability (actor, name, capacity, until, assigned_at) VALUES (?, ?, ?, ?, 0)
                ON CONFLICT (actor)
                DO UPDATE SET name = excluded.name, capacity = excluded.capacity, until = excluded.until
                """, caller.actor, caller.name, request.capacity, until)
            // Who goes in so many words keeps what they have.
            if request.capacity == 0 {
                try transaction.run("DELETE FROM assignment WHERE actor = ?", caller.actor)
            }
            var availability = Availability()
            (availability.actor, availability.name) = (caller.actor, caller.name)
            (availability.capacity, availability.until) = (request.capacity, until)
            availability.open = try transaction.openConversations(of: caller.actor)
            return availability
        }
        availableBox.withLockedValue { $0 = max($0, until) }
        return availability
    }

    /// Who takes conversations as they come, by name.
    ///
    /// - Throws: ``StorageFailure``.
    public func availability(at now: Timestamp) async throws -> List<Availability> {
        List(try await database.read { snapshot in try snapshot.available(at: now) })
    }

    /// Whether anybody takes conversations as they come.
    public func isAnybodyAvailable(at now: Timestamp) -> Bool { availableBox.withLockedValue { $0 > now } }

    /// Gives what waits to those who take it.
    ///
    /// Whoever just gave a conversation back does not get it again.
    /// - Returns: how many were given.
    /// - Throws: ``StorageFailure``.
    @discardableResult
    public func assignWaiting(at now: Timestamp) async throws -> Int {
        guard isAnybodyAvailable(at: now) else { return 0 }
        // Readers look first: the writer is needed by everybody.
        let isWorthIt = try await database.read { snapshot in
            let waits: Int? = try snapshot.value("SELECT 1 FROM conversation WHERE status = 'waiting' LIMIT 1")
            return try waits != nil && snapshot.available(at: now).contains { $0.open < $0.capacity }
        }
        guard isWorthIt else { return 0 }
        let plan = plan
        return try await database.write { [bus] transaction in
            var people = try transaction.available(at: now)
            guard people.contains(where: { $0.open < $0.capacity }) else { return 0 }
            let waiting = try transaction.rows(
                "SELECT id FROM conversation WHERE status = 'waiting' ORDER BY waiting_since, id LIMIT 100"
            ) { row in ID<Conversation>(try row[0]) }
            var given = 0
            for id in waiting {
                let last: String? = try transaction.value(
                    """
                    SELECT owner FROM conversation_state WHERE conversation = ? AND status <> 'waiting'
                    ORDER BY id DESC LIMIT 1
                    """, id)
                // Of those with the fewest, the one who was given something the longest time ago.
                let free = people.indices.filter { people[$0].open < people[$0].capacity && people[$0].actor != last }
                guard let place = free.min(by: { people[$0].open < people[$1].open }) else { continue }
                let person = people.remove(at: place)
                try transaction.assign(id, to: person, plan, bus, at: now)
                given += 1
                var busier = person
                busier.open += 1
                people.append(busier)
            }
            return given
        }
    }

    /// Puts back into the queue what was given to people who have gone without a word to the customer.
    ///
    /// - Returns: how many.
    /// - Throws: ``StorageFailure``.
    @discardableResult
    public nonisolated(nonsending) func recallFromAbsent(at now: Timestamp) async throws -> Int {
        guard availableBox.withLockedValue({ $0 > Timestamp(milliseconds: 0) }) else { return 0 }
        let version = database.version
        if quietBox.withLockedValue({ $0.recall?.lasts(in: database, at: now) }) ?? false { return 0 }
        let first: Timestamp? = try await database.read { snapshot in
            try snapshot.value(
                """
                SELECT min(availability.until) FROM assignment
                JOIN availability ON availability.actor = assignment.actor
                """)
        }
        guard let first, first <= now else {
            let quiet = QuietTime(version: version, from: now, until: first, longest: Conversations.longestQuiet)
            quietBox.withLockedValue { $0.recall = quiet }
            return 0
        }
        let plan = plan
        return try await database.write { [bus] transaction in
            let abandoned = try transaction.rows(
                """
                SELECT assignment.conversation, availability.name, assignment.actor
                FROM assignment JOIN availability ON availability.actor = assignment.actor
                WHERE availability.until <= ? LIMIT 1000
                """, now
            ) { row in (id: ID<Conversation>(try row[0]), name: try row[1] as String, actor: try row[2] as String) }
            var recalled = 0
            for entry in abandoned {
                try transaction.run("DELETE FROM assignment WHERE conversation = ?", entry.id)
                var change = try ConversationChange(of: entry.id, by: .assistant, plan, in: transaction)
                guard
                    let marker = change.conversation.recall(from: entry.actor, named: entry.name, at: now)
                else { continue }
                try change.append(.marker(marker), at: now)
                _ = try change.save(publishingOn: bus, at: now)
                recalled += 1
            }
            return recalled
        }
    }

    /// A key was revoked: its holder takes nothing any more, and what they did not answer goes back into the queue.
    ///
    /// - Throws: ``StorageFailure``.
    public func endAvailability(of actor: String, at now: Timestamp) async throws {
        try await database.write { transaction in
            try transaction.run("UPDATE availability SET until = ? WHERE actor = ? AND until > ?", now, actor, now)
        }
        try await recallFromAbsent(at: now)
    }

    /// Reads who takes conversations, after a start.
    ///
    /// - Throws: ``StorageFailure``.
    public func prepareAssignment() async throws {
        let until = try await database.read { snapshot in
            try snapshot.value("SELECT max(until) FROM availability WHERE capacity > 0") as Timestamp?
        }
        availableBox.withLockedValue { $0 = max($0, until ?? Timestamp(milliseconds: 0)) }
    }
}

extension Conversation {
    /// Nobody is behind the name any more: it waits again; `nil` when somebody else has it, or it is over.
    mutating func recall(from actor: String, named name: String, at now: Timestamp) -> String? {
        guard status == .open, owner == actor else { return nil }
        status = .waiting
        (owner, ownerName) = (nil, nil)
        waitingSince = waitingSince ?? now
        waitingReason = "\(name) has gone"
        updatedAt = now
        return "\(name) has left: the conversation waits for another person"
    }
}

extension Snapshot {
    /// Who takes conversations, whoever was given something the longest time ago first.
    fileprivate func available(at now: Timestamp) throws -> [Availability] {
        try rows(
            """
            SELECT actor, name, capacity, until,
                (SELECT count(*) FROM conversation WHERE status = 'open' AND owner = availability.actor)
            FROM availability WHERE capacity > 0 AND until > ? ORDER BY assigned_at, actor
            """, now
        ) { row in
            var found = Availability()
            (found.actor, found.name, found.capacity) = (try row[0], try row[1], try row[2])
            (found.until, found.open) = (try row[3], try row[4])
            return found
        }
    }

    fileprivate func openConversations(of actor: String) throws -> Int64 {
        try value("SELECT count(*) FROM conversation WHERE status = 'open' AND owner = ?", actor) ?? 0
    }
}

extension Transaction {
    fileprivate func assign(
        _ id: ID<Conversation>, to person: Availability, _ plan: SupportPlan, _ bus: Bus<DeskEvent>, at now: Timestamp
    ) throws {
        var change = try ConversationChange(of: id, by: .assistant, plan, in: self)
        let desk = Caller(identity: .local, role: .admin, name: "desk")
        guard
            try change.conversation.give(to: person.actor, named: person.name, by: desk, at: now) != nil
        else { return }
        try change.append(.marker("\(person.name) took over"), at: now)
        try run("UPDATE availability SET assigned_at = ? WHERE actor = ?", now, person.actor)
        try run(
            """
            INSERT INTO assignment (conversation, actor, at) VALUES (?, ?, ?)
            ON CONFLICT (conversation) DO UPDATE SET actor = excluded.actor, at = excluded.at
            """, id, person.actor, now)
        try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: "local", actorName: "desk", action: "conversation.assign",
                subject: "conversation:\(id)", detail: "given to \(person.name), who takes up to \(person.capacity)"),
            in: self)
        _ = try change.save(publishingOn: bus, at: now)
    }
}
