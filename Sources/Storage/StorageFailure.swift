/// Why the database could not do what was asked; what was asked has then not happened.
public enum StorageFailure: Error, Equatable {
    /// More requests wait than the queue holds; ask again shortly.
    case busy
    /// Another process holds the file's lock, longer than the busy time-out.
    case locked
    /// There is no space left on the file system.
    case full
    /// The operating system failed to read, write or synchronize; nothing of the group counts as written.
    case inputOutput(code: Int32, message: String)
    /// The file is damaged, or is not a database.
    case corrupt(message: String)
    /// The file or its folder cannot be opened.
    case unreadable(path: String, message: String)
    /// The file was deleted, moved or replaced while it was open; nothing is written until the next start.
    case replaced(path: String)
    /// A constraint of the schema refused the row.
    case constraint(ConstraintKind, message: String)
    /// The database holds migrations that this program does not know: a newer version wrote it.
    case newerSchema(path: String, unknown: [String])
    /// A migration failed and was rolled back; the database is as it was before it.
    case migration(name: String, message: String)
    /// A column held something else than was asked for.
    case unexpectedColumn(index: Int, wanted: String, found: String)
    /// SQLite refused the statement; a mistake in this program.
    case refused(code: Int32, message: String)
    /// A transaction was used after its end, or the database after ``Database/close()``.
    case closed
}

/// Which kind of constraint refused a row.
public enum ConstraintKind: String, Sendable {
    /// A row with this key exists.
    case unique
    /// The row points to one that does not exist, or is still pointed to.
    case foreignKey
    /// A value is outside what the column allows, or a trigger refused it.
    case check
    /// A value is missing.
    case notNull
}

extension StorageFailure: CustomStringConvertible {
    /// What happened and what to do about it, in one line.
    public var description: String {
        switch self {
        case .busy: "the database has too much to do; try again shortly"
        case .locked: "another process has locked the database; close it (sqlite3, a backup tool) and try again"
        case .full: "no space left for the database; free some, nothing that was confirmed is lost"
        case .inputOutput(let code, let message): "reading or writing the database failed (\(code)): \(message)"
        case .corrupt(let message): "the database is damaged (\(message)); run: watchdesk doctor"
        case .unreadable(let path, let message): "cannot open \(path): \(message)"
        case .replaced(let path):
            "\(path) was deleted or replaced while watchdesk ran; stop it, put the file or a backup back, start again"
        case .constraint(let kind, let message): "the database refused the row (\(kind.rawValue)): \(message)"
        case .newerSchema(let path, let unknown):
            "\(path) was written by a newer version of watchdesk (\(unknown.joined(separator: ", "))); "
                + "use that version, or restore a backup"
        case .migration(let name, let message): "migration \(name) failed and was rolled back: \(message)"
        case .unexpectedColumn(let index, let wanted, let found):
            "column \(index) holds \(found) where \(wanted) was expected; run: watchdesk doctor"
        case .refused(let code, let message): "the database refused a statement (\(code)): \(message)"
        case .closed: "the database is closed"
        }
    }

    /// Whether the file or its disk failed, so that nothing more of the same group can be trusted.
    var isFatalForGroup: Bool {
        switch self {
        case .full, .inputOutput, .corrupt, .unreadable, .replaced, .closed: true
        default: false
        }
    }
}
