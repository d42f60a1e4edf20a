internal import Vocabulary
internal import YAML

/// How much language models may use for something.
///
/// ```yaml
/// budgets:
///   - {for: day, dollars: 20}
///   - {for: deployment production, tokens: 2000000}
///   - {for: customer, dollars: 0.05}
/// ```
public struct BudgetSetting: Equatable, Sendable {
    /// What shares it.
    public enum Scope: String, CaseIterable, Sendable {
        /// Everything of a day.
        case day
        /// One deployment's, a day.
        case deployment
        /// One API key's, or each one's without a name, a day.
        case key
        /// Each customer's, a day.
        case customer
        /// Each conversation's.
        case conversation
    }

    /// What shares it.
    public let scope: Scope
    /// The deployment or the key; `nil` for every other scope, and for each key.
    public let name: String?
    /// How many tokens; `nil` for a budget in dollars.
    public let tokens: Int64?
    /// How many nano-dollars; `nil` for a budget in tokens.
    public let nanodollars: Int64?

    /// The most budgets.
    public static let limit = 50

    static func read(_ root: YAMLMapping) -> [BudgetSetting] {
        let items = root.items("budgets")
        if items.count > limit { root.refuse("there are \(items.count) budgets; at most \(limit) can be used") }
        var known: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let scope = mapping.required("for", as: .budgetScope)
            let tokens = mapping.optional("tokens", as: .int(in: 1...1_000_000_000_000))
            let dollars = mapping.optional("dollars", as: .dollars)
            let isOne = (mapping.reader("tokens") == nil) != (mapping.reader("dollars") == nil)
            if !isOne { mapping.refuse("a budget needs one of `tokens` and `dollars`") }
            guard let scope, isOne, tokens != nil || dollars != nil else { return nil }
            if !known.insert("\(scope.0.rawValue) \(scope.1 ?? "") \(tokens == nil)").inserted {
                item.refuse("there is already such a budget for the same")
            }
            return BudgetSetting(
                scope: scope.0, name: scope.1, tokens: tokens.map(Int64.init), nanodollars: dollars)
        }
    }
}

extension YAMLType<(BudgetSetting.Scope, String?)> {
    fileprivate static var budgetScope: Self {
        YAMLType("day, deployment NAME, key NAME, key, customer or conversation") { scalar in
            let words = scalar.text.split(separator: " ", maxSplits: 1).map(String.init)
            guard let scope = words.first.flatMap(BudgetSetting.Scope.init), scalar.text.utf8.count <= 200 else {
                return nil
            }
            let name = words.dropFirst().first
            switch scope {
            case .deployment: return name == nil ? nil : (scope, name)
            case .key: return (scope, name)
            case .day, .customer, .conversation: return name == nil ? (scope, nil) : nil
            }
        }
    }
}

extension YAMLType<Int64> {
    /// Dollars as whole nano-dollars: read digit by digit, so that nothing is rounded.
    fileprivate static var dollars: Self {
        YAMLType("dollars, 0.000000001 to 1000000, such as 20 or 0.05") { scalar in
            let parts = scalar.text.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let whole = parts.first, (1...7).contains(whole.utf8.count) else {
                return nil
            }
            let fraction = parts.count == 2 ? parts[1] : "0"
            let digits = whole + fraction
            guard (1...9).contains(fraction.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
                return nil
            }
            let padded = digits + String(repeating: "0", count: 9 - fraction.utf8.count)
            return Int64(padded).flatMap { (1...1_000_000_000_000_000).contains($0) ? $0 : nil }
        }
    }
}
