import DeskAPI
import Testing
import Vocabulary

@testable import Models

/// Which places of the circle belong to whom, for any order of beginnings, steps and endings.
@Suite struct PlacesTests {
    @Test func `places add, leave and split like sets`() throws {
        var chance = SplitMix64(seed: 3)
        func random() -> (Places, Set<Int64>) {
            let ranges = (0..<Int.random(in: 0...5, using: &chance)).map { _ -> Range<Int64> in
                let start = Int64.random(in: 0..<60, using: &chance)
                return start..<Int64.random(in: start...60, using: &chance)
            }
            return (Places(ranges), Set(ranges.flatMap { Array($0) }))
        }
        for _ in 0..<2000 {
            let (first, second) = (random(), random())
            let count = Int64.random(in: -3...70, using: &chance)
            for (places, set) in [
                first, (first.0.union(second.0), first.1.union(second.1)),
                (first.0.subtracting(second.0), first.1.subtracting(second.1)),
                (first.0.lowest(count), Set(first.1.sorted().prefix(max(0, Int(count))))),
            ] {
                #expect(Set(places.ranges.flatMap { Array($0) }) == set && places.count == Int64(set.count))
                #expect((-1..<62).allSatisfy { places.contains($0) == set.contains($0) })
                #expect(zip(places.ranges, places.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
                #expect(try Places(text: places.text) == places)
            }
        }
        #expect(throws: FieldFault.self) { try Places(text: "5-3") }
        #expect(throws: FieldFault.self) { try Places(text: "0-20000") }
    }

    @Test func `while shares only grow, nobody is moved from a tried version`() {
        for seed in UInt64(0)..<60 {
            var chance = SplitMix64(seed: seed)
            var circles = (0..<4).map { _ in Circle() }
            var shares = [Int64](repeating: 0, count: 4)
            for _ in 0..<12 {
                let arm = Int.random(in: 0..<4, using: &chance)
                let room = 10_000 - shares.reduce(0, +)
                guard room > 0 else { break }
                let before = PlacesTests.owners(circles)
                shares[arm] += Int64.random(in: 1...room, using: &chance)
                PlacesTests.grow(arm, shares, among: &circles)
                let after = PlacesTests.owners(circles)
                #expect(zip(before, after).allSatisfy { $0 == nil || $0 == $1 }, "seed \(seed)")
                // Each has what its share says, and no place has two owners.
                let counts = after.reduce(into: [0, 0, 0, 0]) { counts, owner in owner.map { counts[$0] += 1 } }
                #expect(counts == shares.map { Int($0) }, "seed \(seed)")
                #expect(circles.map(\.places.count) == shares)
            }
        }
    }

    @Test func `what is taken back goes to the stable version, and is given out again last`() {
        var circles = (0..<3).map { _ in Circle() }
        var shares: [Int64] = [2500, 1000, 0]
        PlacesTests.grow(0, shares, among: &circles)
        PlacesTests.grow(1, shares, among: &circles)
        let gone = circles[0].places
        shares = [0, 1000, 7000]
        PlacesTests.grow(2, shares, among: &circles)
        // 6,500 places nobody had, and 500 of those that were taken back.
        #expect(circles[2].places.subtracting(gone).count == 6500 && circles[1].places.count == 1000)
        #expect(circles[2].places.subtracting(circles[1].places).count == 7000)
    }

    @Test func `one alone has the lowest places, as ever`() {
        var circle = Circle()
        for share: Int64 in [100, 500, 2500, 5000, 10_000] {
            circle.grow(to: share)
            #expect(circle.places == Places(first: share))
        }
    }

    /// Who has each of the ten thousand places.
    private static func owners(_ circles: [Circle]) -> [Int?] {
        var owners = [Int?](repeating: nil, count: 10_000)
        for (arm, circle) in circles.enumerated() {
            for place in circle.places.ranges.joined() {
                if owners[Int(place)] != nil { Issue.record("place \(place) has two versions") }
                owners[Int(place)] = arm
            }
        }
        return owners
    }

    /// Gives one its share beside the others; a share of zero is one that is over.
    private static func grow(_ arm: Int, _ shares: [Int64], among circles: inout [Circle]) {
        circles[arm].neighbours = circles.indices.filter { $0 != arm }.map { other in
            Circle.Neighbour(
                deployment: ID(Int64(other)), version: ID(Int64(other)),
                status: shares[other] > 0 || circles[other].places.count == 0 ? .canary : .rolledBack,
                share: shares[other], places: circles[other].places)
        }
        circles[arm].grow(to: shares[arm])
    }
}
