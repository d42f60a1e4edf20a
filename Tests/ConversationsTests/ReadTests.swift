import Bus
import Conversations
import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

/// How far somebody has read is their own, on whatever device, and never goes back.
@Suite struct ReadTests {
    private func desk(messages: Int) async throws -> (TemporaryDesk, Caller, ID<Conversation>) {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        for number in 0..<messages { try await desk.post("message \(number)", to: id, by: customer) }
        return (desk, customer, id)
    }

    @discardableResult
    private func read(
        _ desk: TemporaryDesk, _ id: ID<Conversation>, _ offset: Int64, by caller: Caller, on device: String = "",
        at now: Timestamp = .start
    ) async throws -> Conversation {
        try await desk.conversations.read(ReadConversation(id, offset: offset, device: device), by: caller, at: now)
    }

    private func rows(_ desk: TemporaryDesk, _ id: ID<Conversation>) async throws -> Int {
        try await desk.database.read {
            try $0.value("SELECT count(*) FROM conversation_read WHERE conversation = ?", id) ?? 0
        }
    }

    @Test func `what a colleague has read is not read by the others`() async throws {
        let (desk, customer, id) = try await desk(messages: 4)
        try await read(desk, id, 3, by: ana)
        let later = Timestamp.start + .seconds(60)
        let seen = try await read(desk, id, 2, by: bo, at: later)
        #expect(seen.readOffset(of: "u:3") == 3 && seen.readOffset(of: "u:4") == 2 && seen.readOffset(of: "u:5") == 0)
        #expect(seen.seenBy.map(\.name) == ["ana", "bo"] && seen.seenBy.map(\.at) == [.start, later])
        #expect(seen.readOffset == 3, "somebody at the desk has read so far")
        let own = try await desk.conversations.show(id, to: customer)
        #expect(own.seenBy.isEmpty && own.readOffset == 3, "who works at the desk is no customer's business")
        #expect(try await read(desk, id, 4, by: customer).customerReadOffset == 4)
        #expect(try await desk.conversations.show(id, to: ana).seenBy == seen.seenBy)
    }

    @Test func `a name may hold anything`() async throws {
        let (desk, _, id) = try await desk(messages: 1)
        let odd = Caller(identity: .key(ID(9)), role: .agent, name: "\u{301}a\tb\r\nc\u{2028}|☂")
        try await read(desk, id, 1, by: odd)
        let marks = try await desk.conversations.show(id, to: ana).seenBy
        #expect(marks.map(\.name) == ["\u{301}a b c |☂"] && marks.map(\.user) == ["u:9"])
    }

    @Test func `whoever writes has read what stands before, and nobody else has`() async throws {
        let (desk, _, id) = try await desk(messages: 2)
        try await desk.post("asked billing", to: id, by: bo, note: true)
        #expect(try await desk.conversations.show(id, to: ana).readOffset(of: "u:4") == 3)
        try await desk.post("On its way.", to: id, by: ana)
        let seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.readOffset(of: "u:3") == seen.lastOffset && seen.readOffset(of: "u:4") == 3)
        let macro = Macro(name: "done", steps: [MacroStep(.note, "refunded"), MacroStep(.resolve)])
        let done = try await desk.conversations.run(macro, RunMacro("done", on: id), to: nil, by: ana, at: .start)
        #expect(done.readOffset(of: "u:3") == done.lastOffset && done.lastOffset > seen.lastOffset)
    }

    @Test func `over all devices the furthest counts, whatever comes in whatever order`() async throws {
        let (desk, customer, id) = try await desk(messages: 40)
        var generator = SplitMix64(seed: 5)
        var furthest: [String: Int64] = [:]
        for step in 0..<400 {
            let caller = [ana, bo, customer][Int.random(in: 0..<3, using: &generator)]
            let offset = Int64.random(in: 1...40, using: &generator)
            let device = "device \(Int.random(in: 0..<12, using: &generator))"
            let seen = try await read(
                desk, id, offset, by: caller, on: device,
                at: .start + .seconds(Int64.random(in: 0...9, using: &generator)))
            furthest[caller.actor] = max(offset, furthest[caller.actor] ?? 0)
            let known = caller.isStaff ? seen.readOffset(of: caller.actor) : seen.customerReadOffset
            #expect(known == furthest[caller.actor], "step \(step)")
        }
        let seen = try await desk.conversations.show(id, to: ana)
        for caller in [ana, bo] { #expect(seen.readOffset(of: caller.actor) == furthest[caller.actor]) }
        #expect(seen.customerReadOffset == furthest[customer.actor])
        #expect(try await rows(desk, id) <= 3 * 8, "marks of devices do not pile up")
    }

    @Test func `a look at what is known costs no write, and what is new is told once`() async throws {
        let (desk, _, id) = try await desk(messages: 3)
        let events = desk.bus.subscribe(limit: 100)
        try await read(desk, id, 3, by: ana)
        try await read(desk, id, 2, by: bo)
        let before = desk.database.statistics.writes
        for _ in 0..<20 { try await read(desk, id, 2, by: bo) }
        try await read(desk, id, 1, by: bo)
        #expect(desk.database.statistics.writes == before)
        try await read(desk, id, 1, by: bo, on: "phone")
        let told = await events.next().compactMap { reading -> String? in
            switch reading {
            case .event(.conversationChanged(let conversation)): "conversation \(conversation.readOffset)"
            case .event(.conversationRead(let read)): "\(read.reader.name) \(read.reader.offset)"
            default: nil
            }
        }
        #expect(told == ["conversation 3", "bo 2"], "only a person's furthest mark is news")
    }

    @Test func `after an upgrade nothing that was read is unread again`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/read-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let all = AuditTrail.migrations + Conversations.migrations
        func open(_ migrations: [Migration]) throws -> Database {
            try Database.open(at: folder + "/desk.db", durability: .full, migrations: migrations, now: .start)
        }
        let old = try open(all.filter { $0.name != "conversations-reads-1" })
        try await old.write { transaction in
            try transaction.run("INSERT INTO customer (id, name, created_at) VALUES (1, 'Crystal', 0)")
            try transaction.run(
                """
                INSERT INTO conversation (id, customer, subject, status, last_place, read_place, customer_read_place,
                    created_at, updated_at)
                VALUES (1, 1, 'returns', 'waiting', 7, 5, 6, 0, 0), (2, 1, 'refund', 'waiting', 2, 0, 0, 0, 0)
                """)
        }
        old.close()
        let database = try open(all)
        defer { database.close() }
        let conversations = Conversations(database: database, bus: Bus<DeskEvent>())
        let carried = try await conversations.show(ID(1), to: ana)
        #expect(carried.readOffset(of: "u:3") == 5 && carried.readOffset(of: "u:99") == 5)
        #expect(carried.readOffset == 5 && carried.customerReadOffset == 6)
        #expect(try await conversations.show(ID(2), to: ana).seenBy.isEmpty)
        let read = try await conversations.read(ReadConversation(ID(1), offset: 7), by: ana, at: .start)
        #expect(read.readOffset(of: "u:3") == 7 && read.readOffset(of: "u:4") == 5)
    }

    @Test func `marks go along when customers merge, and go with what is deleted`() async throws {
        let (desk, customer, id) = try await desk(messages: 3)
        let (other, kept) = try await desk.customer("Cr.")
        guard case .customer(let from) = customer.identity, case .customer(let into) = other.identity else { return }
        try await desk.post("hello", to: kept, by: other)
        try await read(desk, id, 2, by: customer)
        try await read(desk, id, 3, by: ana)
        try await read(desk, kept, 1, by: other)
        _ = try await desk.conversations.merge(MergeCustomers(from, into: into), by: ana, at: .start)
        let merged = try await read(desk, id, 1, by: other)
        #expect(merged.customerReadOffset == 2, "the mark of who went into another is theirs now")
        #expect(try await desk.conversations.show(id, to: bo).readOffset(of: "u:3") == 3)
        let receipt = try await desk.conversations.delete(into, by: admin, at: .start)
        #expect(receipt.left == 0)
        #expect(try await rows(desk, id) == 0)
        #expect(try await rows(desk, kept) == 0)
    }
}
