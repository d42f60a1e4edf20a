import Foundation
import Testing
import Vocabulary

@testable import Storage

struct SnapshotTests {
    private let folder = TemporaryFolder()

    @Test func `a read sees every write that was confirmed before it`() async throws {
        let database = try folder.notes(readers: 3)
        for count in 1...50 {
            try await database.note("note \(count)")
            #expect(try await database.noteCount == count)
        }
    }

    @Test func `a snapshot does not move while others write`() async throws {
        let database = try folder.notes()
        try await database.note("first")
        let isReading = Gate()
        let hasWritten = Gate()
        async let counts = database.read { snapshot in
            let before: Int? = try snapshot.value("SELECT count(*) FROM note")
            isReading.open()
            hasWritten.wait()
            return [before, try snapshot.value("SELECT count(*) FROM note")]
        }
        while !isReading.isOpen { await Task.yield() }
        try await database.note("second")
        hasWritten.open()
        #expect(try await counts == [1, 1])
        #expect(try await database.noteCount == 2)
    }

    @Test func `a reader cannot write`() async throws {
        let database = try folder.notes()
        await #expect(throws: StorageFailure.self) {
            try await database.read { try $0.first("INSERT INTO note (text) VALUES ('x') RETURNING id") { _ in 1 } }
        }
        #expect(try await database.noteCount == 0)
    }

    @Test func `a query can run the same query for each of its rows`() async throws {
        let database = try folder.notes()
        for text in ["a", "b", "c"] { try await database.note(text) }
        let pairs = try await database.read { snapshot in
            try names(in: snapshot).map { outer in try names(in: snapshot).map { outer + $0 } }
        }
        let nested = try await database.read { snapshot in
            try snapshot.rows("SELECT text FROM note ORDER BY id") { row in
                let outer: String = try row[0]
                return try names(in: snapshot).map { outer + $0 }
            }
        }
        #expect(nested == pairs)
        #expect(nested == [["aa", "ab", "ac"], ["ba", "bb", "bc"], ["ca", "cb", "cc"]])
    }

    @Test func `a transaction is of no use after its end`() async throws {
        let database = try folder.notes()
        let escaped = Smuggler()
        try await database.write { escaped.transaction = $0 }
        #expect(throws: StorageFailure.closed) { try escaped.transaction?.run("DELETE FROM note") }
    }

    @Test func `text that looks like SQL is only text`() async throws {
        let database = try folder.notes()
        let hostile = "'); DROP TABLE note; --\u{0}\u{1B}]52;c;AAAA\u{7}"
        try await database.note(hostile)
        let read: String? = try await database.read { try $0.value("SELECT text FROM note WHERE text = ?", hostile) }
        #expect(read == hostile)
    }

    @Test(arguments: [
        StoredValue.null, .integer(.min), .integer(.max), .real(-0.1), .text(""), .text("Zoë 👩‍👩‍👧\u{0}x"), .blob([]),
        .blob([0, 255, 39]),
    ])
    func `a value comes back as it went in`(_ value: StoredValue) async throws {
        struct Plain: Storable, Sendable, Equatable {
            let stored: StoredValue
            init(stored: StoredValue) { self.stored = stored }
        }
        let database = try folder.notes()
        let back = try await database.read { try $0.first("SELECT ?", Plain(stored: value)) { try $0[0] as Plain } }
        #expect(back?.stored == value)
    }

    @Test func `types come back as themselves, and a wrong one is named`() async throws {
        enum Colour: String, Storable { case red }
        let database = try folder.notes()
        let ulid = try #require(ULID("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        try await database.read { snapshot in
            let isSame = try snapshot.first(
                "SELECT ?, ?, ?, ?, ?, ?, ?", Timestamp.epoch, ID<Gate>(7), ulid, true, Colour.red, String?.none,
                Double.nan
            ) { row in
                [
                    try row[0] == Timestamp.epoch, try row[1] == ID<Gate>(7), try row[2] == ulid, try row[3] == true,
                    try row[4] == Colour.red, try row[5] == String?.none, try row[6] == Double?.none,
                ]
            }
            #expect(isSame == Array(repeating: true, count: 7))
            #expect(throws: StorageFailure.unexpectedColumn(index: 0, wanted: "Int64", found: "TEXT")) {
                try snapshot.first("SELECT 'seven'") { try $0[0] as Int64 }
            }
        }
    }

    private func names(in snapshot: Snapshot) throws -> [String] {
        try snapshot.rows("SELECT text FROM note ORDER BY id") { row in try row[0] }
    }
}

/// Carries a transaction out of its closure, which nobody should do.
private final class Smuggler: @unchecked Sendable {
    var transaction: Transaction?
}
