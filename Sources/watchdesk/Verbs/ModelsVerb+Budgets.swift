internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ModelsVerb {
    /// Lists budgets.
    struct Budgets: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the budgets of language models, with what is used of each.",
            discussion: """
                Of budgets that every key, customer or conversation has, the fullest are shown.

                EXAMPLE:
                  watchdesk models budgets --json
                """)

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let budgets = try DeskAccess.use(common) { client in
                try await client.call(Operations.listBudgets, Nothing())
            }
            func amount(_ value: Int64, _ unit: BudgetUnit) -> String {
                unit == .tokens ? "\(value) tokens" : ModelsVerb.dollars(value)
            }
            Listing(
                items: budgets.items,
                columns: [
                    .init("BUDGET") { $0.name }, .init("OF") { $0.subject.map { "\($0)" } ?? "" },
                    .init("USED") { "\(Decimals.fixed($0.share, decimals: 1)) %" },
                    .init("USED AMOUNT") { amount($0.used, $0.unit) },
                    .init("RESERVED") { amount($0.reserved, $0.unit) },
                    .init("LIMIT") { amount($0.limit, $0.unit) },
                    .init("BEGINS ANEW") { $0.renewsAt?.rfc3339 ?? "never" },
                ], empty: "No budgets: `budgets` in the configuration sets some."
            ).print(asJSON: list.json)
        }
    }
}
