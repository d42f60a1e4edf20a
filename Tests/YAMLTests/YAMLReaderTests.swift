import Testing
import YAML

@Suite struct YAMLReaderTests {
    @Test func `a rule is read into a type`() throws {
        let rule = try read("name: cpu\nfor: 5m\nthreshold: 92.5\nlabels: {team: sre, tier: '1'}\nsteps: [10, 20]\n")
        #expect(
            rule
                == Rule(
                    name: "cpu", wait: .seconds(300), threshold: 92.5, labels: ["team": "sre", "tier": "1"],
                    steps: [10, 20]))
    }

    @Test func `everything that is wrong is told at once, from top to bottom`() {
        let text = """
            thershold: 90
            for: 5 minutes
            labels: [a]
            steps: [1, two, [3]]
            colour: red
            """
        #expect(
            refusal(text) == """
                r.yaml:1:1: the file lacks `name` (text that is not empty)
                r.yaml:1:1: the file lacks `threshold` (a number)
                r.yaml:1:1: unknown key `thershold`, did you mean `threshold`?
                r.yaml:2:6: `for` is "5 minutes"; expected a duration such as 30s, 5m, 1h30m or 2d
                r.yaml:3:9: `labels` is a list; expected a mapping (name: value)
                r.yaml:4:12: `steps[1]` is "two"; expected a whole number
                r.yaml:4:17: `steps[2]` is a list; expected a whole number
                r.yaml:5:1: unknown key `colour`; known here: for, labels, name, steps, threshold
                """)
    }

    @Test func `a name without a value counts as missing only where it may be`() {
        #expect(
            refusal("name:\nthreshold: 1\nfor:\nsteps:\n")
                == "r.yaml:1:6: `name` is empty; expected text that is not empty")
    }

    @Test func `a file that is no mapping is refused`() {
        #expect(refusal("- a\n") == "r.yaml:1:1: the file is a list; expected a mapping (name: value)")
    }

    @Test func `an unknown key deep inside is found`() {
        let failure = #expect(throws: YAMLFailure.self) {
            try YAMLDocument.read(Array("a:\n  - b: {modle: x}\n".utf8), file: "r.yaml") { root in
                root.items("a").compactMap { $0.mapping()?.mapping("b")?.optional("model", as: .string) }
            }
        }
        #expect(failure?.description == "r.yaml:2:9: unknown key `modle`, did you mean `model`?")
    }

    @Test(
        arguments: [
            ("0", 0), ("7", 7), ("-3", -3), ("+4", 4), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
            ("1.0", nil), ("0x10", nil), ("\"7\"", nil), ("1_000", nil), ("", nil), ("٣", nil),
        ] as [(String, Int?)])
    func `whole numbers`(text: String, expected: Int?) {
        #expect(scalar(text, as: .int) == expected)
    }

    @Test(
        arguments: [
            ("0", 0), ("-2.5", -2.5), ("1e3", 1000), ("nan", nil), ("inf", nil), ("1e999", nil), ("0x1p3", nil),
            ("'1'", nil), ("1,5", nil),
        ] as [(String, Double?)])
    func `numbers`(text: String, expected: Double?) {
        #expect(scalar(text, as: .double) == expected)
    }

    @Test(
        arguments: [("true", true), ("false", false), ("yes", nil), ("on", nil), ("'true'", nil), ("1", nil)]
            as [(String, Bool?)])
    func `truth`(text: String, expected: Bool?) {
        #expect(scalar(text, as: .bool) == expected)
    }

    @Test(
        arguments: [
            ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)), ("250ms", .milliseconds(250)),
            ("2d", .seconds(172_800)), ("0s", .zero), ("1m1ms", .milliseconds(60_001)), ("30", nil), ("s", nil),
            ("", nil),
            ("30m1h", nil), ("1h1h", nil), ("-5s", nil), ("1.5h", nil), ("5 m", nil), ("99999999999999999999s", nil),
            ("999999999999d", nil), ("5M", nil),
        ] as [(String, Duration?)])
    func `durations`(text: String, expected: Duration?) {
        #expect(scalar(text, as: .duration) == expected)
    }

    @Test func `bounds are checked and named`() {
        #expect(YAMLType.int(in: 1...9).accepts == "a whole number from 1 to 9")
        #expect(scalar("9", as: .int(in: 1...9)) == 9)
        #expect(scalar("10", as: .int(in: 1...9)) == nil)
        #expect(scalar("0.5", as: .double(in: 0...1)) == 0.5)
        #expect(scalar("1.5", as: .double(in: 0...1)) == nil)
        #expect(scalar("2h", as: .duration(in: .zero ... .seconds(3600))) == nil)
        #expect(YAMLType.duration(in: .seconds(1) ... .seconds(5400)).accepts.hasPrefix("a duration from 1s to 1h30m"))
    }

    @Test func `a choice is one of the names`() {
        #expect(YAMLType<Wire>.choice.accepts == "openai, anthropic or none")
        #expect(scalar("anthropic", as: YAMLType<Wire>.choice) == .anthropic)
        #expect(scalar("OpenAI", as: YAMLType<Wire>.choice) == nil)
    }

    private enum Wire: String, CaseIterable, Sendable {
        case openai, anthropic, none
    }

    private struct Rule: Equatable {
        var name: String
        var wait: Duration
        var threshold: Double
        var labels: [String: String]
        var steps: [Int]
    }

    private func read(_ text: String) throws(YAMLFailure) -> Rule {
        try YAMLDocument.read(Array(text.utf8), file: "r.yaml") { root in
            let name = root.required("name", as: .name)
            let wait = root.optional("for", as: .duration)
            let threshold = root.required("threshold", as: .double)
            let labels = root.mapping("labels")?.entries().map { ($0.key, $0.value.value(as: .string) ?? "") } ?? []
            let steps = root.items("steps").compactMap { $0.value(as: .int) }
            guard let name, let threshold else { return nil }
            return Rule(
                name: name, wait: wait ?? .zero, threshold: threshold,
                labels: Dictionary(uniqueKeysWithValues: labels), steps: steps)
        }
    }

    private func refusal(_ text: String) -> String? {
        do throws(YAMLFailure) {
            _ = try read(text)
            return nil
        } catch {
            return error.description
        }
    }

    private func scalar<Value>(_ text: String, as type: YAMLType<Value>) -> Value? {
        try? YAMLDocument.read(Array("v: \(text)\n".utf8), file: "r.yaml") { $0.required("v", as: type) }
    }
}
