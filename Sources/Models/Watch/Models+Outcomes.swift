internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// What became of a conversation after a version answered in it.
public enum ConversationOutcome: Equatable, Sendable {
    /// A person has it, or is waited for.
    case handedOver
    /// The customer rated it, 1 to 5.
    case rated(Int64)
}

extension Models {
    /// Counts what became of conversations, for the version that answered last before; each outcome once a conversation.
    static let watchMigration = Migration(
        "models-watch-1",
        """
        ALTER TABLE model_version ADD COLUMN conversations INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE model_version ADD COLUMN handed_over INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE model_version ADD COLUMN rated INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE model_version ADD COLUMN rated_well INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE model_version ADD COLUMN rated_badly INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE version_conversation (
            conversation INTEGER NOT NULL,
            version INTEGER NOT NULL REFERENCES model_version (id),
            answered_at INTEGER NOT NULL,
            PRIMARY KEY (conversation, version)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX version_conversation_version ON version_conversation (version);
        CREATE TABLE conversation_outcome (
            conversation INTEGER PRIMARY KEY,
            handed_over INTEGER NOT NULL DEFAULT 0,
            rated INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        """)

    /// Counts an outcome for the version that answered last in the conversation; one that is counted already, or of a
    /// conversation in which no version answered, changes nothing.
    public func count(_ outcome: ConversationOutcome, of conversation: ID<Conversation>) async throws {
        // Whatever happens to a conversation that a person has comes here: looking is cheap, writing is not.
        let isNew = try await database.read { snapshot in
            try Models.writer(in: conversation, of: outcome, snapshot) != nil
        }
        guard isNew else { return }
        let (shelf, bus) = (shelf, bus)
        try await database.write { transaction in
            guard let version = try Models.writer(in: conversation, of: outcome, transaction) else { return }
            switch outcome {
            case .handedOver:
                try transaction.run(
                    """
                    INSERT INTO conversation_outcome (conversation, handed_over) VALUES (?, 1)
                    ON CONFLICT (conversation) DO UPDATE SET handed_over = 1
                    """, conversation)
                try transaction.run(
                    "UPDATE model_version SET handed_over = handed_over + 1 WHERE id = ?", version)
            case .rated(let rating):
                try transaction.run(
                    """
                    INSERT INTO conversation_outcome (conversation, rated) VALUES (?, 1)
                    ON CONFLICT (conversation) DO UPDATE SET rated = 1
                    """, conversation)
                try transaction.run(
                    """
                    UPDATE model_version SET rated = rated + 1, rated_well = rated_well + ?,
                        rated_badly = rated_badly + ?
                    WHERE id = ?
                    """, rating >= 4 ? 1 : 0, rating <= 2 ? 1 : 0, version)
            }
            transaction.afterCommit {
                let changed = shelf.withLockedValue { shelf in
                    shelf.versions[version]?.take(outcome)
                    return shelf.versions[version]
                }
                if let changed { bus.publish(.modelChanged(changed)) }
            }
        }
    }

    /// The version that answered last in a conversation whose outcome of this kind is not counted yet.
    private static func writer(
        in conversation: ID<Conversation>, of outcome: ConversationOutcome, _ snapshot: Snapshot
    ) throws -> ID<ModelVersion>? {
        let counted = try snapshot.first(
            "SELECT handed_over, rated FROM conversation_outcome WHERE conversation = ?", conversation
        ) { row in (handedOver: try row[0] as Bool, rated: try row[1] as Bool) }
        switch outcome {
        case .handedOver where counted?.handedOver == true: return nil
        case .rated where counted?.rated == true: return nil
        default: break
        }
        return try snapshot.value(
            """
            SELECT version FROM version_conversation WHERE conversation = ? ORDER BY answered_at DESC, version DESC
            LIMIT 1
            """, conversation)
    }

    /// Notes that a version answered in a conversation.
    ///
    /// - Returns: whether it is the version's first answer there.
    static func answered(
        _ version: ID<ModelVersion>, in conversation: ID<Conversation>, at now: Timestamp, _ transaction: Transaction
    ) throws -> Bool {
        let known: Timestamp? = try transaction.value(
            "SELECT answered_at FROM version_conversation WHERE conversation = ? AND version = ?", conversation, version
        )
        try transaction.run(
            """
            INSERT INTO version_conversation (conversation, version, answered_at) VALUES (?, ?, ?)
            ON CONFLICT (conversation, version) DO UPDATE SET answered_at = excluded.answered_at
            """, conversation, version, now)
        guard known == nil else { return false }
        try transaction.run("UPDATE model_version SET conversations = conversations + 1 WHERE id = ?", version)
        return true
    }
}

extension ModelVersion {
    /// Counts an outcome in memory as the database does.
    fileprivate mutating func take(_ outcome: ConversationOutcome) {
        switch outcome {
        case .handedOver: handedOver += 1
        case .rated(let rating):
            rated += 1
            ratedWell += rating >= 4 ? 1 : 0
            ratedBadly += rating <= 2 ? 1 : 0
        }
    }
}
