import Testing

@testable import Monitoring

@Suite struct RollUpTests {
    @Test func `a step closes when a sample of another step comes`() throws {
        var roll = RollUp(tier: .tenSeconds)
        #expect(roll.take([5, .nan], of: [1, 2], at: 100) == nil)
        #expect(roll.take([1, 4], of: [1, 2], at: 109) == nil)
        let taken = roll.take([9, 9], of: [1, 2], at: 110)
        let closed = try #require(taken)
        #expect(closed.slot == 100)
        #expect(closed.metrics == [1, 2])
        #expect(closed.cells.map(\.minimum) == [1, 4])
        #expect(closed.cells.map(\.mean) == [3, 4])
        #expect(closed.cells.map(\.maximum) == [5, 4])
    }

    @Test func `a device that goes within a step keeps what it had, and one that comes begins then`() throws {
        var roll = RollUp(tier: .tenSeconds)
        _ = roll.take([1, 10], of: [1, 2], at: 100)
        _ = roll.take([30, 3], of: [3, 1], at: 101)
        _ = roll.take([5, 20], of: [1, 2], at: 102)
        let taken = roll.take([0, 0], of: [1, 2], at: 120)
        let closed = try #require(taken)
        #expect(closed.metrics == [1, 2, 3])
        #expect(closed.cells.map(\.mean) == [3, 15, 30])
    }

    @Test func `a metric that was never known is no number, not 0`() throws {
        var roll = RollUp(tier: .minute)
        _ = roll.take([.nan, .infinity], of: [1, 2], at: 60)
        let taken = roll.take([1, 1], of: [1, 2], at: 120)
        let closed = try #require(taken)
        #expect(closed.cells.allSatisfy { $0.minimum == nil && $0.mean == nil && $0.maximum == nil })
    }

    @Test(arguments: [0, 1, -1, 97.25, 1_000_000, 25_274_793_984, 1e-3])
    func `packed numbers keep seven digits`(value: Double) throws {
        let read = try #require(PackedValues.value(at: 1, of: PackedValues.pack([.nan, value])))
        #expect(abs(read - value) <= abs(value) * 6e-8)
        #expect(PackedValues.value(at: 0, of: PackedValues.pack([.nan, value])) == nil)
    }

    @Test func `a row that is too short has no value there`() {
        #expect(PackedValues.value(at: 1, of: [0, 0, 0, 0, 1, 2, 3]) == nil)
        #expect(PackedValues.value(at: -1, of: [0, 0, 0, 0]) == nil)
    }

    @Test func `keys of one host lie together in the order of time`() {
        let key = HistoryKey(host: 3, second: 1_795_370_400)
        #expect(key.second == 1_795_370_400)
        #expect(key.number < HistoryKey(host: 3, second: 1_795_370_401).number)
        #expect(HistoryKey(host: 3, second: .max).number < HistoryKey(host: 4, second: -5).number)
        #expect(HistoryKey(host: 4, second: 0).number == HistoryKey.end(of: 3).number)
    }
}
