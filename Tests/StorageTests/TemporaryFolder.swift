import Foundation
import Vocabulary

@testable import Storage

/// A folder that exists as long as the test that made it.
final class TemporaryFolder: Sendable {
    let path: String
    private let opened = WorkQueue<Database>(limit: .max)

    init() {
        path = FileManager.default.temporaryDirectory.path + "/storage-tests-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no temporary folder: \(error)")
        }
    }

    deinit {
        for database in opened.waitingJobs { database.close() }
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func size(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file(name))[.size] as? Int ?? -1
    }

    /// A database of this folder that is closed before the folder goes.
    func open(
        _ name: String, durability: Durability = .normal, migrations: [Migration] = noteMigrations, readers: Int = 2
    ) throws -> Database {
        let database = try Database.open(
            at: file(name), durability: durability, migrations: migrations, readers: readers, now: .epoch)
        try opened.add(database)
        return database
    }

    /// A database with one table `note (id, text)`.
    func notes(durability: Durability = .normal, readers: Int = 2) throws -> Database {
        try open("notes.db", durability: durability, readers: readers)
    }
}

let noteMigrations = [
    Migration("notes-1", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")
]

extension Timestamp {
    static let epoch = Timestamp(milliseconds: 1_795_371_601_000)
}

extension Database {
    /// Writes one note and returns its number.
    @discardableResult
    func note(_ text: String) async throws -> Int64 {
        try await write { try $0.insert("INSERT INTO note (text) VALUES (?)", text) }
    }

    var noteCount: Int {
        get async throws { try await read { try $0.value("SELECT count(*) FROM note") ?? -1 } }
    }

    /// Runs `during` while the writer's thread is held up, so that everything it starts waits together.
    func holdingWriter(_ during: (_ release: @escaping @Sendable () -> Void) async throws -> Void) async throws {
        let held = Gate()
        let release = Gate()
        let holder = Task {
            try await write { _ in
                held.open()
                release.wait()
            }
        }
        while !held.isOpen { await Task.yield() }
        do {
            try await during { release.open() }
        } catch {
            release.open()
            throw error
        }
        release.open()
        try await holder.value
    }
}

/// Lets a thread wait until another opens it; stays open then.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() {
        semaphore.signal()
    }

    func wait() {
        semaphore.wait()
        semaphore.signal()
    }

    var isOpen: Bool {
        guard semaphore.wait(timeout: .now()) == .success else { return false }
        semaphore.signal()
        return true
    }
}
