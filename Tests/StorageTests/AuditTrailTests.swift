import Digests
import Testing
import Vocabulary

@testable import Storage

struct AuditTrailTests {
    private let folder = TemporaryFolder()

    private func trail(entries: Int) async throws -> Database {
        let database = try folder.open("desk.db", migrations: AuditTrail.migrations)
        for number in 1...entries {
            try await database.write { transaction in
                try AuditTrail.append(draft(number), in: transaction)
            }
        }
        return database
    }

    @Test func `each entry follows from the one before`() async throws {
        let database = try await trail(entries: 5)
        let entries = try await database.read { try AuditTrail.entries(limit: 10, in: $0) }
        #expect(entries.map(\.sequence) == [5, 4, 3, 2, 1])
        #expect(entries.map(\.draft) == [5, 4, 3, 2, 1].map(draft))
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.previous == $1.hash })
        let verdict = try await database.read { try AuditTrail.verify(in: $0) }
        #expect(verdict == .intact(entries: 5, last: entries[0].hash))
    }

    @Test func `pages join without a gap`() async throws {
        let database = try await trail(entries: 7)
        let first = try await database.read { try AuditTrail.entries(limit: 3, in: $0) }
        let second = try await database.read { try AuditTrail.entries(before: 5, limit: 3, in: $0) }
        let third = try await database.read { try AuditTrail.entries(before: 2, limit: 3, in: $0) }
        #expect((first + second + third).map(\.sequence) == [7, 6, 5, 4, 3, 2, 1])
    }

    @Test func `an entry disappears with the change it told of`() async throws {
        struct Refusal: Error {}
        let database = try await trail(entries: 2)
        await #expect(throws: Refusal.self) {
            try await database.write { transaction in
                try AuditTrail.append(draft(3), in: transaction)
                throw Refusal()
            }
        }
        try await database.write { try AuditTrail.append(draft(4), in: $0) }
        let entries = try await database.read { try AuditTrail.entries(limit: 10, in: $0) }
        #expect(entries.map(\.draft.subject) == ["alert:4", "alert:2", "alert:1"])
        #expect(try await database.read { try AuditTrail.verify(in: $0) } == .intact(entries: 3, last: entries[0].hash))
    }

    @Test func `the program can neither change nor delete an entry`() async throws {
        let database = try await trail(entries: 2)
        await #expect(throws: StorageFailure.constraint(.check, message: "audit entries cannot be changed")) {
            try await database.write { try $0.run("UPDATE audit SET actor = 'nobody'") }
        }
        await #expect(throws: StorageFailure.constraint(.check, message: "audit entries cannot be deleted")) {
            try await database.write { try $0.run("DELETE FROM audit") }
        }
    }

    @Test func `a changed entry is found`() async throws {
        let database = try await trail(entries: 9)
        try await database.write {
            try $0.execute("DROP TRIGGER audit_refuses_update; UPDATE audit SET detail = 'harmless' WHERE sequence = 4")
        }
        let verdict = try await database.read { try AuditTrail.verify(in: $0) }
        #expect(verdict == .broken(sequence: 4, reason: "its content was changed"))
    }

    @Test func `a changed entry with a new hash of its own is found`() async throws {
        let database = try await trail(entries: 9)
        try await database.write { transaction in
            let entry = try #require(try AuditTrail.entries(before: 5, limit: 1, in: transaction).first)
            let forged = AuditTrail.hash(sequence: 4, draft: draft(77), previous: entry.previous)
            try transaction.execute("DROP TRIGGER audit_refuses_update")
            try transaction.run("UPDATE audit SET subject = 'alert:77', hash = ? WHERE sequence = 4", forged)
            try transaction.run(
                "UPDATE audit SET detail = ?, at = ? WHERE sequence = 4", draft(77).detail, draft(77).at)
        }
        let verdict = try await database.read { try AuditTrail.verify(in: $0) }
        #expect(verdict == .broken(sequence: 5, reason: "it does not follow from the entry before it"))
    }

    @Test(arguments: [(3, 3), (9, 9), (1, 1)])
    func `a removed entry is found`(_ removed: Int, _ expected: Int64) async throws {
        let database = try await trail(entries: 9)
        try await database.write {
            try $0.execute("DROP TRIGGER audit_refuses_delete")
            try $0.run("DELETE FROM audit WHERE sequence = ?", removed)
        }
        guard case .broken(expected, _) = try await database.read({ try AuditTrail.verify(in: $0) }) else {
            Issue.record("not found")
            return
        }
    }

    @Test func `text cannot move from one field into the next`() {
        let left = AuditTrail.Draft(at: .epoch, actor: "ab", actorName: "c", action: "c", subject: "d")
        let right = AuditTrail.Draft(at: .epoch, actor: "a", actorName: "bc", action: "c", subject: "d")
        #expect(
            AuditTrail.hash(sequence: 1, draft: left, previous: AuditTrail.beginning)
                != AuditTrail.hash(sequence: 1, draft: right, previous: AuditTrail.beginning))
    }
}

private func draft(_ number: Int) -> AuditTrail.Draft {
    AuditTrail.Draft(
        at: Timestamp.epoch + .seconds(number), actor: "u:3", actorName: "ann", action: "alert.acknowledge",
        subject: "alert:\(number)",
        detail: "note \(number)")
}
