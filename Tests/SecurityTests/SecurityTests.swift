import Bus
import DeskAPI
import Foundation
import Security
import Storage
import Testing
import Vocabulary

@Suite struct SecurityTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)
    private let admin = Caller.local(name: "root")

    @Test func `a key lets its holder in with its role, and only the token does`() async throws {
        try await withSecurity { security, _ in
            let key = try await security.createKey(CreateKey(name: "ana", role: .agent), by: admin, at: now)
            let token = try #require(key.token)
            #expect(token.hasPrefix(key.prefix))
            let caller = try security.caller(holding: token, at: now)
            #expect(caller == Caller(identity: .key(key.id), role: .agent, name: "ana"))
            var wrong = Array(token.utf8)
            for index in wrong.indices where index % 7 == 3 {
                wrong[index] ^= 1
                #expect(throws: Problem.self) {
                    try security.caller(holding: String(decoding: wrong, as: UTF8.self), at: now)
                }
            }
            #expect(try await security.listKeys().items.first?.token == nil)
        }
    }

    @Test func `a revoked key is refused at once and everybody is told`() async throws {
        try await withSecurity { security, bus in
            let reader = bus.subscribe()
            let key = try await security.createKey(CreateKey(name: "ana", role: .agent), by: admin, at: now)
            let token = try #require(key.token)
            let revoked = try await security.revokeKey(key.id, by: admin, at: now)
            #expect(revoked.revokedAt == now)
            #expect(throws: Problem.self) { try security.caller(holding: token, at: now) }
            #expect(reader.drain() == [.event(.keyRevoked(key.id))])
            _ = try await security.revokeKey(key.id, by: admin, at: now + .seconds(5))
            #expect(reader.drain().isEmpty)
            #expect(try await security.listAudit(ListAudit()).items.map(\.action) == ["key.revoke", "key.create"])
        }
    }

    @Test func `a key stops at its expiry`() async throws {
        try await withSecurity { security, _ in
            let key = try await security.createKey(CreateKey(name: "day", role: .sre, days: 1), by: admin, at: now)
            let token = try #require(key.token)
            _ = try security.caller(holding: token, at: now + .seconds(86_399))
            #expect(throws: Problem.self) { try security.caller(holding: token, at: now + .seconds(86_400)) }
        }
    }

    @Test func `keys, uses and customers' tokens survive a restart, the local token does not`() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.open()
        let token = try #require(
            try await first.security.createKey(CreateKey(name: "ana", role: .agent), by: admin, at: now).token)
        let customer = first.security.token(for: ID(7), at: now)
        _ = try first.security.caller(holding: token, at: now)
        try await first.security.writeUses()
        let local = first.security.tokenForThisMachine
        first.database.close()
        let second = try folder.open()
        defer { second.database.close() }
        #expect(try second.security.caller(holding: token, at: now).name == "ana")
        #expect(try second.security.caller(holding: customer.token, at: now).identity == .customer(ID(7)))
        #expect(throws: Problem.self) { try second.security.caller(holding: local, at: now) }
        #expect(try await second.security.listKeys().items.first?.lastUsedAt == now)
    }

    @Test func `a customer's token cannot be made for another customer, nor prolonged`() async throws {
        try await withSecurity { security, _ in
            let customer = security.token(for: ID(7), at: now)
            let forged = customer.token.replacingOccurrences(of: "wd_cust_7_", with: "wd_cust_8_")
            #expect(throws: Problem.self) { try security.caller(holding: forged, at: now) }
            #expect(throws: Problem.self) { try security.caller(holding: customer.token, at: customer.expires) }
            for text in ["", "wd_cust_", "wd_cust_7_99999999999999999999_x", "wd_cust_-7_1_2", "Bearer x"] {
                #expect(throws: Problem.self) { try security.caller(holding: text, at: now) }
            }
        }
    }

    private func withSecurity(
        _ body: (Security, Bus<DeskEvent>) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let open = try folder.open()
        defer { open.database.close() }
        try await body(open.security, open.bus)
    }
}

/// A folder that goes with the test.
private final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("security-\(UUID())").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func open() throws -> (database: Database, security: Security, bus: Bus<DeskEvent>) {
        let database = try Database.open(
            at: path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Security.migrations,
            now: Timestamp(milliseconds: 0))
        let bus = Bus<DeskEvent>()
        return (database, try Security.open(database: database, bus: bus, localName: "root"), bus)
    }
}
