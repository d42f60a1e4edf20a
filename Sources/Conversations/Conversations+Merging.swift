internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// What is noted of customers, and two of them who are one person.
extension Conversations {
    /// Changes a customer's name and attributes.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.invalidField`; ``StorageFailure``.
    public func update(
        _ request: UpdateCustomer, by caller: Caller, at now: Timestamp
    ) async throws -> CustomerProfile {
        let attributes = try (request.attributes ?? []).map { attribute throws(Problem) in try attribute.checked() }
        return try await database.write { [bus] transaction in
            let before = try transaction.profile(of: request.customer)
            var changes: [String] = []
            if let name = request.name, name != before.name {
                try transaction.run("UPDATE customer SET name = ? WHERE id = ?", name, request.customer)
                changes.append("name")
            }
            for attribute in attributes where !before.attributes.contains(attribute) {
                try transaction.set(attribute, of: request.customer)
                changes.append(attribute.name)
            }
            let profile = try transaction.profile(of: request.customer)
            guard profile.attributes.count <= CustomerAttribute.most else {
                throw Problem(.invalidField, "attributes: a customer has at most \(CustomerAttribute.most)")
            }
            guard !changes.isEmpty else { return profile }
            // What stands there is no business of the trail, which is never deleted.
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "customer.update",
                    subject: "customer:\(request.customer)", detail: changes.joined(separator: ", ")),
                in: transaction)
            if profile.name != before.name {
                transaction.afterCommit {
                    for conversation in profile.conversations { bus.publish(.conversationChanged(conversation)) }
                }
            }
            return profile
        }
    }

    /// Lets one customer go into another, with every conversation; tokens of both go on proving the one who stays.
    ///
    /// Of attributes that both have, those of the one who stays count. If one is blocked, the one who stays is.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.invalidField`; ``StorageFailure``.
    public func merge(
        _ request: MergeCustomers, by caller: Caller, at now: Timestamp
    ) async throws -> CustomerProfile {
        guard request.customer != request.from else {
            throw Problem(.invalidField, "from: a customer cannot go into themselves")
        }
        let (from, into) = (request.from, request.customer)
        return try await database.write { [bus, mergedBox] transaction in
            let (gone, kept) = (try transaction.profile(of: from), try transaction.profile(of: into))
            let moved = try transaction.rows("SELECT id FROM conversation WHERE customer = ?", from) { row in
                try row[0] as ID<Conversation>
            }
            try transaction.run(
                "UPDATE conversation SET customer = ?, updated_at = max(updated_at, ?) WHERE customer = ?", into, now,
                from)
            try transaction.run(
                "INSERT OR IGNORE INTO customer_attribute SELECT ?, name, value FROM customer_attribute WHERE customer = ?",
                into, from)
            try transaction.run("DELETE FROM customer_attribute WHERE customer = ?", from)
            try transaction.run("UPDATE customer SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2", into, from)
            if kept.name.isEmpty { try transaction.run("UPDATE customer SET name = ? WHERE id = ?", gone.name, into) }
            if gone.blocked, !kept.blocked {
                try transaction.run("UPDATE customer SET blocked_at = ? WHERE id = ?", now, into)
            }
            let profile = try transaction.profile(of: into)
            guard profile.attributes.count <= CustomerAttribute.most else {
                throw Problem(
                    .invalidField,
                    "from: together they have more than \(CustomerAttribute.most) attributes; take some away")
            }
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "customer.merge",
                    subject: "customer:\(into)", detail: "customer \(from), \(moved.count) conversations"),
                in: transaction)
            let changed = try moved.suffix(1000).map { try transaction.conversation($0, seenBy: .assistant) }
            transaction.afterCommit {
                mergedBox.withLockedValue { merged in
                    for (number, target) in merged where target == from { merged[number] = into }
                    merged[from] = into
                }
                bus.publish(.customerMerged(from))
                for conversation in changed { bus.publish(.conversationChanged(conversation)) }
            }
            return profile
        }
    }

    /// The customer who stays, for one who went into them; `nil` for everybody else.
    public func merged(_ customer: ID<Customer>) -> ID<Customer>? { mergedBox.withLockedValue { $0[customer] } }

    /// Reads who went into whom, after a start.
    ///
    /// - Throws: ``StorageFailure``.
    public func readMerged() throws {
        let found = try database.readBlocking { snapshot in
            try snapshot.rows("SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL") { row in
                (ID<Customer>(try row[0]), ID<Customer>(try row[1]))
            }
        }
        mergedBox.withLockedValue { $0 = Dictionary(found) { first, _ in first } }
    }
}

extension CustomerAttribute {
    /// - Throws: ``Problem`` `.invalidField` for a name that is none.
    fileprivate func checked() throws(Problem) -> CustomerAttribute {
        let isName = name.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
        }
        guard isName, (1...40).contains(name.utf8.count) else {
            throw Problem(
                .invalidField,
                "attributes: a name has 1 to 40 lower-case letters, digits, - and _; \"\(name.prefix(60))\" has not")
        }
        return self
    }
}

extension Transaction {
    /// Sets an attribute of a customer; an empty value takes it away.
    func set(_ attribute: CustomerAttribute, of customer: ID<Customer>) throws {
        guard !attribute.value.isEmpty else {
            try run("DELETE FROM customer_attribute WHERE customer = ? AND name = ?", customer, attribute.name)
            return
        }
        try run(
            """
            INSERT INTO customer_attribute (customer, name, value) VALUES (?, ?, ?)
            ON CONFLICT (customer, name) DO UPDATE SET value = excluded.value
            """, customer, attribute.name, attribute.value)
    }
}
