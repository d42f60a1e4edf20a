internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// What is set aside for one call; what is not settled is released with the last reference to it.
public final class BudgetClaim: Sendable {
    private let budgets: Budgets
    private let places: Set<Budgets.Place>
    private let amount: BudgetAmount
    private let day: Int64
    private let isOpen = NIOLockedValueBox(true)

    init(_ budgets: Budgets, _ places: Set<Budgets.Place>, _ amount: BudgetAmount, day: Int64) {
        (self.budgets, self.places, self.amount, self.day) = (budgets, places, amount, day)
    }

    deinit {
        close(BudgetAmount())
    }

    /// Counts what was really used in place of what was set aside; gives what is to be written, nothing the second time.
    public func settle(_ used: BudgetAmount) -> [BudgetCharge] {
        close(used) ? places.map { BudgetCharge(place: $0, amount: used, day: day) } : []
    }

    @discardableResult
    private func close(_ used: BudgetAmount) -> Bool {
        let isFirst = isOpen.withLockedValue { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if isFirst { budgets.settle(places, reserved: amount, used: used) }
        return isFirst
    }
}

/// What was used of one budget, on its way to the disk.
public struct BudgetCharge: Equatable, Sendable {
    let place: Budgets.Place
    let amount: BudgetAmount
    let day: Int64

    /// Writes charges, those of one budget as one row.
    static func write(_ charges: [BudgetCharge], in transaction: Transaction) throws {
        for (place, own) in Dictionary(grouping: charges, by: \.place) {
            let sum = own.reduce(BudgetAmount()) { $0 + $1.amount }
            try transaction.run(
                """
                INSERT INTO budget_use (name, subject, day, tokens, nanodollars, used_on) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (name, subject, day) DO UPDATE SET tokens = tokens + excluded.tokens,
                    nanodollars = nanodollars + excluded.nanodollars, used_on = max(used_on, excluded.used_on)
                """, place.name, place.subject, place.day, sum.tokens, sum.nanodollars, own.map(\.day).max() ?? 0)
        }
    }
}
