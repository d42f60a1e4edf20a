public import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// What of each budget is used and reserved: reserved before a call, settled after it to what was really used.
///
/// The counters are in memory, so that a call waits for no disk; what is settled is written in the same transaction as
/// the counts of the versions (``Models/record(_:charging:at:)``). Reservations live in memory only: a crash releases
/// them.
public final class Budgets: Sendable {
    /// One counter: a budget's name, whose it is, and its day; day 0 is for what does not begin anew.
    struct Place: Hashable, Sendable {
        let name: String
        let subject: Int64
        let day: Int64
    }

    private struct Account {
        var used = BudgetAmount()
        var reserved = BudgetAmount()
    }

    private struct State {
        var accounts: [Place: Account] = [:]
        var day: Int64 = 0

        /// Forgets the days before.
        mutating func turn(to today: Int64) {
            guard today != day else { return }
            day = today
            accounts = accounts.filter { place, account in
                place.day == 0 || place.day >= today || account.reserved != BudgetAmount()
            }
        }
    }

    private let budgets: [Budget]
    private let state = NIOLockedValueBox(State())
    private static let dayLength: Int64 = 86_400_000
    /// Days after which a conversation's use is forgotten.
    private static let conversationDays: Int64 = 31
    /// Of budgets that many have, the fullest are listed.
    private static let mostListed = 20

    /// Reads what was used, and forgets what no budget needs any more.
    ///
    /// - Throws: ``StorageFailure``.
    public static func open(_ budgets: [Budget], database: Database, now: Timestamp) async throws -> Budgets {
        let fresh = Budgets(budgets)
        let today = Budgets.day(of: now)
        let accounts = try await database.write { transaction in
            try transaction.run(
                "DELETE FROM budget_use WHERE (day > 0 AND day < ?) OR used_on < ?", today,
                today - conversationDays)
            return try transaction.rows("SELECT name, subject, day, tokens, nanodollars FROM budget_use") { row in
                (
                    Place(name: try row[0], subject: try row[1], day: try row[2]),
                    BudgetAmount(tokens: try row[3], nanodollars: try row[4])
                )
            }
        }
        fresh.state.withLockedValue { state in
            state.day = today
            for (place, used) in accounts { state.accounts[place] = Account(used: used) }
        }
        return fresh
    }

    private init(_ budgets: [Budget]) {
        self.budgets = budgets
    }

    /// Whether there is nothing to count.
    public var isEmpty: Bool { budgets.isEmpty }

    /// Sets so much aside in every budget that the subject has, or in none.
    ///
    /// - Throws: ``BudgetRefusal`` for the first budget that it would exceed.
    public func reserve(
        _ amount: BudgetAmount, for subject: BudgetSubject, at now: Timestamp
    ) throws(BudgetRefusal) -> BudgetClaim {
        let today = Budgets.day(of: now)
        let concerned = budgets.compactMap { budget in
            Budgets.place(of: budget, for: subject, on: today).map { (budget: budget, place: $0) }
        }
        let places = Set(concerned.map(\.place))
        let exceeded: Budget? = state.withLockedValue { state in
            state.turn(to: today)
            for (budget, place) in concerned {
                let account = state.accounts[place] ?? Account()
                let free = budget.limit - account.used[budget.unit] - account.reserved[budget.unit]
                if amount[budget.unit] > free { return budget }
            }
            for place in places {
                state.accounts[place, default: Account()].reserved =
                    (state.accounts[place]?.reserved ?? BudgetAmount()) + amount
            }
            return nil
        }
        if let exceeded {
            throw BudgetRefusal(
                budget: exceeded, renewsAt: Budgets.renewal(of: exceeded, after: now),
                isTooSmall: amount[exceeded.unit] > exceeded.limit)
        }
        return BudgetClaim(self, places, amount, day: today)
    }

    func settle(_ places: Set<Place>, reserved: BudgetAmount, used: BudgetAmount) {
        state.withLockedValue { state in
            for place in places {
                guard var account = state.accounts[place] else { continue }
                account.reserved = account.reserved - reserved
                account.used = account.used + used
                state.accounts[place] = account
            }
        }
    }

    /// Every budget with what is left of it; of those that many have, the fullest.
    public func list(at now: Timestamp) -> List<BudgetState> {
        let today = Budgets.day(of: now)
        let accounts = state.withLockedValue { state in
            state.turn(to: today)
            return state.accounts
        }
        return List(
            budgets.flatMap { budget in
                let own = accounts.filter { place, _ in
                    place.name == budget.name && (place.day == 0 || place.day == today)
                }
                let states = own.map { Budgets.state(of: budget, $0.key, $0.value, at: now) }
                    .sorted { ($1.used + $1.reserved, $0.subject ?? 0) < ($0.used + $0.reserved, $1.subject ?? 0) }
                return states.isEmpty
                    ? [Budgets.state(of: budget, nil, Account(), at: now)] : Array(states.prefix(Budgets.mostListed))
            })
    }

    /// The fullest budget's share of use, 0 to 100 and more; `nil` without budgets.
    public func share(at now: Timestamp) -> Double? {
        budgets.isEmpty ? nil : list(at: now).items.map(\.share).max()
    }

    private static func state(
        of budget: Budget, _ place: Place?, _ account: Account, at now: Timestamp
    ) -> BudgetState {
        var state = BudgetState()
        state.name = budget.name
        if let place, place.subject != 0 { state.subject = place.subject }
        state.unit = budget.unit
        state.limit = budget.limit
        state.used = account.used[budget.unit]
        state.reserved = account.reserved[budget.unit]
        state.share = Double(state.used) / Double(budget.limit) * 100
        state.renewsAt = renewal(of: budget, after: now)
        return state
    }

    private static func day(of now: Timestamp) -> Int64 { now.milliseconds / dayLength }

    private static func renewal(of budget: Budget, after now: Timestamp) -> Timestamp? {
        budget.scope == .conversation ? nil : Timestamp(milliseconds: (day(of: now) + 1) * dayLength)
    }

    private static func place(of budget: Budget, for subject: BudgetSubject, on today: Int64) -> Place? {
        func place(_ number: Int64, _ day: Int64) -> Place { Place(name: budget.name, subject: number, day: day) }
        return switch budget.scope {
        case .day: place(0, today)
        case .deployment(let name): subject.deployment == name ? place(0, today) : nil
        case .key(let name): subject.key?.name == name ? place(0, today) : nil
        case .eachKey: subject.key.map { place($0.id.number, today) }
        case .customer: subject.customer.map { place($0.number, today) }
        case .conversation: subject.conversation.map { place($0, 0) }
        }
    }
}
