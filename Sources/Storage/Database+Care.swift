extension Database {
    /// Copies the database as it is at this moment into a file of its own, while others go on writing.
    ///
    /// The file is written under another name, checked, and only then renamed: it is whole or absent.
    public func backUp(to path: String) async throws {
        try await read { snapshot in
            try Backup(source: snapshot.connection).write(to: path)
        }
    }

    /// What is wrong inside the file, one line each; empty when all is well.
    ///
    /// It takes about a second for each gigabyte.
    public func integrityProblems() async throws -> [String] {
        try await read { snapshot in
            try snapshot.connection.integrityProblems()
        }
    }

    /// What is wrong inside a file that no process has open, one line each; empty when all is well.
    ///
    /// Changes nothing.
    ///
    /// - Throws: ``StorageFailure`` when it cannot be read at all.
    public static func integrityProblems(at path: String) throws -> [String] {
        try DatabaseFile(path: path, durability: .full).openForReading().integrityProblems()
    }

    /// The version of the SQLite library, such as `3.40.1`.
    public static var engineVersion: String { Connection.engineVersion }

    /// Whether that library can corrupt a database when two connections write or checkpoint at the same moment.
    ///
    /// True before 3.51.3. Watchdesk is not exposed to it, because one connection does both.
    public static var engineHasLogResetFault: Bool { Connection.engineNumber < 3_051_003 }
}

/// Makes a copy that is whole or absent.
struct Backup {
    let source: Connection

    /// Copies, checks, and renames.
    func write(to path: String) throws {
        let unfinished = path + ".unfinished"
        try FileSystem.remove(unfinished)
        do {
            try copy(to: unfinished)
            try FileSystem.replace(path, with: unfinished)
        } catch {
            try FileSystem.remove(unfinished)
            throw error
        }
    }

    private func copy(to path: String) throws {
        let target = try Connection(path: path, access: .creating)
        defer { target.close() }
        try source.copy(to: target)
        // One file without a log beside it can be carried anywhere.
        try target.execute("PRAGMA journal_mode = DELETE")
        if let problem = try target.integrityProblems().first { throw StorageFailure.corrupt(message: problem) }
    }
}

extension Connection {
    /// Runs a statement without values to its end.
    func step(_ sql: StaticString) throws {
        try withStatement(sql, []) { statement in
            while try statement.step() {}
        }
    }

    /// The findings of SQLite's own checks, at most 100 of each.
    func integrityProblems() throws -> [String] {
        let damage: [String] = try withStatement("PRAGMA integrity_check", []) { statement in
            var lines: [String] = []
            while lines.count < 100, try statement.step() {
                if let line = String(stored: statement.column(0)), line != "ok" { lines.append(line) }
            }
            return lines
        }
        let orphans: [String] = try withStatement("PRAGMA foreign_key_check", []) { statement in
            var lines: [String] = []
            while lines.count < 100, try statement.step() {
                let table = String(stored: statement.column(0)) ?? "?"
                let parent = String(stored: statement.column(2)) ?? "?"
                let number = Int64(stored: statement.column(1)).map(String.init) ?? "?"
                lines.append("row \(number) of \(table) points to a row of \(parent) that does not exist")
            }
            return lines
        }
        return damage + orphans
    }
}
