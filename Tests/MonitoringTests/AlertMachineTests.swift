import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

/// The rows of the table in the specification, one after the other.
struct AlertMachineTests {
    @Test func `a bad value makes an alert pending and a lasting one makes it fire once`() {
        var bench = AlertBench()
        #expect(bench.take(90) == [], "the threshold itself is not bad")
        #expect(bench.take(90.1) == [.began])
        #expect(bench.condition == .pending)
        #expect(bench.hold(95, seconds: 29) == [])
        #expect(bench.take(95) == [.fired], "30 s after the first bad value")
        #expect(bench.hold(99, seconds: 3600) == [], "nobody is told again")
        #expect(bench.machine.alert?.firedAt == bench.machine.alert.map { $0.startedAt + .seconds(30) })
        #expect(bench.machine.alert?.value == 99)
    }

    @Test func `a good value ends pending without a word, also one between clear and threshold`() {
        for good in [10.0, 80, 90] {
            var bench = AlertBench()
            bench.hold(95, seconds: 29)
            #expect(bench.take(good) == [.withdrawn])
            #expect(bench.machine.isOpen == false)
            #expect(bench.hold(95, seconds: 30) == [.began], "counting begins anew")
        }
    }

    @Test func `without a time to hold it fires at once`() {
        var rule = AlertRule.busy
        rule.hold = .zero
        rule.keepFiring = .zero
        var bench = AlertBench(rule)
        #expect(bench.take(95) == [.began, .fired])
        #expect(bench.machine.alert?.revision == 1, "one change of the record")
        #expect(bench.take(80) == [], "not yet cleared")
        #expect(bench.take(75) == [.receded, .resolved])
    }

    @Test func `a rule can watch for values that are too low`() {
        let rule = AlertRule(
            "disk-room", MetricPattern(exactly: "fs./.available"), firesAbove: false, threshold: 10, clear: 20)
        var bench = AlertBench(rule)
        #expect(bench.take(10) == [])
        #expect(bench.take(9) == [.began, .fired])
        #expect(bench.take(19) == [])
        #expect(bench.take(20) == [.receded, .resolved])
    }

    @Test func `a rule without a clear value of its own still clears`() {
        let rule = AlertRule("errors", MetricPattern(exactly: "net.errors"), threshold: 0)
        var bench = AlertBench(rule)
        #expect(bench.take(0) == [])
        #expect(bench.take(1) == [.began, .fired])
        #expect(bench.take(0) == [.receded, .resolved])
    }

    @Test func `it recovers below the clear value and is over after a while`() {
        var bench = AlertBench()
        bench.fire()
        #expect(bench.hold(80, seconds: 100) == [], "between clear and threshold nothing changes")
        #expect(bench.take(75) == [.receded])
        #expect(bench.hold(60, seconds: 14) == [])
        #expect(bench.take(60) == [.resolved])
        #expect(bench.machine.alert?.resolvedAt == bench.clock.wall)
    }

    @Test func `flapping stays one episode, keeps its acknowledgment and tells nobody`() throws {
        var bench = AlertBench()
        bench.fire()
        #expect(try bench.acknowledge(by: .ana) == .acknowledged)
        for _ in 0..<50 {
            #expect(bench.take(60) == [.receded])
            #expect(bench.take(95) == [.flared])
            #expect(bench.machine.alert?.acknowledgedBy == "ana")
        }
    }

    @Test func `the time to be over is counted anew after each relapse`() {
        var bench = AlertBench()
        bench.fire()
        bench.hold(60, seconds: 15)
        #expect(bench.take(95) == [.flared])
        #expect(bench.hold(60, seconds: 15) == [.receded])
        #expect(bench.take(60) == [.resolved])
    }

    @Test func `what comes after the end is a new episode that nobody has acknowledged`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(by: .ana)
        bench.hold(10, seconds: 16)
        #expect(bench.condition == .resolved)
        #expect(bench.machine.alert?.isAcknowledged == false)
        #expect(bench.hold(95, seconds: 31) == [.began, .fired])
        #expect(bench.machine.alert?.isAcknowledged == false)
        #expect(bench.machine.alert?.resolvedAt == nil)
    }

    @Test func `missing values change nothing in any condition`() {
        for missing in [nil, Double.nan, .infinity] {
            var bench = AlertBench()
            #expect(bench.hold(missing, seconds: 5) == [])
            #expect(bench.machine.alert == nil)
            _ = bench.take(95)
            #expect(bench.hold(missing, seconds: 10) == [])
            #expect(bench.condition == .pending)
            #expect(bench.machine.alert?.value == nil, "not known now, rather than what it was")
            bench.fire()
            #expect(bench.hold(missing, seconds: 1000) == [])
            #expect(bench.condition == .firing)
            _ = bench.take(10)
            #expect(bench.hold(missing, seconds: 1000) == [])
            #expect(bench.condition == .recovering)
        }
    }

    @Test func `a short gap counts, after a long one pending begins anew`() {
        var bench = AlertBench()
        bench.hold(95, seconds: 12)
        #expect(bench.take(95, after: .seconds(19)) == [.fired], "31 s after the first value")

        bench = AlertBench()
        bench.hold(95, seconds: 12)
        #expect(bench.take(95, after: .seconds(60)) == [.restarted])
        #expect(bench.machine.alert?.startedAt == bench.clock.wall)
        #expect(bench.hold(95, seconds: 29) == [])
        #expect(bench.take(95) == [.fired])
    }

    @Test func `a long gap does not end what recovers`() {
        var bench = AlertBench()
        bench.fire()
        _ = bench.take(10)
        #expect(bench.take(10, after: .seconds(3600)) == [])
        #expect(bench.hold(10, seconds: 14) == [])
        #expect(bench.take(10) == [.resolved])
    }

    @Test(arguments: [3600, -7200, -315_360_000, 315_360_000])
    func `setting the wall clock changes no length of time and gives no negative ones`(seconds: Int) throws {
        var bench = AlertBench()
        bench.hold(95, seconds: 15)
        bench.clock.wall = bench.clock.wall + .seconds(seconds)
        #expect(bench.hold(95, seconds: 15) == [])
        #expect(bench.take(95) == [.fired])
        _ = try bench.acknowledge(AcknowledgeAlert(ID(0), note: "", minutes: 1), by: .ana)
        bench.clock.wall = bench.clock.wall + .seconds(-seconds)
        #expect(bench.hold(95, seconds: 59) == [])
        #expect(bench.take(95) == [.acknowledgmentExpired])
        bench.hold(10, seconds: 16)
        let alert = try #require(bench.machine.alert)
        #expect(try alert.startedAt <= #require(alert.firedAt))
        #expect(try #require(alert.firedAt) <= #require(alert.resolvedAt))
        #expect(try alert.updatedAt >= #require(alert.resolvedAt))
    }

    @Test func `a more severe rule takes an acknowledgment away, a milder one does not`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(by: .ana)
        var rule = AlertRule.busy
        rule.severity = .info
        bench.machine.follow(rule)
        #expect(bench.take(95) == [.revised])
        #expect(bench.machine.alert?.acknowledgedBy == "ana")
        rule.severity = .critical
        bench.machine.follow(rule)
        #expect(bench.take(95) == [.escalated])
        #expect(bench.machine.alert?.isAcknowledged == false)
        #expect(bench.machine.alert?.severity == .critical)
    }

    @Test func `a machine without a rule ends its episode`() {
        var bench = AlertBench()
        _ = bench.take(95)
        var pending = bench.machine
        #expect(pending.retire(at: bench.clock.wall) == [.withdrawn])
        bench.fire()
        #expect(bench.machine.retire(at: bench.clock.wall) == [.resolved])
        #expect(bench.machine.retire(at: bench.clock.wall) == [])
    }

    @Test func `the line says what is true at the last transition`() {
        var rule = AlertRule.busy
        rule.summary = AlertSummary(ours: "CPU of {host} {value} busy, above {threshold} for {for}")
        var bench = AlertBench(rule)
        bench.fire()
        #expect(bench.machine.alert?.summary == "CPU of desk-1 95 % busy, above 90 % for 30s")
    }
}

/// What happens to the counting when a transition cannot be stored.
struct AlertPostponementTests {
    @Test func `time goes on counting while a firing cannot be stored`() {
        var bench = AlertBench()
        bench.hold(95, seconds: 30)
        for _ in 0..<60 {
            let before = bench.machine
            #expect(bench.take(95) == [.fired])
            bench.machine = before
            bench.machine.postpone([.fired], bench.clock.monotonic)
            #expect(bench.condition == .pending)
        }
        #expect(bench.take(95) == [.fired])
    }

    @Test func `a good value that could not be stored is not counted as a bad one`() {
        var bench = AlertBench()
        bench.hold(95, seconds: 29)
        let before = bench.machine
        #expect(bench.take(10) == [.withdrawn])
        bench.machine = before
        bench.machine.postpone([.withdrawn], bench.clock.monotonic)
        #expect(bench.take(95) == [.restarted])
        #expect(bench.hold(95, seconds: 29) == [])
        #expect(bench.take(95) == [.fired])
    }

    @Test func `a relapse that could not be stored does not help an alert to its end`() {
        var bench = AlertBench()
        bench.fire()
        bench.hold(10, seconds: 15)
        let before = bench.machine
        #expect(bench.take(95) == [.flared])
        bench.machine = before
        bench.machine.postpone([.flared], bench.clock.monotonic)
        #expect(bench.hold(10, seconds: 15) == [])
        #expect(bench.take(10) == [.resolved])
    }
}
