import Settings
import Testing

@Suite struct BudgetSettingTests {
    @Test func `budgets are read exactly`() throws {
        let file = """
            budgets:
              - {for: day, dollars: 20}
              - {for: deployment production, tokens: 2000000}
              - {for: key, dollars: 0.05}
              - {for: key my reports, dollars: 0.000000001}
            """
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: MemoryFiles(["/c.yaml": file]).source)
        #expect(settings.budgets.map(\.scope) == [.day, .deployment, .key, .key])
        #expect(settings.budgets.map(\.name) == [nil, "production", nil, "my reports"])
        #expect(settings.budgets.map(\.nanodollars) == [20_000_000_000, nil, 50_000_000, 1])
        #expect(settings.budgets.map(\.tokens) == [nil, 2_000_000, nil, nil])
    }

    @Test(arguments: [
        ("{for: week, tokens: 5}", "deployment NAME"), ("{for: deployment, tokens: 5}", "deployment NAME"),
        ("{for: day}", "one of `tokens` and `dollars`"), ("{for: day, tokens: 5, dollars: 5}", "one of `tokens`"),
        ("{for: day, dollars: 0}", "dollars, 0.000000001"), ("{for: day, dollars: 1e3}", "dollars, 0.000000001"),
        ("{for: day, tokens: 0}", "tokens"),
    ])
    func `a wrong budget is told`(line: String, words: String) {
        let failure = #expect(throws: SettingsFailure.self) {
            try Settings.resolve(
                flags: ["config": "/c.yaml"], environment: ["HOME": "/h"],
                files: MemoryFiles(["/c.yaml": "budgets:\n  - \(line)\n"]).source)
        }
        #expect("\(String(describing: failure))".contains(words))
    }
}
