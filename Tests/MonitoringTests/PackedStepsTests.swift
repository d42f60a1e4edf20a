import Testing

@testable import Monitoring

@Suite struct PackedStepsTests {
    private func cell(_ values: [Double]) -> RollUp.Cell {
        var cell = RollUp.Cell()
        for value in values { cell.take(value) }
        return cell
    }

    @Test func `any row comes back, each value as near as it must be`() throws {
        var random = Seeded(11)
        for _ in 0..<2000 {
            let cells = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                let scales: [Double] = [0, 1, 100, 1e9, 1e-6]
                let scale: Double = scales.randomElement(using: &random) ?? 1
                let count = Int.random(in: 0...4, using: &random)
                let first = Double.random(in: -scale...scale, using: &random)
                let isSteady = Bool.random(using: &random)
                return cell(
                    (0..<count).map { _ in isSteady ? first : Double.random(in: -scale...scale, using: &random) })
            }
            let bytes = PackedSteps.pack(cells)
            for (place, cell) in cells.enumerated() {
                let read = PackedSteps.values(at: place, of: bytes, count: cells.count)
                guard let smallest = cell.minimum, let mean = cell.mean, let largest = cell.maximum else {
                    #expect(read == nil)
                    continue
                }
                let found = try #require(read)
                let spread = largest - smallest
                #expect(abs(found.minimum - smallest) <= abs(smallest) * 1.6e-5 + 1e-38)
                #expect(abs(found.maximum - largest) <= abs(largest) * 1.6e-5 + 1e-38)
                let size: Double = max(abs(smallest), abs(largest))
                #expect(abs(found.mean - mean) <= size * 2e-5 + spread * 1e-5 + 1e-38)
                #expect(found.minimum <= found.mean && found.mean <= found.maximum)
            }
        }
    }

    @Test func `a row of a quiet host is small`() {
        let cells = (0..<100).map { $0 < 50 ? cell([0, 0]) : $0 < 60 ? cell([5, 5]) : cell([]) }
        #expect(PackedSteps.pack(cells).count == 25 + 10 * 4)
    }

    @Test func `rows of the first version are still read`() throws {
        let bytes = PackedValues.pack([1, 2, 3, 4, 5, 6, .nan, .nan, .nan])
        let second = try #require(PackedSteps.values(at: 1, of: bytes, count: 3))
        #expect(second == (4, 5, 6))
        #expect(PackedSteps.values(at: 2, of: bytes, count: 3) == nil)
    }

    @Test func `damaged rows are gaps`() {
        var random = Seeded(12)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...30, using: &random)
            let bytes = (0..<Int.random(in: 0...100, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            for place in -1...count { _ = PackedSteps.values(at: place, of: bytes, count: count) }
        }
        #expect(PackedSteps.values(at: 0, of: [], count: 0) == nil)
    }
}
