import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Monitoring

/// Random lives with silences, people and steps of escalation: who is told what, against the table of the guide.
struct AlertLifeModelTests {
    /// `WATCHDESK_STEPS` asks for a longer walk than every run of the tests can afford.
    private static let steps = ProcessInfo.processInfo.environment["WATCHDESK_STEPS"].flatMap { Int($0) } ?? 60_000

    @Test(arguments: [3 as UInt64, 20_261_126])
    func `nobody is told twice, too early, or while it is kept quiet`(seed: UInt64) throws {
        var walk = AlertLifeWalk(seed: seed)
        for _ in 0..<AlertLifeModelTests.steps {
            try walk.step()
            if walk.hasFailed { break }
        }
        #expect(walk.told == Set(AlertNotice.Reason.allCases), "the walk saw too little: \(walk.told)")
        #expect(walk.seen.isSuperset(of: [.calledNext, .extended, .assigned, .resolvedByHand, .suppressed, .steadied]))
    }
}

/// One random life, judged by what people hear of it.
struct AlertLifeWalk {
    private(set) var told: Set<AlertNotice.Reason> = []
    private(set) var seen: Set<AlertStep> = []
    private(set) var hasFailed = false

    private var random: AlertRandom
    private var clock = AlertClock()
    private var machine: AlertMachine
    private var suppression = AlertSuppression()
    /// Since when people wait for an answer to the last call.
    private var calledAt: Monotonic?
    private var judgedAt: Monotonic?
    private var hasHeard = false
    private var isBad = false
    private var isRestless = false

    private static let escalation = [Duration.seconds(60), .seconds(90)]

    init(seed: UInt64) {
        random = AlertRandom(state: seed)
        var rule = AlertRule.busy
        (rule.hold, rule.keepFiring, rule.escalation) = (.seconds(3), .seconds(3), AlertLifeWalk.escalation)
        machine = rule.on()
    }

    mutating func step() throws {
        clock.pass(.milliseconds(Int.random(in: 200...4000, using: &random)))
        // Long calm times and restless ones, so that both steps of escalation and flapping are seen.
        if Int.random(in: 0..<2000, using: &random) == 0 { isRestless.toggle() }
        if Int.random(in: 0..<(isRestless ? 15 : 300), using: &random) == 0 { isBad.toggle() }
        if Int.random(in: 0..<60, using: &random) == 0 {
            suppression =
                Bool.random(using: &random)
                ? AlertSuppression() : AlertSuppression(kind: .silenced, by: "1", until: clock.wall + .seconds(100))
        }
        switch Int.random(in: 0..<60, using: &random) {
        case 0: try respond { try $0.acknowledge(AcknowledgeAlert(ID(0), note: "", minutes: 1), by: .ana, at: $1) }
        case 1: try respond { try $0.unacknowledge(at: $1) }
        case 2:
            var request = AcknowledgeAlert(ID(0), note: "", minutes: 2)
            request.extend = true
            try respond { [request] in try $0.acknowledge(request, by: .ana, at: $1) }
        case 3:
            let name = Bool.random(using: &random) ? "ben" : ""
            try respond { try $0.assign(AssignAlert(ID(0), to: name), at: $1) }
        case 4 where Int.random(in: 0..<6, using: &random) == 0:
            try respond { try $0.resolve(ResolveAlert(ID(0), note: "x"), by: .ben, at: $1) }
        default: judge()
        }
        if let alert = machine.alert {
            require(alert.level <= 2 && (alert.level == 0 || alert.condition != .pending), "more steps than there are")
        }
    }

    private mutating func judge() {
        let before = machine.alert
        judgedAt = clock.monotonic
        var next = machine
        let value: Double = isBad ? 95 : Bool.random(using: &random) ? 60 : 80
        let taken = next.take(value: value, at: clock.wall, monotonic: clock.monotonic)
        let (steps, calls) = next.conclude(taken, suppression: suppression, at: clock.wall)
        machine = next
        seen.formUnion(steps)
        hear(calls, after: steps, before: before)
        if steps.contains(.calledNext) {
            let level = Int(before?.level ?? 0)
            require(
                before?.isAcknowledged == false || steps.contains(.acknowledgmentExpired),
                "called although it was taken")
            let waited = calledAt.map { clock.monotonic - $0 } ?? .zero
            require(waited >= AlertLifeWalk.escalation[level], "the next in line was called too early")
        }
        note(calls)
        if machine.alert?.isOpen != true {
            hasHeard = false
            calledAt = nil
            machine.clearAway()
        }
    }

    /// A person's deed, as the transaction does it: decided on the record, then adopted.
    private mutating func respond(
        _ decide: (inout AlertEpisode, Timestamp) throws -> AlertStep?
    ) throws {
        guard var episode = machine.episode, episode.alert.isOpen else { return }
        let before = machine.alert
        let step: AlertStep?
        do {
            step = try decide(&episode, clock.wall)
        } catch is AlertFailure {
            return
        }
        guard let step else { return }
        seen.insert(step)
        let calls = episode.calls(after: [step])
        machine.adopt(episode)
        if step == .acknowledged {
            require(machine.alert?.level == 0, "the steps begin anew")
            calledAt = nil
        }
        hear(calls, after: [step], before: before)
        note(calls)
        guard machine.alert?.isOpen == false else { return }
        hasHeard = false
        calledAt = nil
        machine.clearAway()
        require(machine.mustClear, "ended by hand, and bad all the same")
    }

    private mutating func hear(_ calls: [AlertNotice.Reason], after steps: [AlertStep], before: Alert?) {
        guard let alert = machine.alert else { return }
        told.formUnion(calls)
        require(Set(calls).count == calls.count, "told twice at once")
        for reason in calls {
            require(alert.suppression == .none, "told while it was kept quiet")
            switch reason {
            case .fired: require(!hasHeard, "told twice that it fires")
            case .resolved: require(hasHeard && !alert.isOpen, "told of an end without a beginning")
            case .calledAgain, .escalated:
                require(alert.condition == .firing && !alert.isAcknowledged, "called although somebody has it")
            case .flapping: require(alert.flapping, "told of flapping that is none")
            }
        }
        if steps.contains(where: { $0 == .resolved || $0 == .resolvedByHand }), hasHeard, alert.suppression == .none {
            require(calls.contains(.resolved), "nobody heard of the end")
        }
    }

    private mutating func note(_ calls: [AlertNotice.Reason]) {
        if calls.contains(where: { [.fired, .calledAgain, .escalated].contains($0) }) {
            hasHeard = true
            // Time is counted from one judgment to the next: a deed between two of them counts from the first.
            calledAt = judgedAt
        }
    }

    private mutating func require(_ holds: Bool, _ message: StaticString) {
        guard !holds, !hasFailed else { return }
        hasFailed = true
        Issue.record("\(message): \(String(describing: machine.alert)) at \(clock.monotonic.nanoseconds)")
    }
}
