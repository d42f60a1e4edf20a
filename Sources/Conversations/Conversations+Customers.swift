internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension Conversations {
    /// A customer with their newest hundred conversations.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func customer(_ id: ID<Customer>) async throws -> CustomerProfile {
        try await database.read { try $0.profile(of: id) }
    }

    /// Lets a customer write no more, or again.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func block(_ request: BlockCustomer, by caller: Caller, at now: Timestamp) async throws -> CustomerProfile {
        try await database.write { transaction in
            _ = try transaction.profile(of: request.customer)
            let changed = try transaction.run(
                "UPDATE customer SET blocked_at = ?1 WHERE id = ?2 AND (blocked_at IS NULL) = (?1 IS NOT NULL)",
                request.blocked ? now : Timestamp?.none, request.customer)
            if changed > 0 {
                try AuditTrail.append(
                    AuditTrail.Draft(
                        at: now, actor: caller.actor, actorName: caller.name,
                        action: request.blocked ? "customer.block" : "customer.unblock",
                        subject: "customer:\(request.customer)", detail: ""),
                    in: transaction)
            }
            return try transaction.profile(of: request.customer)
        }
    }

    /// Refuses who was deleted or is blocked.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.forbidden`; ``StorageFailure``.
    public func requireWelcome(_ id: ID<Customer>) async throws {
        try await database.read { snapshot in
            let known: Int64? = try snapshot.value("SELECT 1 FROM customer WHERE id = ? AND merged_into IS NULL", id)
            guard known != nil else { throw Problem(.notFound, "there is no customer \(id)") }
            try snapshot.requireWelcome(id)
        }
    }

    /// Deletes everything of a customer in one commit, counts what is left, and writes the count into the audit trail.
    ///
    /// The words leave the search index too. What a backup or the audit trail says of earlier deeds stays: the trail
    /// holds names of staff and numbers, never what was said.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func delete(_ id: ID<Customer>, by caller: Caller, at now: Timestamp) async throws -> DeletionReceipt {
        try await database.write { [bus, customersBox] transaction in
            _ = try transaction.profile(of: id)
            let conversations = try transaction.rows("SELECT id FROM conversation WHERE customer = ?", id) { row in
                try row[0] as ID<Conversation>
            }
            var receipt = DeletionReceipt()
            (receipt.customer, receipt.at) = (id, now)
            receipt.conversations = Int64(conversations.count)
            for conversation in conversations { receipt.messages += try transaction.erase(conversation) }
            try transaction.run(
                """
                DELETE FROM customer_attribute
                WHERE customer IN (SELECT id FROM customer WHERE id = ?1 OR merged_into = ?1)
                """, id)
            try transaction.run("DELETE FROM customer WHERE merged_into = ?", id)
            try transaction.run("DELETE FROM customer WHERE id = ?", id)
            // Merging rewrites the index without the words that were taken out.
            try transaction.run("INSERT INTO message_words (message_words) VALUES ('optimize')")
            receipt.left = try transaction.left(of: id, conversations)
            receipt.audit = try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "customer.delete",
                    subject: "customer:\(id)",
                    detail: "\(receipt.conversations) conversations, \(receipt.messages) messages, \(receipt.left) left"
                ),
                in: transaction
            ).sequence
            transaction.afterCommit {
                for conversation in conversations {
                    customersBox.withLockedValue { $0.forget(conversation) }
                    bus.publish(.conversationDeleted(ConversationReference(conversation)))
                }
            }
            return receipt
        }
    }
}

extension Snapshot {
    /// A customer as the desk knows them; one who went into another is no longer there.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    func profile(of id: ID<Customer>) throws -> CustomerProfile {
        let found = try first(
            "SELECT name, created_at, blocked_at IS NOT NULL FROM customer WHERE id = ? AND merged_into IS NULL", id
        ) { row in
            var profile = CustomerProfile()
            profile.customer = id
            profile.name = try row[0]
            profile.createdAt = try row[1]
            profile.blocked = try row[2]
            return profile
        }
        guard var profile = found else {
            let into: ID<Customer>? = try value("SELECT merged_into FROM customer WHERE id = ?", id)
            let hint = into.map { "; they went into customer \($0)" } ?? ""
            throw Problem(.notFound, "there is no customer \(id)\(hint)")
        }
        profile.attributes = try rows(
            "SELECT name, value FROM customer_attribute WHERE customer = ? ORDER BY name", id
        ) { row in CustomerAttribute(try row[0], try row[1]) }
        profile.conversations = try rows(
            "SELECT * FROM conversation_row WHERE customer = ? ORDER BY id DESC LIMIT 100", id,
            read: Conversation.init(row:))
        return profile
    }

    /// - Throws: ``Problem`` `.forbidden` when the customer is blocked.
    func requireWelcome(_ id: ID<Customer>) throws {
        let blocked: Int64? = try value("SELECT 1 FROM customer WHERE id = ? AND blocked_at IS NOT NULL", id)
        guard blocked == nil else { throw Problem(.forbidden, "this desk takes no more messages from customer \(id)") }
    }

    /// Rows that still speak of a customer, over every table that could.
    fileprivate func left(of id: ID<Customer>, _ conversations: [ID<Conversation>]) throws -> Int64 {
        var sum: Int64 = try value("SELECT count(*) FROM customer WHERE id = ?1 OR merged_into = ?1", id) ?? 0
        sum += try value("SELECT count(*) FROM customer_attribute WHERE customer = ?", id) ?? 0
        sum += try value("SELECT count(*) FROM conversation WHERE customer = ?", id) ?? 0
        for conversation in conversations {
            sum +=
                try value(
                    """
                    SELECT (SELECT count(*) FROM message WHERE conversation = ?1)
                        + (SELECT count(*) FROM conversation_state WHERE conversation = ?1)
                        + (SELECT count(*) FROM draft WHERE conversation = ?1)
                        + (SELECT count(*) FROM notification WHERE conversation = ?1)
                        + (SELECT count(*) FROM conversation_read WHERE conversation = ?1)
                        + (SELECT count(*) FROM suggestion WHERE conversation = ?1)
                    """, conversation) ?? 0
        }
        return sum
            + (try value("SELECT count(*) FROM answer WHERE message NOT IN (SELECT id FROM message)") ?? 0)
            + (try value("SELECT count(*) FROM message_words_docsize WHERE id NOT IN (SELECT id FROM message)") ?? 0)
    }
}

extension Transaction {
    /// Deletes everything of a conversation; returns how many messages it had.
    fileprivate func erase(_ id: ID<Conversation>) throws -> Int64 {
        try run("DELETE FROM answer_source WHERE message IN (SELECT id FROM message WHERE conversation = ?)", id)
        try run("DELETE FROM answer WHERE message IN (SELECT id FROM message WHERE conversation = ?)", id)
        try forgetWords(of: id)
        let messages = try run("DELETE FROM message WHERE conversation = ?", id)
        try run("DELETE FROM conversation_state WHERE conversation = ?", id)
        try run("DELETE FROM draft WHERE conversation = ?", id)
        try run("DELETE FROM notification WHERE conversation = ?", id)
        try run("DELETE FROM suggestion WHERE conversation = ?", id)
        try run("DELETE FROM conversation_read WHERE conversation = ?", id)
        try run("DELETE FROM assignment WHERE conversation = ?", id)
        try run("DELETE FROM conversation WHERE id = ?", id)
        return Int64(messages)
    }
}
