import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Models

/// Several versions that are tried at once: each has its own evidence, and all of them one allowed chance of a mistake.
@Suite struct SeveralEvidenceTests {
    /// How many days are simulated; `WATCHDESK_DAYS=2000` for the figures of the documentation.
    private let days = ProcessInfo.processInfo.environment["WATCHDESK_DAYS"].flatMap(Int.init) ?? 200

    @Test func `of three equally good versions hardly ever any is taken back`() {
        for (shares, base) in [([0.1, 0.1, 0.1], 0.02), ([0.25, 0.25, 0.25], 0.02), ([0.05, 0.25, 0.5], 0.05)] {
            let wrong = (0..<days).count { day in
                !Day(seed: 40_000 + UInt64(day), shares, failing: [base, base, base], stable: base).taken.isEmpty
            }
            if days > 200 { print("days with a false rollback of three: \(wrong) of \(days), \(shares), \(base)") }
            #expect(Double(wrong) <= 0.01 * Double(days) + 4, "\(wrong) of \(days) days, \(shares), \(base)")
        }
    }

    @Test func `a bad version among two good ones is taken back alone, after a few bad conversations`() {
        let all = (0..<days).map { day in
            Day(seed: 50_000 + UInt64(day), [0.1, 0.1, 0.1], failing: [0.02, 0.5, 0.02], stable: 0.02)
        }
        let bad = all.compactMap { $0.taken[1] }.sorted()
        let wrong = all.count { $0.taken[0] != nil || $0.taken[2] != nil }
        if days > 200 { print("bad conversations until the rollback, median: \(bad[bad.count / 2]); wrong: \(wrong)") }
        #expect(bad.count == days && bad[days / 2] <= 7, "median \(bad[days / 2])")
        #expect(Double(wrong) <= 0.01 * Double(days) + 4, "\(wrong) of \(days) days with a good version taken back")
    }

    @Test func `what others have is no part of a comparison`() {
        var rollout = rollout(beside: [(5000, .canary), (0, .rolledBack), (0, .shadow)])
        var expected = MixtureEvidence.ofFailures
        for isCanary in [true, false, true, true] {
            _ = rollout.failed(.errors, isCanary: isCanary, isFirst: true)
            // 25 % of all are half of those that it and the stable version have.
            expected.take(isCanary: isCanary, share: 0.5)
            _ = rollout.began(isCanary: isCanary)
        }
        #expect(rollout.evidence[.errors] == expected)
        var proportions = MixtureEvidence.ofProportions
        for isCanary in [true, false, true, true] { proportions.take(isCanary: isCanary, share: 0.5) }
        #expect(rollout.ratio == proportions)
    }

    @Test func `where the stable version has nobody, ten failures in a row end one`() {
        var rollout = rollout(beside: [(7500, .paused)])
        let verdicts = (0..<10).map { _ in rollout.failed(.errors, isCanary: true, isFirst: true) }
        #expect(verdicts.prefix(9).allSatisfy { $0 == .wait })
        #expect(verdicts[9] == .rollBack("10 answers in a row failed"))
        #expect(rollout.evidence[.errors] == .ofFailures)
    }

    private func rollout(beside others: [(share: Int64, status: Deployment.Status)]) -> Rollout {
        var deployment = Deployment()
        (deployment.id, deployment.share, deployment.leastConversations) = (ID(1), 2500, 1000)
        var rollout = Rollout(deployment)
        rollout.circle.neighbours = others.enumerated().map { number, other in
            Circle.Neighbour(
                deployment: ID(Int64(number) + 2), version: ID(Int64(number) + 2), status: other.status,
                share: other.share, places: Places([2500..<2500 + other.share]))
        }
        return rollout
    }

    /// A simulated day; only its failures matter, so the times between them are drawn at once.
    private struct Day {
        /// How many conversations of each version had failed when it was taken back.
        var taken: [Int: Int] = [:]

        init(seed: UInt64, _ shares: [Double], failing: [Double], stable: Double) {
            var chance = SplitMix64(seed: seed)
            var (shares, bad) = (shares, shares.map { _ in 0 })
            var evidence = shares.map { _ in MixtureEvidence.ofFailures }
            let limit = 6 * Double(shares.count) / Rollout.alpha
            var turn = 0
            while true {
                let rest = 1 - shares.reduce(0, +)
                let rates = zip(shares, failing).map { $0 * $1 } + [rest * stable]
                let rate = rates.reduce(0, +)
                turn += 1 + Int(log(Double.random(in: Double.ulpOfOne..<1, using: &chance)) / log(1 - rate))
                guard turn < 28_800 else { return }
                var draw = Double.random(in: 0..<rate, using: &chance)
                let who = rates.firstIndex { weight in
                    draw -= weight
                    return draw < 0
                }
                for arm in shares.indices where shares[arm] > 0 && (who == arm || who == shares.count) {
                    if who == arm { bad[arm] += 1 }
                    evidence[arm].take(isCanary: who == arm, share: shares[arm] / (shares[arm] + rest))
                }
                // What is taken back goes to the stable version.
                for arm in shares.indices where shares[arm] > 0 && evidence[arm].value >= limit {
                    (taken[arm], shares[arm]) = (bad[arm], 0)
                }
            }
        }
    }
}
