internal import DeskAPI
internal import Vocabulary

/// A deployment with its evidence: a state machine that takes what happens and says what follows.
struct Rollout: Equatable, Sendable {
    /// What follows from what happened.
    enum Verdict: Equatable {
        /// Nothing yet.
        case wait
        /// Give more conversations to the new version.
        case step
        /// Everybody has the new version, and it does well.
        case promote
        /// It cannot be told whether the new version is good enough, or the comparison is void.
        case pause(String)
        /// The new version is worse.
        case rollBack(String)
    }

    /// Failures in a row that end a new version at once, when the stable one is well.
    static let hardStop = 5
    /// At this evidence that conversations go astray, the comparison is void.
    static let voidAt = 1000.0
    /// A step may have this many times its least conversations before it counts as inconclusive.
    static let patience: Int64 = 10
    /// The chance that any of the equally good versions that are tried at once is taken back.
    static let alpha = 0.01

    var deployment: Deployment
    /// Its conversations, and the other versions that are tried beside the same stable one.
    var circle = Circle()
    var evidence: [FailureGuard: MixtureEvidence] = [:]
    var ratio = MixtureEvidence.ofProportions
    /// Conversations of the new version that failed one after the other, and of the stable one.
    var canaryRow: Int64 = 0
    var stableRow: Int64 = 0

    init(_ deployment: Deployment) {
        self.deployment = deployment
        circle.places = Places(first: deployment.share)
        describe()
    }

    /// The new version's share of the conversations that it and the stable one have, 0 to 1.
    ///
    /// What other tried versions have is no part of the comparison.
    private var share: Double {
        deployment.share > 0 ? Double(deployment.share) / Double(10_000 - circle.taken) : 0
    }

    /// The largest share that it can have beside the others.
    var room: Int64 { 10_000 - circle.taken }

    /// The share of its next step.
    var nextShare: Int64 { deployment.steps.first { $0 > deployment.share } ?? 10_000 }

    /// The evidence at which a guard takes the new version back: the allowed chance is shared by all of them.
    private var limit: Double { Double(FailureGuard.allCases.count) / deployment.alpha }

    /// A conversation got its first answer.
    mutating func began(isCanary: Bool) -> Verdict {
        ratio.take(isCanary: isCanary, share: share)
        if isCanary {
            deployment.canaryConversations += 1
            deployment.stepConversations += 1
        } else {
            deployment.stableConversations += 1
        }
        describe()
        guard deployment.status == .canary else { return .wait }
        if ratio.value >= Rollout.voidAt {
            return .pause(
                "conversations do not go to the versions in the proportions they should: the comparison is void")
        }
        return isCanary ? judgeStep() : .wait
    }

    /// An answer came as it should.
    mutating func wentWell(isCanary: Bool) {
        if isCanary { canaryRow = 0 } else { stableRow = 0 }
    }

    /// Something went wrong for the first time in a conversation.
    ///
    /// - Parameter isFirst: whether nothing else had gone wrong in it before.
    mutating func failed(_ guardrail: FailureGuard, isCanary: Bool, isFirst: Bool) -> Verdict {
        evidence[guardrail, default: .ofFailures].take(
            isCanary: isCanary, share: share, tolerance: guardrail.tolerance)
        if isFirst {
            if isCanary { deployment.canaryFailures += 1 } else { deployment.stableFailures += 1 }
        }
        count(guardrail, isCanary: isCanary)
        if guardrail == .errors || guardrail == .empty {
            if isCanary { canaryRow += 1 } else { stableRow += 1 }
        }
        describe()
        guard deployment.status.isOpen, isCanary else { return .wait }
        if let worst = deployment.guards.first(where: { $0.evidence >= $0.limit }) {
            return .rollBack(
                "\(worst.name): \(worst.canary) of \(deployment.canaryConversations) conversations, against "
                    + "\(worst.stable) of \(deployment.stableConversations) before; odds "
                    + "1 : \(Int(min(worst.evidence, 1e9).rounded())) against the new version")
        }
        if deployment.share >= room {
            // Nobody has the stable version any more, so there is nothing to compare with but what came before.
            return canaryRow >= 2 * Rollout.hardStop ? .rollBack("\(canaryRow) answers in a row failed") : .wait
        }
        if canaryRow >= Rollout.hardStop, stableRow == 0 {
            return .rollBack("\(canaryRow) answers in a row failed, while the stable version is well")
        }
        return .wait
    }

    private mutating func count(_ guardrail: FailureGuard, isCanary: Bool) {
        guard let place = deployment.guards.firstIndex(where: { $0.name == guardrail.rawValue }) else { return }
        if isCanary {
            deployment.guards[place].canary += 1
        } else {
            deployment.guards[place].stable += 1
        }
    }

    /// Whether the new version has had enough conversations, and whether they went well enough.
    private func judgeStep() -> Verdict {
        guard deployment.stepConversations >= deployment.leastConversations else { return .wait }
        let alpha = 0.025
        let new = ShareBounds(hits: deployment.canaryFailures, of: deployment.canaryConversations, alpha: alpha)
        let old = ShareBounds(hits: deployment.stableFailures, of: deployment.stableConversations, alpha: alpha)
        let isGoodEnough = new.high - old.low <= Double(deployment.margin) / 10_000
        if isGoodEnough {
            if deployment.share >= 10_000 { return .promote }
            guard circle.tried.isEmpty || nextShare < room else {
                return .pause(
                    "the step went well, but its next share, \(Decimals.percent(Double(nextShare) / 10_000)), would "
                        + "leave the stable version none to be compared with: "
                        + "\(Decimals.percent(Double(circle.taken) / 10_000)) are with \(circle.words)")
            }
            return .step
        }
        guard deployment.stepConversations >= deployment.leastConversations * Rollout.patience else { return .wait }
        return .pause(
            "after \(deployment.stepConversations) conversations of this step it is not certain that at most "
                + "\(Decimals.percent(Double(deployment.margin) / 10_000)) more of them fail: up to \(Decimals.percent(new.high)) fail with "
                + "the new version, at least \(Decimals.percent(old.low)) with the stable one")
    }

    /// Begins out of the customers' sight.
    mutating func shadow(_ share: Int64, at now: Timestamp) {
        deployment.status = .shadow
        deployment.share = 0
        deployment.shadowShare = share
        deployment.shadow = ShadowCounts()
        deployment.stepAt = now
    }

    /// Goes to the next share, for which there must be room.
    mutating func step(at now: Timestamp) {
        deployment.share = nextShare
        circle.grow(to: deployment.share)
        deployment.stepConversations = 0
        deployment.stepAt = now
        deployment.status = .canary
    }

    /// Leaves it this chance of being taken back although it is equally good; never more than it had.
    mutating func spend(atMost alpha: Double) {
        deployment.alpha = min(deployment.alpha, alpha)
        describe()
    }

    private mutating func describe() {
        deployment.guards = FailureGuard.allCases.map { guardrail in
            var reading = GuardReading()
            reading.name = guardrail.rawValue
            if let before = deployment.guards.first(where: { $0.name == guardrail.rawValue }) { reading = before }
            reading.evidence = (evidence[guardrail] ?? .ofFailures).value
            reading.limit = limit
            return reading
        }
        deployment.sampleRatioEvidence = ratio.value
    }
}
