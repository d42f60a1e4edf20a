import Foundation
import Testing
import Vocabulary

@testable import Learning

@Suite struct DriftTests {
    /// How often an index of 0.25 and one of 0.1 are reached by chance alone.
    private struct Alarms {
        var drifted = 0
        var watched = 0
    }

    @Test func `chance alone hardly ever looks like a drift`() {
        let cases: [(shares: [Double], texts: Int, reference: Int)] = [
            (equal(77), 200, 1993), (uneven(77), 200, 1993), (equal(77), 100, 1993), (uneven(77), 1000, 1993),
            (equal(3), 100, 100), (equal(10), 100, 100), (uneven(150), 200, 500), (equal(77), 200, 200),
            (equal(77), 1000, 200), (uneven(20), 100, 100),
        ]
        for (number, one) in cases.enumerated() {
            let alarms = alarms(one.shares, one.shares, one.texts, one.reference, seed: UInt64(number))
            #expect(alarms.drifted <= 10, "\(one.shares.count) labels, \(one.texts) of \(one.reference): \(alarms)")
        }
    }

    @Test func `half of the traffic on five labels is found in almost every run`() {
        for (number, shares) in [equal(77), uneven(77)].enumerated() {
            // The five that are frequent anyway are in no list: of those, half of the traffic is hardly a change.
            for first in number == 0 ? [0, 36, 72] : [5, 36, 72] {
                let moved = shares.indices.map { shares[$0] / 2 + ((first..<(first + 5)).contains($0) ? 0.1 : 0) }
                let found = alarms(shares, moved, 200, 1993, seed: UInt64(100 + number))
                #expect(found.drifted >= 990, "from \(first): \(found)")
            }
        }
    }

    @Test func `too few texts on either side say nothing, and neither do other labels`() {
        #expect(PopulationStability.index(of: [50, 49], against: [500, 500]) == nil)
        #expect(PopulationStability.index(of: [500, 500], against: [50, 49]) == nil)
        #expect(PopulationStability.index(of: [500, 500], against: [500, 500, 0]) == nil)
        #expect(PopulationStability.index(of: [50, 50], against: [50, 50]) == 0)
    }

    @Test func `what was never given before does not grow unseen`() throws {
        #expect(try #require(PopulationStability.index(of: [50, 50], against: [100, 0])) > 1)
        #expect(try #require(PopulationStability.index(of: [0, 100], against: [100, 0])) > 1)
        #expect(try #require(PopulationStability.index(of: [70, 60, 70], against: [1000, 990, 3])) > 0.5)
        #expect(try #require(PopulationStability.index(of: [70, 70, 60], against: [3, 1000, 990])) > 0.5)
    }

    /// Of a thousand runs, those in which texts of `now` seem to differ from a reference.
    private func alarms(_ usual: [Double], _ now: [Double], _ texts: Int, _ reference: Int, seed: UInt64) -> Alarms {
        var chance = SplitMix64(seed: 77 &+ seed)
        var alarms = Alarms()
        for _ in 0..<1000 {
            let index =
                PopulationStability.index(
                    of: drawn(texts, now, &chance), against: drawn(reference, usual, &chance)) ?? .infinity
            alarms.drifted += index >= 0.25 ? 1 : 0
            alarms.watched += index >= 0.1 ? 1 : 0
        }
        return alarms
    }

    private func drawn(_ count: Int, _ shares: [Double], _ chance: inout SplitMix64) -> [Int] {
        var sums = shares
        for place in sums.indices.dropFirst() { sums[place] += sums[place - 1] }
        let whole = sums.last ?? 1
        var counts = [Int](repeating: 0, count: shares.count)
        for _ in 0..<count {
            let point = Double.random(in: 0..<whole, using: &chance)
            var (low, high) = (0, sums.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > point { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        return counts
    }

    private func equal(_ count: Int) -> [Double] { [Double](repeating: 1 / Double(count), count: count) }

    /// Few labels are most of the traffic (Zipf).
    private func uneven(_ count: Int) -> [Double] {
        let weights = (1...count).map { 1 / Double($0) }
        let whole = weights.reduce(0, +)
        return weights.map { $0 / whole }
    }
}

@Suite struct WordDriftTests {
    @Test func `what was learned is known, and of other words one in two thousand at most`() {
        var chance = SplitMix64(seed: 5)
        let learned = Set((0..<5000).map { _ in chance.next() })
        let filter = WordFilter(learned)
        #expect(learned.allSatisfy(filter.contains))
        let mistaken = (0..<100_000).count { _ in filter.contains(chance.next()) }
        #expect(mistaken <= 100, "\(mistaken)")
        #expect(!WordFilter([]).contains(1))
    }

    @Test func `numbers are no new words, and a long text counts by its beginning`() throws {
        let words = WordFilter(Set(TextTerms.plainWords(of: "Where is my order")))
        func count(_ text: String) -> WordCount { WordCount(of: TextTerms.plainWords(of: text), learned: words) }
        #expect(count("WHERE is order 48213, or a7?") == WordCount(words: 4, new: 1))
        #expect(count(String(repeating: "xyzzy ", count: 1000)) == WordCount(words: 100, new: 100))
        #expect(count("").share == nil)
    }

    @Test func `the reference is what a training's classifier says of its held-out texts`() throws {
        var spec = TrainingSpec()
        (spec.features.bits, spec.features.leastTexts, spec.epochs) = (12, 1, 4)
        let data = try Questions.data()
        var training = try ClassifierTraining(data, spec: spec)
        while training.advance() != .over {}
        let (classifier, evaluation) = training.finish()
        let reference = evaluation.said
        #expect(reference.tally.texts == evaluation.texts && reference.edges.count == 9)
        #expect(reference.tally.confidence.reduce(0, +) == evaluation.texts)
        #expect(reference.edges == reference.edges.sorted())
        for label in classifier.labels.indices {
            let given = evaluation.confusions.filter { $0.given == label }.reduce(0) { $0 + $1.count }
            #expect(reference.tally.labels[label] == given)
        }
        // Half of each: what is asked again is no drift, what nobody ever asked is.
        var same = reference.empty
        for text in data.split(spec).test.map(\.text) { reference.count(classifier.predict(text), in: &same) }
        #expect(same == reference.tally)
        let known = try #require(reference.tally.words.share)
        let foreign = try #require(classifier.predict("warum dauert das bloß so furchtbar lange").words?.share)
        #expect(known < 0.2 && foreign == 1)
    }
}
