import Testing
import Vocabulary

@testable import Monitoring

@Suite struct HistoryLedgerTests {
    private func rows(_ entries: [HistoryEntry], _ tier: HistoryTier) -> [Int64] {
        entries.compactMap { entry in
            guard case .row(tier, let row) = entry else { return nil }
            return row.key.second
        }
    }

    @Test func `what is confirmed is not written again`() {
        var ledger = HistoryLedger()
        let first = ledger.take(snapshot(1000, [1, 2]))
        #expect(first.entries.count == 5, "host, two metrics, layout, row")
        ledger.confirm(first)
        #expect(ledger.take(snapshot(1001, [1, 2])).entries.count == 1)
    }

    @Test func `what could not be written waits for the next`() {
        var ledger = HistoryLedger()
        for second in Int64(1000)..<1005 { _ = ledger.take(snapshot(second, [1, 2])) }
        let batch = ledger.take(snapshot(1005, [1, 2]))
        #expect(rows(batch.entries, .second) == [1000, 1001, 1002, 1003, 1004, 1005])
        ledger.confirm(batch)
        #expect(rows(ledger.take(snapshot(1006, [1, 2])).entries, .second) == [1006])
    }

    @Test func `confirmations may come in any order`() {
        var ledger = HistoryLedger()
        let first = ledger.take(snapshot(1000, [1, 2]))
        let second = ledger.take(snapshot(1001, [1, 2]))
        ledger.confirm(second)
        ledger.confirm(first)
        #expect(rows(ledger.take(snapshot(1002, [1, 2])).entries, .second) == [1002])
    }

    @Test func `a disk that is full for hours costs the oldest rows, never what the others are understood by`() {
        var ledger = HistoryLedger()
        var last = ledger.take(snapshot(10_000, [1, 2]))
        for second in Int64(10_001)..<14_000 { last = ledger.take(snapshot(second, [1, 2])) }
        #expect(last.entries.count == HistoryLedger.waitingLimit)
        #expect(last.entries.filter { !$0.isRow }.count == 4)
        #expect(rows(last.entries, .second).last == 13_999)
        ledger.confirm(last)
        #expect(rows(ledger.take(snapshot(14_000, [1, 2])).entries, .second) == [14_000])
    }

    @Test func `layouts and metrics are numbered once`() {
        var ledger = HistoryLedger()
        let first = ledger.take(snapshot(1000, [1, 2]))
        ledger.confirm(first)
        let second = ledger.take(snapshot(1001, [1, 2, 3], layout: threeMetrics))
        ledger.confirm(second)
        #expect(second.entries.filter { !$0.isRow }.count == 2, "one new metric, one new layout")
        let third = ledger.take(snapshot(1002, [1, 2]))
        #expect(third.entries.count == 1)
    }

    @Test func `a sample stands for the nearest second`() {
        #expect(HistoryLedger.second(of: moment(100) + .milliseconds(499)) == 100)
        #expect(HistoryLedger.second(of: moment(100) + .milliseconds(-400)) == 100)
    }

    @Test(
        arguments: [
            // span, wanted step, age of the beginning -> tier, step
            (300, nil, 300, HistoryTier.second, 1), (3600, nil, 3600, .second, 6), (86_400, nil, 86_400, .minute, 180),
            (300, 1, 10_000, .tenSeconds, 10), (600, 60, 600, .minute, 60), (600, 90, 600, .minute, 120),
            (63_000_000, 1, 63_000_000, .hour, 3600), (100, 7, 100, .second, 7),
            (86_400, 60, 3_000_000, .hour, 3600),
        ] as [(Int64, Int64?, Int64, HistoryTier, Int64)])
    func `the plan takes the coarsest rows that are fine enough and still kept`(
        span: Int64, wanted: Int64?, age: Int64, tier: HistoryTier, step: Int64
    ) {
        let now: Int64 = 1_795_370_400
        let plan = HistoryPlan(
            from: now - age, to: now - age + span, step: wanted, now: now, retention: HistoryRetention())
        #expect(plan.tier == tier)
        #expect(plan.step == step)
        #expect(plan.start % plan.step == 0)
        #expect(plan.start <= now - age && plan.end >= now - age + span)
        #expect(plan.count <= 20_002)
    }
}
