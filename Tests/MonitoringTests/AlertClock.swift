import DeskAPI
import Vocabulary

@testable import Monitoring

/// Two clocks that a test moves: one that never jumps and one that can be set.
struct AlertClock {
    var wall = Timestamp(milliseconds: 1_795_371_600_000)
    var monotonic = Monotonic(nanoseconds: 5_000_000_000)

    mutating func pass(_ time: Duration) {
        wall = wall + time
        monotonic = monotonic + time
    }
}

extension Caller {
    static let ana = Caller(identity: .key(ID(3)), role: .sre, name: "ana")
    static let ben = Caller(identity: .key(ID(4)), role: .sre, name: "ben")
}

extension AlertRule {
    /// Above 90 for 30 s, clear at 75, kept firing for 15 s.
    static let busy = AlertRule(
        "cpu-busy", MetricPattern(exactly: "cpu.busy"), threshold: 90, clear: 75, hold: .seconds(30),
        keepFiring: .seconds(15))

    func on(_ metric: String = "cpu.busy") -> AlertMachine {
        AlertMachine(rule: self, subject: AlertSubject(host: "desk-1", metric: metric, unit: .percent))
    }
}

/// A machine with its clock; each value comes one second after the last.
struct AlertBench {
    var machine: AlertMachine
    var clock = AlertClock()

    init(_ rule: AlertRule = .busy) {
        machine = rule.on()
    }

    /// Gives one value after some time.
    mutating func take(_ value: Double?, after time: Duration = .seconds(1)) -> [AlertStep] {
        clock.pass(time)
        return machine.take(value: value, at: clock.wall, monotonic: clock.monotonic)
    }

    /// Gives the same value once a second and gathers what happened.
    @discardableResult
    mutating func hold(_ value: Double?, seconds: Int) -> [AlertStep] {
        var steps: [AlertStep] = []
        for _ in 0..<seconds { steps += take(value) }
        return steps
    }

    /// Brings the machine to firing.
    mutating func fire() {
        hold(95, seconds: 31)
    }

    mutating func acknowledge(
        _ request: AcknowledgeAlert = AcknowledgeAlert(ID(0), note: ""), by caller: Caller
    )
        throws -> AlertStep?
    {
        try machine.acknowledge(request, by: caller, at: clock.wall)
    }

    var condition: Alert.Condition? { machine.alert?.condition }
}
