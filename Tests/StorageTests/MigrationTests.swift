import Foundation
import Testing
import Vocabulary

@testable import Storage

struct MigrationTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("desk.db") }

    private func open(_ migrations: [Migration]) throws -> Database {
        try folder.open("desk.db", durability: .full, migrations: migrations, readers: 1)
    }

    @Test func `steps run once, in order, and the epoch stays`() async throws {
        let first = try open([Migration("a-1", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)")])
        first.close()
        let second = try open([
            Migration("a-1", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)"),
            Migration("a-2", "UPDATE a SET n = n + 10"),
            Migration("a-3") { try $0.run("UPDATE a SET n = n * ?", 2) },
        ])
        #expect(try await second.read { try $0.value("SELECT n FROM a") } == 22)
        #expect(second.epoch == first.epoch)
        #expect(second.epoch.count == 8)
    }

    @Test func `two parts of the desk may add steps in any order later`() async throws {
        try open([Migration("a-1", "CREATE TABLE a (n)"), Migration("b-1", "CREATE TABLE b (n)")]).close()
        let database = try open([
            Migration("a-1", "CREATE TABLE a (n)"), Migration("a-2", "ALTER TABLE a ADD COLUMN m"),
            Migration("b-1", "CREATE TABLE b (n)"),
        ])
        #expect(try await database.read { try $0.value("SELECT count(*) FROM pragma_table_info('a')") } == 2)
    }

    @Test func `a step that fails changes nothing, leaves a copy from before, and is named`() async throws {
        try open([Migration("a-1", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)")]).close()
        let steps = [
            Migration("a-1", "CREATE TABLE a (n INTEGER)"),
            Migration("a-2", "UPDATE a SET n = 2"),
            Migration("a-3", "UPDATE a SET n = 3; INSERT INTO nowhere VALUES (1)"),
        ]
        #expect(
            throws: StorageFailure.migration(
                name: "a-3", message: "the database refused a statement (1): no such table: nowhere")
        ) {
            try open(steps)
        }
        // The program from before goes on with it, which knows nothing of the steps between.
        let database = try open(Array(steps.prefix(1)))
        #expect(try await database.read { try $0.value("SELECT n FROM a") } == 1)
        let before = try folder.open("desk.db.before-a-2", migrations: Array(steps.prefix(1)))
        #expect(try await before.read { try $0.value("SELECT n FROM a") } == 1)
    }

    @Test func `a database of a newer version is refused with its steps named, and left alone`() throws {
        try open([Migration("a-1", "CREATE TABLE a (n)"), Migration("a-2", "CREATE TABLE future (n)")]).close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StorageFailure.newerSchema(path: path, unknown: ["a-2"])) {
            try open([Migration("a-1", "CREATE TABLE a (n)")])
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func `a process killed inside a step leaves a database that the next start completes`() async throws {
        try open([Migration("a-1", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)")]).close()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            _ = try Database.open(
                at: path, durability: .full,
                migrations: [
                    Migration("a-1", "CREATE TABLE a (n INTEGER)"),
                    Migration("a-2") { transaction in
                        try transaction.run("UPDATE a SET n = 2")
                        kill(getpid(), SIGKILL)
                    },
                ], now: Timestamp(milliseconds: 0))
        }
        let database = try open([
            Migration("a-1", "CREATE TABLE a (n INTEGER)"), Migration("a-2", "UPDATE a SET n = n + 10"),
        ])
        #expect(try await database.read { try $0.value("SELECT n FROM a") } == 11)
        #expect(try await database.integrityProblems() == [])
    }

    @Test func `a file that is no database is refused and left alone`() throws {
        let text = Data(String(repeating: "this is not a database\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(throws: StorageFailure.corrupt(message: "file is not a database")) { try open([]) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func `a folder that does not exist is named`() {
        #expect(throws: StorageFailure.unreadable(path: "/nowhere/desk.db", message: "unable to open database file")) {
            try Database.open(at: "/nowhere/desk.db", durability: .full, migrations: [], now: .epoch)
        }
    }
}
