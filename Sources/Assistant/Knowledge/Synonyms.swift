/// Words that customers of any desk use for one another; only such as may safely stand for each other.
enum Synonyms {
    /// What a synonym counts of the word itself.
    static let weight = 0.6

    /// The other terms of a term's group, and what it means with the term behind it; empty without any.
    static func of(_ term: String, before next: String?) -> [String] {
        let pair = next.flatMap { pairs["\(term) \($0)"] }
        return (others[term] ?? []) + (pair.map { [$0] + (others[$0] ?? []) } ?? [])
    }

    private static let groups = [
        "refund reimbursement reimburse", "cancel terminate", "invoice bill", "login signin logon",
        "register signup enrol enroll", "shipping shipment delivery deliver ship", "buy purchase", "pay payment",
        "price cost", "phone telephone smartphone cellphone", "delete remove erase", "coupon voucher",
        "broken damaged faulty defective", "photo picture image", "email mail", "replace replacement exchange swap",
        "change modify", "discount rebate", "vacation holiday", "wifi wlan",
    ]

    /// Two words that mean one.
    private static let pairs: [String: String] = {
        var pairs: [String: String] = [:]
        for (words, meaning) in [("money back", "refund"), ("phone number", "telephone")] {
            pairs[Terms.of(words).joined(separator: " ")] = Terms.of(meaning).first
        }
        return pairs
    }()

    private static let others: [String: [String]] = {
        var others: [String: [String]] = [:]
        for group in groups {
            let terms = Terms.of(group)
            for term in terms { others[term] = Array(Set(terms).subtracting([term])).sorted() }
        }
        return others
    }()
}
