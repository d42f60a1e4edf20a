import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Models

@Suite struct RollbackEvidenceTests {
    /// How many days are simulated; `WATCHDESK_DAYS=2000` for the figures of the documentation.
    private let days = ProcessInfo.processInfo.environment["WATCHDESK_DAYS"].flatMap(Int.init) ?? 200

    @Test func `equally good versions are hardly ever rolled back, however often one looks`() {
        // Days of 28,800 conversations, looked at after each failure; docs/models.md has the figures of 2,000.
        for (share, base) in [(0.1, 0.02), (0.5, 0.02), (0.1, 0.1)] {
            let wrong = (0..<days).count { day in
                Day(seed: UInt64(day), share: share, stable: base, canary: base).rollback != nil
            }
            if days > 200 { print("false rollbacks: \(wrong) of \(days), share \(share), failing \(base)") }
            #expect(
                Double(wrong) <= 0.01 * Double(days) + 4,
                "\(wrong) of \(days) days with \(base) failing, \(share) of the traffic")
        }
    }

    @Test func `an outage of both versions is no fault of the new one`() {
        let wrong = (0..<days).count { day in
            Day(seed: 7000 + UInt64(day), share: 0.1, stable: 0.02, canary: 0.02, outage: 0.6).rollback != nil
        }
        #expect(Double(wrong) <= 0.01 * Double(days) + 4)
    }

    @Test func `a half-broken version is caught after a few bad conversations`() {
        let bad = (0..<days).compactMap { day in
            Day(seed: 500 + UInt64(day), share: 0.1, stable: 0.02, canary: 0.5).rollback
        }.sorted()
        if days > 200 { print("bad conversations until the rollback, median: \(bad[bad.count / 2])") }
        #expect(bad.count == days)
        #expect(bad[days / 2] <= 6, "median \(bad[days / 2])")
    }

    @Test func `twice as many failures are found within the day`() {
        let found = (0..<100).count { day in
            Day(seed: 900 + UInt64(day), share: 0.5, stable: 0.02, canary: 0.04).rollback != nil
        }
        #expect(found >= 98)
    }

    @Test func `the share may change on the way`() {
        var evidence = MixtureEvidence.ofFailures
        for share in [0.01, 0.05, 0.25, 0.5] { evidence.take(isCanary: false, share: share) }
        #expect(evidence.value < 1)
        for _ in 0..<4 { evidence.take(isCanary: true, share: 0.05) }
        #expect(evidence.value > 30)
        let before = evidence
        evidence.take(isCanary: true, share: 1)
        #expect(evidence == before)
    }

    /// A simulated day; only its failures matter, so the times between them are drawn at once.
    private struct Day {
        /// How many conversations of the new version had failed when it was rolled back.
        var rollback: Int?

        init(seed: UInt64, share: Double, stable: Double, canary: Double, outage: Double = 0) {
            var chance = SplitMix64(seed: seed)
            var evidence = MixtureEvidence.ofFailures
            var bad = 0
            // One guard of six: each may spend a sixth of one percent.
            let limit = 6 / 0.01
            var turn = 0
            while true {
                let isOut = outage > 0 && (12_000..<12_200).contains(turn)
                let (new, old) = isOut ? (outage, outage) : (canary, stable)
                let rate = share * new + (1 - share) * old
                // The time to the next failure has a geometric distribution; an outage begins anew.
                let pause = 1 + Int(log(Double.random(in: Double.ulpOfOne..<1, using: &chance)) / log(1 - rate))
                if outage > 0, !isOut, turn < 12_000, turn + pause > 12_000 {
                    turn = 12_000
                    continue
                }
                turn += pause
                guard turn < 28_800 else { return }
                let isCanary = Double.random(in: 0..<1, using: &chance) < share * new / rate
                bad += isCanary ? 1 : 0
                evidence.take(isCanary: isCanary, share: share)
                if evidence.value >= limit {
                    rollback = bad
                    return
                }
            }
        }
    }
}

@Suite struct ShareBoundsTests {
    @Test func `the true share is outside at some moment in few runs`() {
        let alpha = 0.05
        let outside = (0..<300).count { run in
            var chance = SplitMix64(seed: UInt64(run))
            var hits: Int64 = 0
            for count in 1...600 {
                if Double.random(in: 0..<1, using: &chance) < 0.1 { hits += 1 }
                let bounds = ShareBounds(hits: hits, of: Int64(count), alpha: alpha)
                if bounds.low > 0.1 || bounds.high < 0.1 { return true }
            }
            return false
        }
        #expect(outside <= 24)
    }

    @Test func `bounds close in on what was seen`() {
        #expect(ShareBounds(hits: 0, of: 0, alpha: 0.05) == ShareBounds(hits: 0, of: 0, alpha: 0.01))
        let few = ShareBounds(hits: 1, of: 10, alpha: 0.05)
        let many = ShareBounds(hits: 1000, of: 10_000, alpha: 0.05)
        #expect(few.low < many.low && many.high < few.high)
        #expect(many.low > 0.085 && many.high < 0.115)
        #expect(ShareBounds(hits: 10, of: 10, alpha: 0.05).high == 1)
        #expect(ShareBounds(hits: 0, of: 50, alpha: 0.025).low == 0)
    }
}

@Suite struct RolloutTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)

    @Test func `a version that does well goes step by step to everybody`() {
        var rollout = rollout(least: 100)
        var steps: [Int64] = [rollout.deployment.share]
        var verdict = Rollout.Verdict.wait
        for conversation in 0..<100_000 {
            let isCanary = Int64(conversation * 7919 % 10_000) < rollout.deployment.share
            verdict = rollout.began(isCanary: isCanary)
            rollout.wentWell(isCanary: isCanary)
            if verdict == .step {
                rollout.step(at: now)
                steps.append(rollout.deployment.share)
            } else if verdict != .wait {
                break
            }
        }
        #expect(steps == [100, 500, 2500, 5000, 10_000])
        #expect(verdict == .promote)
    }

    @Test func `without traffic there is no verdict, and without certainty it stops`() {
        var rollout = rollout(least: 20, margin: 100)
        for number in 0..<199 {
            let stable = rollout.began(isCanary: false)
            #expect(stable == .wait)
            let verdict = rollout.began(isCanary: number % 100 == 0)
            #expect(verdict == .wait)
        }
        rollout.deployment.share = 5000
        rollout.ratio = MixtureEvidence.ofProportions
        var verdict = Rollout.Verdict.wait
        for _ in 0..<400 {
            _ = rollout.began(isCanary: false)
            verdict = rollout.began(isCanary: true)
            if verdict != .wait { break }
        }
        guard case .pause(let reason) = verdict else { return #expect(Bool(false), "\(verdict)") }
        #expect(reason.contains("it is not certain that at most 1.0 % more of them fail"))
    }

    @Test func `five failures in a row end it while the stable version is well`() {
        var rollout = rollout(least: 100)
        rollout.deployment.share = 5000
        var verdicts: [Rollout.Verdict] = []
        for _ in 0..<5 {
            _ = rollout.began(isCanary: true)
            let verdict = rollout.failed(.errors, isCanary: true, isFirst: true)
            verdicts.append(verdict)
        }
        #expect(verdicts.prefix(4).allSatisfy { $0 == .wait })
        #expect(verdicts[4] == .rollBack("5 answers in a row failed, while the stable version is well"))
    }

    @Test func `what fails everybody at the last step is taken back too`() {
        var rollout = rollout(least: 100)
        rollout.deployment.share = 10_000
        var verdicts: [Rollout.Verdict] = []
        for _ in 0..<10 {
            _ = rollout.began(isCanary: true)
            let verdict = rollout.failed(.errors, isCanary: true, isFirst: true)
            verdicts.append(verdict)
        }
        #expect(verdicts.prefix(9).allSatisfy { $0 == .wait })
        #expect(verdicts[9] == .rollBack("10 answers in a row failed"))
    }

    @Test func `conversations that go astray void the comparison`() {
        var rollout = rollout(least: 1000)
        rollout.deployment.share = 1000
        var verdict = Rollout.Verdict.wait
        for _ in 0..<60 where verdict == .wait { verdict = rollout.began(isCanary: true) }
        guard case .pause(let reason) = verdict else { return #expect(Bool(false), "\(verdict)") }
        #expect(reason.contains("void"))
    }

    @Test func `what is stored is what it was`() throws {
        var rollout = rollout(least: 10)
        _ = rollout.began(isCanary: true)
        _ = rollout.failed(.handoff, isCanary: true, isFirst: true)
        _ = rollout.failed(.slow, isCanary: false, isFirst: true)
        let again = try Rollout(record: rollout.deployment.json, evidence: rollout.evidenceText)
        #expect(again == rollout)
    }

    private func rollout(least: Int64, margin: Int64 = 1000) -> Rollout {
        var deployment = Deployment()
        deployment.id = ID(1)
        deployment.name = "production"
        (deployment.stable, deployment.canary) = (ID(1), ID(2))
        (deployment.leastConversations, deployment.margin) = (least, margin)
        var rollout = Rollout(deployment)
        rollout.step(at: now)
        return rollout
    }
}
