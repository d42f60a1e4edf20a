import DeskAPI
import Testing

@testable import Console

@Suite struct CalmOrderTests {
    private func rows(_ loads: [(pid: Int64, cpu: Double)]) -> [ProcessRow] {
        loads.map { load in
            var record = RunningProcess()
            (record.pid, record.cpu) = (load.pid, load.cpu)
            return ProcessRow(record)
        }
    }

    private func order(_ loads: [(pid: Int64, cpu: Double)], after shown: [Int64]) -> [Int64] {
        CalmOrder(of: shown.map { ProcessKey(pid: $0, started: 0) }).order(rows(loads)) { $0.cpu }.map(\.pid)
    }

    @Test func `one that worked rests where it worked, and nothing else moves`() {
        #expect(order([(1, 9), (2, 0), (3, 0), (4, 0)], after: [4, 1, 2, 3]) == [1, 4, 2, 3])
        #expect(order([(1, 9), (2, 0), (3, 0), (4, 0)], after: [1, 4, 2, 3]) == [1, 4, 2, 3])
    }

    @Test func `new ones stand behind their equals in the desk's order, and who has gone leaves no gap`() {
        #expect(order([(7, 1), (8, 1), (1, 0), (9, 0), (2, 0)], after: [3, 2, 1]) == [7, 8, 2, 1, 9])
        #expect(order([], after: [1, 2]) == [])
    }

    @Test(arguments: 1...20) func `whatever was shown, the value decides, and every row is there once`(_ seed: UInt64) {
        var random = Seeded(seed)
        let loads = (1...60).map { (pid: Int64($0), cpu: Double(Int.random(in: 0...4, using: &random))) }
            .sorted { $0.cpu > $1.cpu }
        let shown = (1...80).map(Int64.init).shuffled(using: &random).prefix(40)
        let cpu = Dictionary(uniqueKeysWithValues: loads.map { ($0.pid, $0.cpu) })
        let ordered = order(loads, after: Array(shown))
        #expect(ordered.sorted() == Array(1...60))
        #expect(ordered.compactMap { cpu[$0] } == loads.map(\.cpu))
        #expect(order(loads, after: ordered) == ordered, "nothing moves when nothing changes")
    }
}
