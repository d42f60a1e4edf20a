internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// The messages on their way, those that were taken lately, and the dead letters.
enum NoticeMessageStore {
    /// How many messages that were taken or discarded are kept.
    static let keptCount: Int64 = 2000
    /// How many dead letters are kept; the oldest go first.
    static let deadCount = 1000

    private static let columns: StaticString = """
        SELECT id, receiver, labels, key, entries, state, attempts, next_at, created_at, tried_at, fault
        FROM notice_message WHERE id = ?
        """

    /// Adds a message, which is due at once.
    static func add(
        _ entries: [NoticeEntry], to receiver: String, _ labels: String, epoch: String, at now: Timestamp,
        in transaction: Transaction
    ) throws {
        let id = try transaction.insert(
            """
            INSERT INTO notice_message (receiver, labels, key, entries, state, attempts, next_at, created_at)
            VALUES (?, ?, '', ?, 'waiting', 0, ?, ?)
            """,
            receiver, labels, entries.stored, now, now)
        try transaction.run("UPDATE notice_message SET key = ? WHERE id = ?", "watchdesk-\(epoch)-\(id)", id)
        for entry in entries where !entry.isEnd {
            try transaction.run(
                """
                INSERT OR IGNORE INTO notice_told (receiver, alert, labels, message, is_told) VALUES (?, ?, ?, ?, 0)
                """,
                receiver, entry.alert.id, labels, id)
        }
        try transaction.run(
            "DELETE FROM notice_message WHERE state IN ('sent', 'discarded') AND id <= ?", id - keptCount)
        try transaction.run(
            """
            DELETE FROM notice_message WHERE state = 'dead'
                AND id <= (SELECT id FROM notice_message WHERE state = 'dead' ORDER BY id DESC LIMIT 1 OFFSET ?)
            """,
            deadCount)
    }

    /// The message with this number.
    static func message(_ id: Int64, in snapshot: Snapshot) throws -> NoticeMessage? {
        try snapshot.first(columns, id, read: NoticeMessage.init)
    }

    /// The numbers of messages in this state and for this receiver, newest first.
    static func numbers(state: String?, receiver: String?, limit: Int64, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.rows(
            """
            SELECT id FROM notice_message WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR receiver = ?2)
            ORDER BY id DESC LIMIT ?3
            """,
            state, receiver, limit
        ) { try $0[0] }
    }

    /// The number of the oldest message that is due for each receiver.
    static func due(at now: Timestamp, in snapshot: Snapshot) throws -> [(receiver: String, id: Int64)] {
        try snapshot.rows(
            """
            SELECT receiver, MIN(id) FROM notice_message WHERE state = 'waiting' AND next_at <= ? GROUP BY receiver
            """,
            now
        ) { (receiver: try $0[0], id: try $0[1]) }
    }

    /// When the next message of each receiver is due.
    static func upcoming(in snapshot: Snapshot) throws -> [(receiver: String, at: Timestamp)] {
        try snapshot.rows(
            "SELECT receiver, MIN(next_at) FROM notice_message WHERE state = 'waiting' GROUP BY receiver"
        ) { (receiver: try $0[0], at: try $0[1]) }
    }

    /// Stores what became of a message, and what the receiver knows since.
    static func settle(_ message: NoticeMessage, at now: Timestamp, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE notice_message SET state = ?, attempts = ?, next_at = ?, tried_at = ?, fault = ? WHERE id = ?
            """,
            message.state.rawValue, message.attempts, message.nextAt, message.triedAt, message.fault, message.id)
        switch message.state {
        case .waiting: break
        case .sent:
            for entry in message.entries {
                if entry.isEnd {
                    try transaction.run(
                        "DELETE FROM notice_told WHERE receiver = ? AND alert = ?", message.receiver, entry.alert.id)
                } else {
                    try transaction.run(
                        "UPDATE notice_told SET is_told = 1 WHERE receiver = ? AND alert = ?", message.receiver,
                        entry.alert.id)
                }
            }
        case .dead, .discarded:
            try transaction.run("DELETE FROM notice_told WHERE message = ? AND is_told = 0", message.id)
        }
    }
}

extension NoticeMessage {
    /// Reads all columns in the order of the store's query.
    init(_ row: borrowing Row) throws {
        id = try row[0]
        receiver = try row[1]
        group = [NoticeDestination.Label](stored: try row[2])
        key = try row[3]
        entries = try [NoticeEntry](stored: try row[4])
        state = State(rawValue: try row[5]) ?? .dead
        attempts = try row[6]
        nextAt = try row[7]
        createdAt = try row[8]
        triedAt = try row[9]
        fault = try row[10]
    }
}

extension [NoticeDestination.Label] {
    /// The labels as they are kept: pairs in their order, so that equal groups are equal texts.
    var stored: String {
        var writer = JSONWriter()
        writer.array { writer in
            for label in self {
                writer.array { writer in
                    writer.string(label.name)
                    writer.string(label.value)
                }
            }
        }
        return writer.text
    }

    /// Labels that were kept; none when the text is no such list.
    init(stored text: String) {
        let pairs: [JSONValue]
        do { pairs = try JSONParser.parse(text).elements ?? [] } catch { pairs = [] }
        self = pairs.compactMap { pair in
            guard let parts = pair.elements, parts.count == 2, let name = parts[0].text, let value = parts[1].text
            else {
                return nil
            }
            return NoticeDestination.Label(name: name, value: value)
        }
    }
}
