import Bus
import Conversations
import DeskAPI
import Foundation
import Storage
import Vocabulary

/// Conversations on a real database in a folder that exists as long as the test.
final class TemporaryDesk: Sendable {
    let folder: String
    let database: Database
    let bus = Bus<DeskEvent>()
    let conversations: Conversations
    let knowledge: Knowledge

    init(in existing: TemporaryDesk? = nil) throws {
        folder = existing?.folder ?? FileManager.default.temporaryDirectory.path + "/desk-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        database = try Database.open(
            at: folder + "/desk.db", durability: .full, migrations: AuditTrail.migrations + Conversations.migrations,
            now: .start)
        conversations = Conversations(database: database, bus: bus)
        knowledge = Knowledge(database: database)
        self.existing = existing
    }

    private let existing: TemporaryDesk?

    deinit {
        database.close()
        guard existing == nil else { return }
        do { try FileManager.default.removeItem(atPath: folder) } catch { print("left behind: \(folder)") }
    }

    /// A customer with a conversation.
    func customer(_ name: String = "Crystal") async throws -> (caller: Caller, conversation: ID<Conversation>) {
        let number = try await conversations.createCustomer(CreateCustomer(name: name), at: .start)
        let caller = Caller(identity: .customer(number), role: .customer, name: "customer \(number)")
        let conversation = try await conversations.create(CreateConversation(), by: caller, at: .start)
        return (caller, conversation.id)
    }

    @discardableResult
    func post(
        _ text: String, to conversation: ID<Conversation>, by caller: Caller, cid: ULID? = nil, note: Bool = false,
        at now: Timestamp = .start
    ) async throws -> Message {
        try await conversations.post(
            PostMessage(to: conversation, cid: cid, text: text, note: note), by: caller, at: now)
    }

    func texts(of conversation: ID<Conversation>, for caller: Caller = ana) async throws -> [String] {
        try await conversations.messages(ListMessages(of: conversation), for: caller).items.map {
            "\($0.offset) \($0.author.rawValue) \($0.text)"
        }
    }
}

let ana = Caller(identity: .key(ID(3)), role: .agent, name: "ana")
let bo = Caller(identity: .key(ID(4)), role: .agent, name: "bo")
let admin = Caller.local(name: "root")

extension Timestamp {
    static let start = Timestamp(milliseconds: 1_795_371_601_000)
}

/// Identifiers with the same moment and random bits from a seed.
struct CIDs {
    private var generator = Seeded(state: 7)

    mutating func next() -> ULID { ULID(at: .start, randomness: &generator) }

    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

/// The problem that `body` fails with; `nil` when it does not fail.
func problem(_ body: () async throws -> Void) async throws -> Problem? {
    do {
        try await body()
        return nil
    } catch let problem as Problem {
        return problem
    }
}
