internal import DeskAPI
internal import Storage
internal import Vocabulary

extension Conversation {
    /// The conversation in a row of the view `conversation_row`.
    init(_ row: borrowing Row) throws {
        self.init()
        id = try row[0]
        customer = try row[1]
        customerName = try row[2]
        subject = try row[3]
        status = try choice(row[4])
        owner = try row[5]
        ownerName = try row[6]
        waitingSince = try row[7]
        waitingReason = try row[8]
        lastOffset = try row[9]
        lastText = try row[10]
        lastAuthor = try (row[11] as String?).map(choice)
        createdAt = try row[12]
        updatedAt = try row[13]
    }
}

extension Snapshot {
    /// The conversation with this number, if the caller may know of it: a customer knows only its own.
    ///
    /// - Throws: ``Problem`` `.notFound`, the same whether there is none or it is another customer's.
    func conversation(_ id: ID<Conversation>, seenBy caller: Caller) throws -> Conversation {
        let conversation = try first("SELECT * FROM conversation_row WHERE id = ?", id, read: Conversation.init)
        guard let conversation, conversation.isVisible(to: caller) else {
            throw Problem(.notFound, "there is no conversation \(id)")
        }
        return conversation
    }
}

extension Conversation {
    /// Whether the caller may know of it.
    func isVisible(to caller: Caller) -> Bool {
        if case .customer(let own) = caller.identity { return own == customer }
        return caller.isStaff
    }
}

extension Transaction {
    /// Adds a conversation and returns its number.
    func insert(_ conversation: Conversation) throws -> Int64 {
        try insert(
            """
            INSERT INTO conversation (customer, subject, status, owner, owner_name, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            conversation.customer, conversation.subject, conversation.status.rawValue, conversation.owner,
            conversation.ownerName, conversation.createdAt, conversation.updatedAt)
    }

    /// Writes everything of a conversation that can change.
    func update(_ conversation: Conversation) throws {
        try run(
            """
            UPDATE conversation SET subject = ?, status = ?, owner = ?, owner_name = ?, waiting_since = ?,
                waiting_reason = ?, last_place = ?, last_text = ?, last_author = ?, updated_at = ?
            WHERE id = ?
            """,
            conversation.subject, conversation.status.rawValue, conversation.owner, conversation.ownerName,
            conversation.waitingSince, conversation.waitingReason, conversation.lastOffset, conversation.lastText,
            conversation.lastAuthor?.rawValue, conversation.updatedAt, conversation.id)
    }
}

/// The case of an enumeration that a column names.
func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
        throw StorageFailure.corrupt(message: "\(text) is no \(Choice.self)")
    }
    return choice
}
