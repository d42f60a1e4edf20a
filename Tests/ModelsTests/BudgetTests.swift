import Bus
import DeskAPI
import Foundation
import Models
import Storage
import Testing
import Vocabulary

@Suite struct BudgetTests {
    private static let day: Int64 = 86_400_000
    private let noon = Timestamp(milliseconds: 20_000 * BudgetTests.day + BudgetTests.day / 2)

    @Test func `64 callers at once never take more than there is, and none is refused what is left`() async throws {
        try await withDatabase { database, _ in
            let budgets = try await Budgets.open([Budget(for: .day, 1000, .tokens)], database: database, now: noon)
            let claims = await withTaskGroup(of: [BudgetClaim].self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        (0..<50).compactMap { _ in
                            try? budgets.reserve(BudgetAmount(tokens: 10), for: BudgetSubject(), at: noon)
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.count == 100)
            #expect(budgets.list(at: noon).items.map(\.reserved) == [1000])
            for claim in claims { _ = claim.settle(BudgetAmount(tokens: 4)) }
            for claim in claims { #expect(claim.settle(BudgetAmount(tokens: 4)).isEmpty) }
            let state = try #require(budgets.list(at: noon).items.first)
            #expect((state.used, state.reserved, state.share) == (400, 0, 40))
        }
    }

    @Test(arguments: 0..<20)
    func `what is used is the sum of what was settled, through failures and crashes`(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let all = [
            Budget(for: .day, 3000, .tokens), Budget(for: .day, 900, .nanodollars),
            Budget(for: .customer, 800, .tokens), Budget(for: .conversation, 300, .tokens),
            Budget(for: .deployment("production"), 2000, .tokens),
        ]
        try await withDatabase { database, models in
            var budgets = try await Budgets.open(all, database: database, now: noon)
            var open: [(claim: BudgetClaim, customer: Int64, amount: Int64)] = []
            var used: [Int64: Int64] = [:]
            for _ in 0..<400 {
                switch Int.random(in: 0..<20, using: &random) {
                case 0:
                    // A crash: what was not settled is gone, what was is on the disk.
                    open = []
                    budgets = try await Budgets.open(all, database: database, now: noon)
                case 1..<11:
                    let customer = Int64.random(in: 1...4, using: &random)
                    let amount = Int64.random(in: 1...90, using: &random)
                    var subject = BudgetSubject()
                    (subject.deployment, subject.customer) = ("production", ID(customer))
                    subject.conversation = customer * 10
                    let tokens = BudgetAmount(tokens: amount, nanodollars: amount / 4)
                    let own = open.filter { $0.customer == customer }.reduce(0) { $0 + $1.amount }
                    let fits =
                        used.values.reduce(0, +) + open.reduce(0) { $0 + $1.amount } + amount <= 2000
                        && used[customer, default: 0] + own + amount <= 300
                    do {
                        let claim = try budgets.reserve(tokens, for: subject, at: noon)
                        #expect(fits)
                        open.append((claim, customer, amount))
                    } catch {
                        #expect(!fits, "refused \(error) although it fits")
                    }
                case 11..<14:
                    if !open.isEmpty { open.remove(at: Int.random(in: 0..<open.count, using: &random)) }
                default:
                    guard !open.isEmpty else { continue }
                    let call = open.remove(at: Int.random(in: 0..<open.count, using: &random))
                    let amount = Int64.random(in: 0...call.amount, using: &random)
                    let charges = call.claim.settle(BudgetAmount(tokens: amount, nanodollars: amount / 4))
                    try await models.record([], charging: charges, at: noon)
                    used[call.customer, default: 0] += amount
                }
            }
            open = []
            let again = try await Budgets.open(all, database: database, now: noon)
            #expect(again.list(at: noon) == budgets.list(at: noon))
            let customers = again.list(at: noon).items.filter { $0.name == "customer" && $0.subject != nil }
            for state in customers { #expect(state.used == used[state.subject ?? 0, default: 0]) }
            #expect(again.list(at: noon).items.first?.used == used.values.reduce(0, +))
        }
    }

    @Test func `a refusal names the budget and when it begins anew, and then it does`() async throws {
        try await withDatabase { database, _ in
            let budgets = try await Budgets.open(
                [Budget(for: .key("reporting"), 50, .tokens), Budget(for: .conversation, 70, .tokens)],
                database: database, now: noon)
            var subject = BudgetSubject()
            subject.key = (ID(3), "reporting")
            _ = try budgets.reserve(BudgetAmount(tokens: 40), for: subject, at: noon).settle(BudgetAmount(tokens: 40))
            let refusal = #expect(throws: BudgetRefusal.self) {
                try budgets.reserve(BudgetAmount(tokens: 20), for: subject, at: noon)
            }
            #expect(refusal?.description.contains("`key reporting` (tokens) has not enough left") == true)
            let midnight = noon + .milliseconds(BudgetTests.day / 2)
            #expect(refusal?.renewsAt == midnight)
            _ = try budgets.reserve(BudgetAmount(tokens: 20), for: subject, at: midnight)
            let never = #expect(throws: BudgetRefusal.self) {
                try budgets.reserve(BudgetAmount(tokens: 51), for: subject, at: midnight)
            }
            #expect(never?.isTooSmall == true)
            subject.key = (ID(4), "other")
            _ = try budgets.reserve(BudgetAmount(tokens: 900), for: subject, at: midnight)
        }
    }

    private func withDatabase(_ body: (Database, Models) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("budgets-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try Database.open(
            at: folder + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Models.migrations,
            now: noon)
        defer { database.close() }
        try await body(database, try Models.open(database: database, bus: Bus<DeskEvent>()))
    }
}
