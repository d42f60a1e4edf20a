internal import DeskAPI
internal import Vocabulary

/// Where a value stands in a host's snapshots, and what it is divided by.
struct AlertPlace: Equatable, Sendable {
    let value: Int
    let divisor: Int?

    /// The value; not finite when there is none.
    func value(in values: [Double]) -> Double { values[value] }

    /// What it is divided by; `nil` for what is not divided.
    func total(in values: [Double]) -> Double? { divisor.map { values[$0] } }
}

/// A rule about one metric that has something to remember: an episode, or earlier values.
struct AlertTarget: Sendable {
    var machine: AlertMachine
    /// Where the value stands in the layout; `nil` when the host has no such metric now.
    var place: AlertPlace?
    /// Where the rule's other conditions find their values, in their order.
    var others: [AlertPlace] = []
    /// The rule was removed: an open episode is to be ended.
    var isOrphan = false
    /// A change of this machine is on its way to the disk; it decides nothing until that is settled.
    var isWaiting = false
    /// The value that was last published, and when.
    var shown: Double?
    var shownAt: Monotonic?
    /// When the timers were last stored.
    var storedAt: Monotonic?
    var memory: AlertMemory
    /// What is usual now, for rules that ask.
    var usual: AlertBaseline?

    init(
        machine: AlertMachine, place: AlertPlace? = nil, others: [AlertPlace] = [], isOrphan: Bool = false
    ) {
        self.machine = machine
        self.place = place
        self.others = others
        self.isOrphan = isOrphan
        memory = AlertMemory(for: machine.rule.measure)
    }

    /// Follows a rule's new numbers; what is remembered for another measure is forgotten.
    mutating func follow(_ rule: AlertRule) {
        if machine.rule.measure != rule.measure { memory = AlertMemory(for: rule.measure) }
        machine.follow(rule)
    }

    /// What is to be judged; `nil` when the value, or another that the rule asks for, is not known.
    mutating func reading(in values: [Double], at monotonic: Monotonic) -> AlertReading? {
        guard let place else { return absence(at: monotonic) }
        let judged = memory.judge(
            place.value(in: values), of: place.total(in: values), as: machine.rule.measure, usual: usual, at: monotonic)
        guard let judged, judged.isFinite else { return nil }
        var isKnown = true
        for (condition, place) in zip(machine.rule.others, others) {
            guard let found = AlertMemory.ratio(place.value(in: values), of: place.total(in: values)) else {
                isKnown = false
                continue
            }
            // One that does not hold is enough, whatever the others are.
            if !condition.holds(for: found) { return AlertReading(value: judged, meetsOthers: false) }
        }
        return isKnown ? AlertReading(value: judged) : nil
    }

    /// For rules about silence: how long nothing was seen.
    func absence(at monotonic: Monotonic) -> AlertReading? {
        memory.absence(at: monotonic).map { AlertReading(value: $0) }
    }

    /// Whether it must be kept although nothing is wrong.
    func isNeeded(at monotonic: Monotonic) -> Bool {
        let isHeldBack = machine.mustClear && !machine.isRaisedTimeOver(at: monotonic)
        return machine.isOpen || isWaiting || !machine.rule.measure.isPlain || isHeldBack
            || machine.remembersFlaps(at: monotonic)
    }

    /// Whether it comes from outside of the rules.
    var isRaised: Bool { machine.rule.source != .rule }
}
