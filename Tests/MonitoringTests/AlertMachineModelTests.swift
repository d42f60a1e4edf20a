import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Monitoring

/// Random lives of alerts, each step compared with a model that keeps the whole history and asks the definitions.
struct AlertMachineModelTests {
    /// `WATCHDESK_STEPS` asks for a longer walk than every run of the tests can afford.
    private static let steps = ProcessInfo.processInfo.environment["WATCHDESK_STEPS"].flatMap { Int($0) } ?? 70_000

    @Test(arguments: [1 as UInt64, 20_261_122, 0xA1E57])
    func `random values, gaps, clock jumps and people never break an invariant`(seed: UInt64) throws {
        var walk = AlertWalk(seed: seed)
        for _ in 0..<AlertMachineModelTests.steps {
            try walk.step()
            if walk.hasFailed { break }
        }
        #expect(walk.seen.count == AlertWalk.expected.count, "missing: \(AlertWalk.expected.subtracting(walk.seen))")
    }
}

/// One random life.
struct AlertWalk {
    static let expected: Set<AlertStep> = [
        .began, .restarted, .withdrawn, .fired, .receded, .flared, .resolved, .acknowledged, .tookOver,
        .unacknowledged, .acknowledgmentExpired, .escalated, .revised,
    ]

    private(set) var seen: Set<AlertStep> = []
    private(set) var hasFailed = false

    private var random: AlertRandom
    private var clock = AlertClock()
    private var machine: AlertMachine
    /// Bad values without a good one or a gap between them: since when.
    private var badSince: Monotonic?
    /// Values that are not bad, from a good one on, without a gap: since when.
    private var goodSince: Monotonic?
    private var lastValue: Monotonic?
    private var deadline: Monotonic?
    private var owner: String?
    private var notified = false

    init(seed: UInt64) {
        random = AlertRandom(state: seed)
        var rule = AlertRule.busy
        rule.hold = .seconds(5)
        rule.keepFiring = .seconds(4)
        machine = rule.on()
    }

    mutating func step() throws {
        let before = machine
        pass()
        switch Int.random(in: 0..<40, using: &random) {
        case 0: try acknowledge(before)
        case 1: try unacknowledge()
        case 2: follow()
        case 3: expect(machine.wait(at: clock.wall, monotonic: clock.monotonic), after: before)
        default: judge(before)
        }
        checkRecord(before)
        if Int.random(in: 0..<100, using: &random) == 0 { checkWayBack() }
    }

    private mutating func pass() {
        let milliseconds =
            Int.random(in: 0..<200, using: &random) == 0 ? 25_000 : Int.random(in: 1...1500, using: &random)
        clock.pass(.milliseconds(milliseconds))
        if Int.random(in: 0..<300, using: &random) == 0 {
            clock.wall = clock.wall + .seconds(Int.random(in: -10_000_000...10_000_000, using: &random))
        }
    }

    // A value near both limits; mostly the same kind as long as a whim lasts, so that every condition is reached.
    private var whim = 0
    private var kind = 0
    private mutating func value() -> Double? {
        if whim == 0 {
            whim = Int.random(in: 1...14, using: &random)
            kind = Int.random(in: 0..<4, using: &random)
        }
        whim -= 1
        switch kind {
        case 0: return Double.random(in: 90.001...100, using: &random)
        case 1: return Double.random(in: 0...75, using: &random)
        case 2: return Double.random(in: 75.001...90, using: &random)
        default: return [nil, .nan, 95, 20, 90, 75].randomElement(using: &random) ?? nil
        }
    }

    private mutating func judge(_ before: AlertMachine) {
        let value = value().flatMap { $0.isNaN ? nil : $0 }
        let steps = machine.take(value: value, at: clock.wall, monotonic: clock.monotonic)
        expect(steps, after: before)
        if value == nil {
            require(
                Set(steps).isSubset(of: [.acknowledgmentExpired, .escalated, .revised]),
                "a missing value did something", steps)
        }
        guard let value else { return }
        remember(value, before)
        require(machine.isOpen == expectedToBeOpen(before), "open or not, against the definition", steps)
        if machine.isOpen, steps.contains(.fired) || before.alert?.condition == .pending {
            let counted = badSince.map { clock.monotonic - $0 } ?? .zero
            let mustFire = counted >= machine.rule.hold
            require(mustFire == (machine.alert?.condition == .firing), "fires or not, against the definition", steps)
        }
    }

    private mutating func remember(_ value: Double, _ before: AlertMachine) {
        let isGap = lastValue.map { clock.monotonic - $0 > AlertStopwatch.outageTolerance } ?? true
        lastValue = clock.monotonic
        let isBad = value > machine.rule.threshold
        if !isBad { badSince = nil } else if badSince == nil || isGap { badSince = clock.monotonic }
        let isFiring = before.alert?.condition == .firing
        if isBad {
            goodSince = nil
        } else if isGap, goodSince != nil {
            goodSince = clock.monotonic
        } else if goodSince == nil, isFiring, value <= machine.rule.clear {
            goodSince = clock.monotonic
        }
        if !machine.isOpen { goodSince = nil }
    }

    /// Whether there must be an episode now, by the definitions.
    private func expectedToBeOpen(_ before: AlertMachine) -> Bool {
        switch before.alert?.condition {
        case nil, .resolved, .pending: badSince != nil
        case .firing: true
        case .recovering: machine.alert?.condition == .firing || machine.alert?.condition == .recovering
        }
    }

    private mutating func acknowledge(_ before: AlertMachine) throws {
        let caller: Caller = Bool.random(using: &random) ? .ana : .ben
        var request = AcknowledgeAlert(ID(0), note: "", minutes: 1)
        request.take = Bool.random(using: &random)
        let isCalling = before.alert?.condition == .firing || before.alert?.condition == .recovering
        do {
            let step = try machine.acknowledge(request, by: caller, at: clock.wall)
            require(isCalling, "acknowledged while it did not fire")
            require((step == nil) == (owner == caller.actor), "who has it decides")
            require(owner == nil || owner == caller.actor || request.take, "taken without asking")
            guard let step else { return }
            seen.insert(step)
            owner = caller.actor
            deadline = lastTick + .seconds(60)
        } catch {
            require(!isCalling || (owner != nil && owner != caller.actor && !request.take), "refused without a reason")
            require(machine == before, "a refusal changed something")
        }
    }

    private mutating func unacknowledge() throws {
        guard machine.isOpen, notified else { return }
        if let step = try machine.unacknowledge(ID(0), at: clock.wall) { seen.insert(step) }
        owner = nil
        deadline = nil
    }

    private mutating func follow() {
        var rule = machine.rule
        rule.severity = Severity.allCases.randomElement(using: &random) ?? .info
        machine.follow(rule)
    }

    /// The machine counts an acknowledgment's time from call to call, beginning with the last before it was given.
    private var lastTick = Monotonic(nanoseconds: 0)

    /// What holds for the steps of any call.
    private mutating func expect(_ steps: [AlertStep], after before: AlertMachine) {
        seen.formUnion(steps)
        let wasOpen = before.isOpen
        if wasOpen || machine.isOpen { lastTick = clock.monotonic }
        require(Set(steps).count == steps.count, "a step happened twice", steps)
        require(steps.isEmpty == (machine.alert?.revision == before.alert?.revision), "revision and steps", steps)
        if steps.contains(.began) { require(!wasOpen, "two open episodes") }
        if steps.contains(.fired) {
            require(!notified, "told twice")
            notified = true
        }
        if steps.contains(.resolved) {
            require(notified, "over without having fired")
            notified = false
        }
        if steps.contains(.withdrawn) { require(!notified, "went away after it fired") }
        expectAcknowledgment(steps)
    }

    private mutating func expectAcknowledgment(_ steps: [AlertStep]) {
        if steps.contains(.acknowledgmentExpired) {
            require(deadline.map { clock.monotonic >= $0 } ?? false, "expired early")
            require(machine.alert?.condition == .firing, "called while it does not fire")
        }
        if steps.contains(where: { [.acknowledgmentExpired, .resolved, .escalated].contains($0) }) {
            owner = nil
            deadline = nil
        }
        if let deadline, machine.alert?.condition == .firing {
            require(clock.monotonic < deadline, "should have expired")
        }
    }

    /// What holds for the record at any time.
    private mutating func checkRecord(_ before: AlertMachine) {
        guard let alert = machine.alert else { return }
        require(machine.episode?.acknowledger == owner, "acknowledger")
        require((alert.acknowledgedBy == nil) == (owner == nil), "name and owner")
        require(!alert.isAcknowledged || notified, "acknowledged but never fired")
        if let firedAt = alert.firedAt { require(alert.startedAt <= firedAt, "fired before it began") }
        if let over = alert.resolvedAt { require((alert.firedAt ?? alert.startedAt) <= over, "over before it fired") }
        require((alert.condition == .resolved) == (alert.resolvedAt != nil), "resolved without an end")
        switch alert.condition {
        case .pending: require(alert.firedAt == nil, "pending, but fired")
        case .firing, .recovering: require(alert.firedAt != nil, "fires since never")
        case .resolved: break
        }
        if before.isOpen, let old = before.alert {
            require(alert.updatedAt >= old.updatedAt, "changed before it last changed")
            require(alert.revision - old.revision <= 1, "one call, one revision")
        }
    }

    /// From every state good values lead back to nothing.
    private mutating func checkWayBack() {
        var other = machine
        var time = clock
        for _ in 0..<8 {
            time.pass(.seconds(1))
            _ = other.take(value: 0, at: time.wall, monotonic: time.monotonic)
        }
        require(!other.isOpen, "there is no way back to nothing")
    }

    // The message is no text with values in it: writing a million of them would be most of the test's time.
    private mutating func require(_ holds: Bool, _ message: StaticString, _ steps: [AlertStep] = []) {
        guard !holds, !hasFailed else { return }
        hasFailed = true
        Issue.record("\(message), \(steps), \(String(describing: machine.alert)) at \(clock.monotonic.nanoseconds)")
    }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
struct AlertRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
