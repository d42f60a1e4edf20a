internal import Host
internal import Models
internal import NIOConcurrencyHelpers

/// What one answer may use of the budgets: set aside before each try, settled once at the end.
final class AnswerBudget: Sendable {
    private let budgets: Budgets
    private let subject: BudgetSubject
    private let price: TokenPrice?
    private let clock: HostClock
    private let claim = NIOLockedValueBox<BudgetClaim?>(nil)

    init(_ budgets: Budgets, _ subject: BudgetSubject, _ price: TokenPrice?, clock: HostClock) {
        (self.budgets, self.subject, self.price, self.clock) = (budgets, subject, price, clock)
    }

    /// Sets aside what the prompt and the longest answer take, in place of what was set aside before.
    func reserve(prompt: Int, answer: Int) throws(BudgetRefusal) {
        claim.withLockedValue { $0 = nil }
        let tokens = TokenCounts(prompt: Int64(prompt), answer: Int64(answer))
        let amount = BudgetAmount(tokens: tokens.all, nanodollars: price?.cost(of: tokens) ?? 0)
        let fresh = try budgets.reserve(amount, for: subject, at: clock.now())
        claim.withLockedValue { $0 = fresh }
    }

    /// Sets aside in the same way; gives why it could not be in place of a failure.
    var refusal: @Sendable (_ prompt: Int, _ answer: Int) -> String? {
        { prompt, answer in
            do throws(BudgetRefusal) {
                try self.reserve(prompt: prompt, answer: answer)
                return nil
            } catch {
                return error.description
            }
        }
    }

    /// Counts what was used in place of what was set aside; gives what is to be written.
    func settle(_ use: ModelUse) -> [BudgetCharge] {
        claim.withLockedValue { claim in
            defer { claim = nil }
            return claim?.settle(BudgetAmount(tokens: use.tokens.all, nanodollars: use.cost)) ?? []
        }
    }
}
