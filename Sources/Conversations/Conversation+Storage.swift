internal import DeskAPI
internal import Storage
internal import Vocabulary

extension Conversation {
    /// The conversation in a row of the view `conversation_row`.
    init(row: borrowing Row) throws {
        try self.init(past: row)
        priority = try choice(row[14])
        tags = lines(try row[15])
        snoozedUntil = try row[16]
        firstReplyAt = try row[17]
        dueAt = try row[18]
        dueFor = try (row[19] as String?).map(choice)
        warnAt = try row[20]
        rating = try row[21]
        ratingComment = try row[22]
        drafts = lines(try row[23])
        readOffset = try row[24]
        customerReadOffset = try row[25]
        estimatedRating = try row[26]
        language = try row[27]
        seenBy = try (row[28] as String?).map(ReadMark.marks) ?? []
    }

    /// What is known of a conversation at a moment of the past.
    init(past row: borrowing Row) throws {
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
        let conversation = try first("SELECT * FROM conversation_row WHERE id = ?", id, read: Conversation.init(row:))
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

    /// Writes what changed of a conversation.
    ///
    /// SQLite writes an index anew for each column that a statement names, changed or not; with a message, most often
    /// only its place, its words and its time change.
    func update(_ conversation: Conversation, since before: Conversation) throws {
        var followed = before
        followed.lastOffset = conversation.lastOffset
        followed.lastText = conversation.lastText
        followed.lastAuthor = conversation.lastAuthor
        followed.updatedAt = conversation.updatedAt
        followed.readOffset = conversation.readOffset
        followed.customerReadOffset = conversation.customerReadOffset
        followed.estimatedRating = conversation.estimatedRating
        followed.language = conversation.language
        // Kept in a table of their own.
        followed.seenBy = conversation.seenBy
        guard followed == conversation else { return try update(conversation) }
        guard conversation != before else { return }
        try run(
            """
            UPDATE conversation SET last_place = ?, last_text = ?, last_author = ?, updated_at = ?, read_place = ?,
                customer_read_place = ?, estimated_rating = ?, language = ?
            WHERE id = ?
            """,
            conversation.lastOffset, conversation.lastText, conversation.lastAuthor?.rawValue, conversation.updatedAt,
            conversation.readOffset, conversation.customerReadOffset, conversation.estimatedRating,
            conversation.language, conversation.id)
    }

    /// Writes everything of a conversation that can change.
    func update(_ conversation: Conversation) throws {
        try run(
            """
            UPDATE conversation SET subject = ?, status = ?, owner = ?, owner_name = ?, waiting_since = ?,
                waiting_reason = ?, last_place = ?, last_text = ?, last_author = ?, updated_at = ?, priority = ?,
                tags = ?, snoozed_until = ?, first_reply_at = ?, due_at = ?, due_for = ?, warn_at = ?, rating = ?,
                rating_comment = ?, drafts = ?, read_place = ?, customer_read_place = ?,
                estimated_rating = ?, language = ?
            WHERE id = ?
            """,
            conversation.subject, conversation.status.rawValue, conversation.owner, conversation.ownerName,
            conversation.waitingSince, conversation.waitingReason, conversation.lastOffset, conversation.lastText,
            conversation.lastAuthor?.rawValue, conversation.updatedAt, conversation.priority.rawValue,
            conversation.tags.joined(separator: "\n"), conversation.snoozedUntil, conversation.firstReplyAt,
            conversation.dueAt, conversation.dueFor?.rawValue, conversation.warnAt, conversation.rating,
            conversation.ratingComment, conversation.drafts.joined(separator: "\n"), conversation.readOffset,
            conversation.customerReadOffset, conversation.estimatedRating, conversation.language, conversation.id)
    }
}

/// The texts of a column that holds one in each line.
private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
}

/// The case of an enumeration that a column names.
func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
        throw StorageFailure.corrupt(message: "\(text) is no \(Choice.self)")
    }
    return choice
}

extension Snapshot {
    /// The clocks of a conversation.
    func clocks(of id: ID<Conversation>) throws -> ServiceClocks {
        let found = try first(
            """
            SELECT reply_spent, reply_since, question_since, whole_spent, whole_since, told_question, told_whole
            FROM conversation WHERE id = ?
            """, id
        ) { row in
            var clocks = ServiceClocks()
            clocks.reply.spent = try (row[0] as Int64?).map { .milliseconds($0) }
            clocks.reply.since = try row[1]
            clocks.question = try row[2]
            clocks.resolution.spent = try (row[3] as Int64?).map { .milliseconds($0) }
            clocks.resolution.since = try row[4]
            clocks.toldQuestion = try row[5]
            clocks.isResolutionTold = try row[6]
            return clocks
        }
        return found ?? ServiceClocks()
    }
}

extension Transaction {
    /// Writes the clocks of a conversation.
    func update(_ clocks: ServiceClocks, of id: ID<Conversation>) throws {
        try run(
            """
            UPDATE conversation SET reply_spent = ?, reply_since = ?, question_since = ?, whole_spent = ?,
                whole_since = ?, told_question = ?, told_whole = ?
            WHERE id = ?
            """,
            clocks.reply.spent?.wholeMilliseconds, clocks.reply.since, clocks.question,
            clocks.resolution.spent?.wholeMilliseconds, clocks.resolution.since, clocks.toldQuestion,
            clocks.isResolutionTold, id)
    }
}
