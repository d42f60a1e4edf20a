internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// The most devices of one reader whose marks in a conversation are kept; beyond it the one that is least far goes.
    static let readDeviceLimit = 8

    /// Notes how far the caller has read on a device; no mark ever goes back.
    ///
    /// A look at what is known to be read costs no write.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.invalidField` beyond the newest message; ``StorageFailure``.
    public func read(
        _ request: ReadConversation, by caller: Caller, at now: Timestamp
    ) async throws -> Conversation {
        let (known, isNews) = try await database.read { snapshot in
            let conversation = try snapshot.conversation(request.id, seenBy: caller)
            guard request.offset <= conversation.lastOffset else {
                throw Problem(
                    .invalidField, "offset must be at most \(conversation.lastOffset), the newest message there is")
            }
            let place: Int64? = try snapshot.value(
                "SELECT place FROM conversation_read WHERE conversation = ? AND reader = ? AND device = ?", request.id,
                caller.reader, request.device)
            return (conversation, place ?? 0 < request.offset)
        }
        guard isNews else { return known.seen(by: caller) }
        return try await database.write { [bus] transaction in
            var conversation = try transaction.conversation(request.id, seenBy: caller)
            let before = conversation
            try transaction.moveMark(
                of: caller, on: request.device, in: &conversation, to: request.offset, at: now)
            let (furthest, customer) = (conversation.readOffset, conversation.customerReadOffset)
            if furthest != before.readOffset || customer != before.customerReadOffset {
                try transaction.update(conversation, since: before)
                transaction.afterCommit { [conversation] in bus.publish(.conversationChanged(conversation)) }
            } else if let mark = conversation.seenBy.first(where: { $0.user == caller.actor }),
                !before.seenBy.contains(mark)
            {
                transaction.afterCommit { bus.publish(.conversationRead(ConversationRead(request.id, mark))) }
            }
            return conversation.seen(by: caller)
        }
    }
}

extension Transaction {
    /// Moves the mark of a caller's device, never back, and what the conversation says of it; the conversation itself
    /// is not written.
    func moveMark(
        of caller: Caller, on device: String = "", in conversation: inout Conversation, to place: Int64,
        at now: Timestamp
    ) throws {
        let name = String(caller.name.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        let moved = try run(
            """
            INSERT INTO conversation_read (conversation, reader, device, name, place, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (conversation, reader, device)
            DO UPDATE SET name = excluded.name, place = excluded.place, at = excluded.at
            WHERE excluded.place > conversation_read.place
            """,
            conversation.id, caller.reader, device, caller.isStaff ? name : "", place, now)
        guard moved > 0 else { return }
        try run(
            """
            DELETE FROM conversation_read WHERE conversation = ?1 AND reader = ?2 AND device = (
                SELECT device FROM conversation_read WHERE conversation = ?1 AND reader = ?2 ORDER BY place, at LIMIT 1)
            AND (SELECT count(*) FROM conversation_read WHERE conversation = ?1 AND reader = ?2) > ?3
            """, conversation.id, caller.reader, Int64(Conversations.readDeviceLimit))
        guard caller.isStaff else {
            conversation.customerReadOffset = max(conversation.customerReadOffset, place)
            return
        }
        conversation.readOffset = max(conversation.readOffset, place)
        conversation.take(ReadMark(caller.actor, named: name, offset: place, at: now))
    }
}

extension Caller {
    /// Who reads: each of the staff by themselves, and the one customer of the conversation.
    fileprivate var reader: String { isStaff ? actor : "customer" }
}

extension Conversation {
    /// Takes how far somebody has read on one device, unless they were further on another.
    fileprivate mutating func take(_ mark: ReadMark) {
        seenBy = ReadMark.furthest(of: seenBy + [mark])
    }
}

extension ReadMark {
    /// The most readers that a conversation names.
    private static let limit = 100

    /// The marks in the column `seen_by`, one device in each line: user, offset, moment and name.
    static func marks(_ text: String) throws -> [ReadMark] {
        // By bytes: lists hold thousands of them.
        let marks = try text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 3, omittingEmptySubsequences: false)
                .map(Substring.init)
            guard parts.count == 4, let offset = Int64(parts[1]), let at = Int64(parts[2]) else {
                throw StorageFailure.corrupt(message: "\(Substring(line)) is no mark of what was read")
            }
            return ReadMark(
                String(parts[0]), named: String(parts[3]), offset: offset, at: Timestamp(milliseconds: at))
        }
        return furthest(of: marks)
    }

    /// The furthest mark of each person, whoever read furthest standing first.
    fileprivate static func furthest(of marks: [ReadMark]) -> [ReadMark] {
        guard marks.count > 1 else { return marks }
        var furthest: [ReadMark] = []
        let sorted = marks.sorted { ($1.offset, $0.at, $0.user) < ($0.offset, $1.at, $1.user) }
        for mark in sorted where !furthest.contains(where: { $0.user == mark.user }) { furthest.append(mark) }
        return Array(furthest.prefix(limit))
    }
}
