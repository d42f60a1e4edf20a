import Testing
import Vocabulary

@Suite struct NounTests {
    @Test func `a ULID sorts by its moment and survives being read back`() {
        var random = SeededRandom(seed: 3)
        let early = ULID(at: Timestamp(milliseconds: 1_795_371_601_000), randomness: &random)
        let late = ULID(at: Timestamp(milliseconds: 1_795_371_601_001), randomness: &random)
        #expect(early.description < late.description)
        #expect(early.description.utf8.count == 26)
        #expect(ULID(early.description.lowercased()) == early)
    }

    @Test func `two ULIDs of the same millisecond differ`() {
        var random = SeededRandom(seed: 4)
        let made = (0..<10_000).map { _ in ULID(at: Timestamp(milliseconds: 5), randomness: &random) }
        #expect(Set(made).count == made.count)
    }

    @Test(arguments: [
        "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01ARZ3NDEKTSV4RRFFQ69G5FAI", "01ARZ3NDEKTSV4RRFFQ69G5FAU", "01ARZ3NDEKTSV4RRFFQ69G5FA ",
        "01ARZ3NDEKTSV4RRFFQ69G5FÀ",
    ])
    func `text that is no ULID is refused`(text: String) {
        #expect(ULID(text) == nil)
    }

    @Test func `the greatest ULID is accepted`() {
        #expect(ULID("7ZZZZZZZZZZZZZZZZZZZZZZZZZ") != nil)
    }

    @Test(arguments: [
        ("assitant", "assistant"), ("thme", "theme"), ("Listen", "listen"), ("lsiten", "listen"), ("x", nil),
        ("completely", nil), ("", nil), ("alert", "alerts"),
    ])
    func `the nearest known name is what a person meant, or nothing`(typed: String, meant: String?) {
        #expect(["theme", "listen", "assistant", "alerts", "data"].nearest(to: typed) == meant)
    }

    @Test func `a share of nothing is not measured`() {
        #expect(Percent(1, of: 0) == nil)
        #expect(Percent(.nan, of: 2) == nil)
        #expect(Percent(.infinity, of: 2) == nil)
        #expect(Percent(1, of: 4) == Percent(25))
        #expect(Percent(-1, of: 4) == Percent(-25))
    }

    @Test func `severities rise from info to critical`() {
        #expect(Severity.allCases.sorted() == [.info, .warning, .critical])
    }

    @Test func `durations become whole milliseconds without overflow`() {
        #expect(Duration.seconds(Int64.max).wholeMilliseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeMilliseconds == .min)
        #expect(Duration.milliseconds(-1).wholeMilliseconds == -1)
        #expect(Duration.microseconds(1500).wholeMilliseconds == 1)
        #expect(Monotonic(nanoseconds: 5) - Monotonic(nanoseconds: 2) == .nanoseconds(3))
        #expect(Monotonic(nanoseconds: 5) + .microseconds(1) == Monotonic(nanoseconds: 1005))
    }
}
