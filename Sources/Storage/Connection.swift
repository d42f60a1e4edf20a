internal import CSQLite

/// The one owner of sqlite3's pointers: a connection, its cached statements, and what is bound to them.
///
/// It belongs to one thread, and no pointer leaves this file.
@safe final class Connection {
    /// How the file is opened.
    enum Access {
        /// Reads only; never writes to the file, never checkpoints.
        case reading
        /// Reads, writes and checkpoints a file that exists.
        case writing
        /// The same, and creates the file when there is none.
        case creating

        fileprivate var flags: Int32 {
            switch self {
            case .reading: SQLITE_OPEN_READONLY
            case .writing: SQLITE_OPEN_READWRITE
            case .creating: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        }
    }

    private var database: OpaquePointer?
    private var cache: [UInt: Statement] = [:]
    private let frames: UnsafeMutablePointer<Int32>

    /// Opens the file.
    init(path: String, access: Access) throws(StorageFailure) {
        unsafe frames = .allocate(capacity: 1)
        unsafe frames.initialize(to: 0)
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(
            path, &opened, access.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        unsafe database = opened
        guard code == SQLITE_OK else {
            let message = unsafe String(cString: sqlite3_errmsg(opened))
            throw .unreadable(path: path, message: message)
        }
        wait(upTo: .seconds(5))
    }

    deinit {
        close()
        unsafe frames.deallocate()
    }

    /// Ends all statements and the connection; further calls fail with ``StorageFailure/closed``.
    func close() {
        for statement in cache.values { statement.finish() }
        cache.removeAll()
        unsafe sqlite3_close_v2(database)
        unsafe database = nil
    }

    /// How long a locked file is waited for before ``StorageFailure/locked``.
    func wait(upTo limit: Duration) {
        unsafe sqlite3_busy_timeout(database, Int32(clamping: limit.components.seconds * 1000))
    }

    /// The frames in the write-ahead log after the last commit of this connection.
    var logFrames: Int { unsafe Int(frames.pointee) }

    /// Lets ``logFrames`` follow each commit; this replaces checkpoints that SQLite would make by itself.
    func countFrames() {
        unsafe wd_sqlite_count_frames(database, frames)
    }

    /// The version of the library as text and as a number, 3.40.1 being 3040001.
    static var engineVersion: String { unsafe String(cString: sqlite3_libversion()) }
    static var engineNumber: Int { Int(sqlite3_libversion_number()) }

    /// Whether a transaction is open; SQLite ends one by itself after some failures.
    var isInTransaction: Bool { unsafe database != nil && sqlite3_get_autocommit(database) == 0 }

    /// The number of rows that the last statement inserted, changed or deleted.
    var changedRows: Int { unsafe Int(sqlite3_changes64(database)) }

    /// The number of the row that was inserted last.
    var lastInsertedNumber: Int64 { unsafe sqlite3_last_insert_rowid(database) }

    /// Runs several statements without values, separated by semicolons.
    func execute(_ script: String) throws(StorageFailure) {
        guard let database = unsafe database else { throw .closed }
        let code = unsafe sqlite3_exec(database, script, nil, nil, nil)
        if code != SQLITE_OK { throw failure(code) }
    }

    /// Lends a statement with its values bound; it is ready for use again afterwards, whatever happened.
    func withStatement<Result>(
        _ text: StaticString, _ values: [any Storable], _ body: (Statement) throws -> Result
    ) throws -> Result {
        let statement = try borrow(text)
        defer { statement.giveBack() }
        for (index, value) in values.enumerated() {
            try statement.bind(value.stored, at: Int32(index + 1))
        }
        return try body(statement)
    }

    /// Moves the write-ahead log into the database file; `false` when a reader still needs part of it.
    ///
    /// - Parameter truncating: Whether the log's file is then cut to nothing, which needs all readers to be idle.
    func checkpoint(truncating: Bool) throws(StorageFailure) -> Bool {
        var inLog: Int32 = 0
        var moved: Int32 = 0
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = unsafe sqlite3_wal_checkpoint_v2(database, nil, mode, &inLog, &moved)
        if code == SQLITE_BUSY { return false }
        guard code == SQLITE_OK else { throw failure(code) }
        let isComplete = inLog == moved
        if truncating, isComplete { unsafe frames.pointee = 0 }
        return isComplete
    }

    /// Copies the whole database, as it is at this moment, into another that is empty.
    func copy(to target: Connection) throws(StorageFailure) {
        guard let backup = unsafe sqlite3_backup_init(target.database, "main", database, "main") else {
            throw target.failure(unsafe sqlite3_extended_errcode(target.database))
        }
        let code = unsafe sqlite3_backup_step(backup, -1)
        let end = unsafe sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, end == SQLITE_OK else { throw target.failure(code == SQLITE_DONE ? end : code) }
    }

    /// A statement from the cache, or a new one when it is not there or is being stepped through right now.
    private func borrow(_ text: StaticString) throws(StorageFailure) -> Statement {
        guard unsafe database != nil else { throw .closed }
        // A literal stays at its address for the life of the process, so the address is its name.
        let key = unsafe UInt(bitPattern: text.utf8Start)
        if let cached = cache[key] {
            if cached.lend() { return cached }
            return try prepare(text, isKept: false)
        }
        let statement = try prepare(text, isKept: true)
        cache[key] = statement
        return statement
    }

    private func prepare(_ text: StaticString, isKept: Bool) throws(StorageFailure) -> Statement {
        var pointer: OpaquePointer?
        let code = text.withUTF8Buffer { utf8 in
            unsafe utf8.withMemoryRebound(to: CChar.self) { characters in
                unsafe sqlite3_prepare_v3(
                    database, characters.baseAddress, Int32(characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
            }
        }
        guard code == SQLITE_OK, let pointer = unsafe pointer else { throw failure(code) }
        return unsafe Statement(pointer, isKept: isKept)
    }

    private func failure(_ code: Int32) -> StorageFailure {
        unsafe StorageFailure(code: code, message: database.map { unsafe String(cString: sqlite3_errmsg($0)) })
    }
}

/// One prepared statement.
@usableFromInline
@safe final class Statement {
    private var pointer: OpaquePointer?
    private let isKept: Bool
    private var isLent = true

    fileprivate init(_ pointer: OpaquePointer, isKept: Bool) {
        unsafe self.pointer = unsafe pointer
        self.isKept = isKept
    }

    deinit {
        finish()
    }

    /// Goes to the next row; `false` after the last.
    func step() throws(StorageFailure) -> Bool {
        guard let pointer = unsafe pointer else { throw .closed }
        let code = unsafe sqlite3_step(pointer)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure(code)
        }
    }

    /// The column of the current row, counted from 0.
    @usableFromInline
    func column(_ index: Int) -> StoredValue {
        guard let pointer = unsafe pointer else { return .null }
        let position = Int32(clamping: index)
        switch unsafe sqlite3_column_type(pointer, position) {
        case SQLITE_INTEGER: return unsafe .integer(sqlite3_column_int64(pointer, position))
        case SQLITE_FLOAT: return unsafe .real(sqlite3_column_double(pointer, position))
        case SQLITE_TEXT:
            let start = unsafe sqlite3_column_text(pointer, position)
            let count = unsafe Int(sqlite3_column_bytes(pointer, position))
            return unsafe .text(
                String(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = unsafe sqlite3_column_blob(pointer, position)
            let count = unsafe Int(sqlite3_column_bytes(pointer, position))
            return unsafe .blob(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
        default: return .null
        }
    }

    fileprivate func bind(_ value: StoredValue, at index: Int32) throws(StorageFailure) {
        guard let pointer = unsafe pointer else { throw .closed }
        let code: Int32
        switch value {
        case .null: code = unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number): code = unsafe sqlite3_bind_int64(pointer, index, number)
        case .real(let number): code = unsafe sqlite3_bind_double(pointer, index, number)
        case .text(var text):
            code = text.withUTF8 { utf8 in
                unsafe wd_sqlite_bind_text(pointer, index, utf8.baseAddress, utf8.count)
            }
        case .blob(let bytes):
            code = unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe wd_sqlite_bind_blob(pointer, index, bytes.baseAddress, bytes.count)
            }
        }
        if code != SQLITE_OK { throw failure(code) }
    }

    /// Marks the statement as used; `false` when it already is.
    fileprivate func lend() -> Bool {
        defer { isLent = true }
        return !isLent
    }

    fileprivate func giveBack() {
        guard isKept else { return finish() }
        // The result repeats the last step's failure, which has been thrown already.
        unsafe sqlite3_reset(pointer)
        unsafe sqlite3_clear_bindings(pointer)
        isLent = false
    }

    fileprivate func finish() {
        unsafe sqlite3_finalize(pointer)
        unsafe pointer = nil
    }

    private func failure(_ code: Int32) -> StorageFailure {
        unsafe StorageFailure(code: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer))))
    }
}

extension StorageFailure {
    /// What an extended result code of SQLite means for the caller.
    fileprivate init(code: Int32, message: String?) {
        let message = message ?? "the connection is closed"
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .locked
        case SQLITE_FULL: self = .full
        case SQLITE_IOERR, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_PROTOCOL:
            self = .inputOutput(code: code, message: message)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: self = .inputOutput(code: code, message: message)
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(message: message)
        case SQLITE_CONSTRAINT: self = .constraint(ConstraintKind(code: code), message: message)
        default: self = .refused(code: code, message: message)
        }
    }
}

extension ConstraintKind {
    fileprivate init(code: Int32) {
        // The macros SQLITE_CONSTRAINT_… are computed in C and not visible here: 19 | detail << 8.
        switch code >> 8 {
        case 3: self = .foreignKey
        case 5: self = .notNull
        case 6, 8, 10: self = .unique
        default: self = .check
        }
    }
}
