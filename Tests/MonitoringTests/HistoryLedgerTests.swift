import Testing
import Vocabulary

@testable import Monitoring

@Suite struct HistoryLedgerTests {
    private func rows(_ entries: [HistoryEntry], _ tier: HistoryTier = .second) -> [Int64] {
        entries.compactMap { entry in
            guard case .row(tier, let row) = entry else { return nil }
            return row.key.second
        }
    }

    private func drained(_ ledger: inout HistoryLedger, _ seconds: ClosedRange<Int64>) -> [HistoryEntry] {
        for second in seconds { ledger.receive(snapshot(second, [1, 2])) }
        return ledger.drain()
    }

    @Test func `what is written once is not written again`() {
        var ledger = HistoryLedger()
        #expect(drained(&ledger, 1000...1000).count == 5, "host, two metrics, layout, row")
        #expect(drained(&ledger, 1001...1001).count == 1)
        #expect(ledger.drain().isEmpty)
    }

    @Test func `what could not be written waits for the next, in order`() {
        var ledger = HistoryLedger()
        let first = drained(&ledger, 1000...1002)
        ledger.receive(snapshot(1003, [1, 2]))
        ledger.putBack(first)
        #expect(rows(ledger.drain()) == [1000, 1001, 1002, 1003])
        #expect(ledger.drain().isEmpty)
    }

    @Test func `a disk that is full for hours costs the oldest rows, never what the others are understood by`() {
        var ledger = HistoryLedger()
        for second in Int64(10_000)..<13_500 {
            ledger.receive(snapshot(second, [1, 2]))
            ledger.putBack(ledger.drain())
        }
        let entries = ledger.drain()
        #expect(entries.count == HistoryLedger.waitingLimit)
        #expect(rows(entries).last == 13_499)
        #expect(entries.filter { if case .row = $0 { false } else { true } }.count == 4)
    }

    @Test func `samples that nobody fetches are bounded too`() {
        var ledger = HistoryLedger()
        for second in Int64(10_000)..<13_500 { ledger.receive(snapshot(second, [1, 2])) }
        #expect(rows(ledger.drain()).count == HistoryLedger.waitingLimit)
    }

    @Test func `layouts and metrics are numbered once`() {
        var ledger = HistoryLedger()
        _ = drained(&ledger, 1000...1000)
        ledger.receive(snapshot(1001, [1, 2, 3], layout: threeMetrics))
        #expect(ledger.drain().count == 3, "one new metric, one new layout, one row")
        #expect(drained(&ledger, 1002...1002).count == 1)
    }

    @Test func `steps that are over become rows with the sample that ends them`() {
        var ledger = HistoryLedger()
        #expect(rows(drained(&ledger, 1200...1259), .tenSeconds) == [1200, 1210, 1220, 1230, 1240])
        let entries = drained(&ledger, 1260...1260)
        #expect(rows(entries, .tenSeconds) == [1250])
        #expect(rows(entries, .minute) == [1200])
        #expect(rows(entries, .hour).isEmpty)
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

    @Test(arguments: 0..<200)
    func `no span, however odd, asks for more points than fit or begins after it`(seed: Int) {
        var random = Seeded(UInt64(seed))
        let edges: [Int64] = [-62_135_596_800, -1, 0, 1, 1_795_370_400, 253_402_300_799]
        let from = (edges.randomElement(using: &random) ?? 0) + Int64.random(in: -90_000...90_000, using: &random)
        let to = from + (1 << Int64.random(in: 0..<38, using: &random))
        let step = Bool.random(using: &random) ? nil : Int64.random(in: 1...86_400, using: &random)
        let plan = HistoryPlan(from: from, to: to, step: step, now: 1_795_370_400, retention: HistoryRetention())
        #expect(plan.start <= from && plan.end >= to)
        #expect((1...20_002).contains(plan.count))
        #expect(plan.step >= step ?? 1 && plan.step % plan.tier.step == 0)
    }
}
