import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

struct AlertAcknowledgmentTests {
    @Test func `a pending or finished alert cannot be acknowledged`() throws {
        var bench = AlertBench()
        #expect(throws: AlertFailure.self) { try bench.acknowledge(by: .ana) }
        _ = bench.take(95)
        let pending = try #require(bench.machine.alert)
        #expect(throws: AlertFailure.notFiring(pending)) { try bench.acknowledge(by: .ana) }
        bench.fire()
        bench.hold(10, seconds: 16)
        let over = try #require(bench.machine.alert)
        #expect(throws: AlertFailure.notFiring(over)) { try bench.acknowledge(by: .ana) }
    }

    @Test func `whoever acknowledges is named, with note and end`() throws {
        var bench = AlertBench()
        bench.fire()
        let before = try #require(bench.machine.alert)
        let request = AcknowledgeAlert(ID(0), note: "restarting", minutes: 5, revision: before.revision)
        #expect(try bench.acknowledge(request, by: .ana) == .acknowledged)
        let alert = try #require(bench.machine.alert)
        #expect(alert.acknowledgedBy == "ana")
        #expect(bench.machine.episode?.acknowledger == "u:3")
        #expect(alert.note == "restarting")
        #expect(alert.acknowledgedUntil == bench.clock.wall + .seconds(300))
        #expect(alert.revision == before.revision + 1)
        #expect(alert.condition == .firing)
    }

    @Test func `the same person again changes nothing, even with a stale revision`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(AcknowledgeAlert(ID(0), note: "first", minutes: 5), by: .ana)
        let before = bench.machine
        let again = AcknowledgeAlert(ID(0), note: "second", minutes: 50, revision: 1)
        #expect(try bench.acknowledge(again, by: .ana) == nil)
        #expect(bench.machine == before)
    }

    @Test func `another person is refused with the owner's name, unless it is taken over`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(by: .ana)
        let owned = try #require(bench.machine.alert)
        #expect(throws: AlertFailure.alreadyAcknowledged(owned)) { try bench.acknowledge(by: .ben) }
        #expect(Problem(.alreadyAcknowledged(owned)).detail.contains("acknowledged by ana"))
        var take = AcknowledgeAlert(ID(0), note: "mine", minutes: 1)
        take.take = true
        #expect(try bench.acknowledge(take, by: .ben) == .tookOver)
        #expect(bench.machine.alert?.acknowledgedBy == "ben")
        #expect(bench.hold(95, seconds: 60) == [.acknowledgmentExpired], "the new owner's minute counts")
    }

    @Test func `a stale revision is refused with the present state`() throws {
        var bench = AlertBench()
        bench.fire()
        let seen = try #require(bench.machine.alert).revision
        _ = bench.take(10)
        let now = try #require(bench.machine.alert)
        let request = AcknowledgeAlert(ID(0), note: "", minutes: 5, revision: seen)
        #expect(throws: AlertFailure.stale(now)) { try bench.acknowledge(request, by: .ana) }
        #expect(Problem(.stale(now)).current?["revision"]?.wholeNumber == now.revision)
        #expect(bench.machine.alert == now)
    }

    @Test func `an acknowledgment ends with its time and the alert calls again`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(AcknowledgeAlert(ID(0), note: "", minutes: 30), by: .ana)
        #expect(bench.hold(95, seconds: 1799) == [])
        #expect(bench.take(95) == [.acknowledgmentExpired])
        #expect(bench.machine.alert?.isAcknowledged == false)
        #expect(bench.machine.alert?.note == nil)
        #expect(bench.hold(95, seconds: 4000) == [], "once")
    }

    @Test func `it also ends while values are missing or the host is silent`() throws {
        var bench = AlertBench()
        bench.fire()
        _ = try bench.acknowledge(AcknowledgeAlert(ID(0), note: "", minutes: 1), by: .ana)
        var silent = bench
        #expect(bench.hold(nil, seconds: 60) == [.acknowledgmentExpired])
        silent.clock.pass(.seconds(61))
        #expect(
            silent.machine.wait(at: silent.clock.wall, monotonic: silent.clock.monotonic) == [.acknowledgmentExpired])
    }

    @Test func `while it recovers nobody is called, but a relapse calls at once`() throws {
        var rule = AlertRule.busy
        rule.keepFiring = .seconds(600)
        var bench = AlertBench(rule)
        bench.fire()
        _ = try bench.acknowledge(AcknowledgeAlert(ID(0), note: "", minutes: 1), by: .ana)
        #expect(bench.hold(10, seconds: 100) == [.receded])
        #expect(bench.machine.alert?.acknowledgedBy == "ana")
        #expect(bench.take(95) == [.flared, .acknowledgmentExpired])
    }

    @Test func `an acknowledgment given by mistake can be taken back`() throws {
        var bench = AlertBench()
        bench.fire()
        #expect(try bench.machine.unacknowledge(ID(0), at: bench.clock.wall) == nil)
        _ = try bench.acknowledge(by: .ana)
        #expect(try bench.machine.unacknowledge(ID(0), at: bench.clock.wall) == .unacknowledged)
        #expect(bench.machine.alert?.isAcknowledged == false)
        #expect(bench.hold(95, seconds: 2000) == [], "there is nothing left to expire")
    }
}
