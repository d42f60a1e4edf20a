import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

@Suite struct AlertStoryTests {
    private func watcher() -> Sitting {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("3"))
        sre.answerChart()
        sre.forget()
        return sre
    }

    private func request(_ note: String, revision: Int64 = 2, minutes: Int64 = 30, take: Bool = false) -> DeskRequest {
        var acknowledge = AcknowledgeAlert(ID(12), note: note, minutes: minutes, revision: revision)
        acknowledge.take = take
        return .acknowledge(acknowledge)
    }

    private func acknowledged(by name: String, revision: Int64) -> Alert {
        var alert = Desk.alerts[0]
        alert.acknowledgedBy = name
        alert.acknowledgedAt = Desk.now
        alert.acknowledgedUntil = Desk.now + .seconds(1800)
        alert.revision = revision
        return alert
    }

    @Test func `the course of an alert shows when it fired and who took it on`() {
        var sre = watcher()
        #expect(sre.screen(160, 45).contains("■ fired"))
        var alert = acknowledged(by: "ana", revision: 3)
        alert.acknowledgedAt = Desk.ago(200)
        sre.hear(.alertChanged(alert))
        let screen = sre.screen(160, 45)
        #expect(screen.contains("■ fired") && screen.contains("✓ ana   "))
    }

    @Test func `an alert is acknowledged with a note, and everybody sees by whom and until when`() {
        var sre = watcher()
        sre.press(.character("a"))
        sre.type("restart")
        sre.press(.enter)
        #expect(sre.look() == [request("restart")])
        sre.answer(request("restart"), .alert(acknowledged(by: "ana", revision: 3)))
        #expect(sre.screen().contains("✓ ana 30m00s left"))
        #expect(!sre.screen().contains("restart the"), "the form is gone")
    }

    @Test func `a stale revision keeps the note, and Enter sends it for the newest`() {
        var sre = watcher()
        sre.press(.character("a"))
        sre.type("restart")
        sre.press(.enter)
        sre.forget()
        var newer = Desk.alerts[0]
        newer.revision = 5
        sre.hear(.alertChanged(newer))
        sre.refuse(request("restart"), Problem(.staleRevision, "it changed meanwhile"))
        #expect(sre.screen().contains("it changed meanwhile") && sre.screen().contains("restart"))
        sre.press(.enter)
        #expect(sre.look() == [request("restart", revision: 5)])
    }

    @Test func `a colleague who was faster is named, and is overruled only on purpose`() {
        var sre = watcher()
        sre.press(.character("a"))
        sre.type("mine")
        sre.press(.enter)
        sre.forget()
        sre.hear(.alertChanged(acknowledged(by: "bob", revision: 3)))
        sre.refuse(request("mine"), Problem(.alreadyAcknowledged, "bob acknowledged it 1 s ago"))
        #expect(sre.screen().contains("bob acknowledged it 1 s ago"))
        sre.press(.enter)
        #expect(sre.look() == [request("mine", revision: 3, take: true)])
    }

    @Test func `the form belongs to the alert it was opened for, whatever the list does`() {
        var sre = watcher()
        sre.press(.character("a"))
        sre.hear(.alertChanged(Desk.alert(20, "disk", "Disk / full", .critical, .firing, fired: 1)))
        sre.type("x")
        sre.press(.enter)
        #expect(sre.look().contains(request("x")))
    }

    @Test func `a key right after the list moved is not acted on`() {
        var sre = watcher()
        sre.hear(.alertChanged(Desk.alert(20, "disk", "Disk / full", .critical, .firing, fired: 1)))
        sre.press(.character("a"))
        #expect(sre.screen().contains("the list moved just now"))
        sre.pass(.milliseconds(600))
        sre.press(.character("a"))
        #expect(sre.screen().contains("Acknowledge ─"))
    }

    @Test func `new alerts wait while the cursor is in the list`() {
        var sre = watcher()
        sre.press(.down)
        let before = sre.screen()
        sre.hear(.alertChanged(Desk.alert(20, "disk", "Disk / full", .critical, .firing, fired: 1)))
        #expect(sre.screen().contains("+1 new"))
        #expect(!sre.screen().contains("Disk / full"))
        #expect(before.contains("Disk /data 92 % full"))
        sre.press(.home)
        #expect(sre.screen().contains("Disk / full"))
    }

    @Test(arguments: [("0", "minutes must be"), ("99999", "minutes must be"), ("x", "minutes must be")])
    func `wrong minutes are refused before anything is sent`(_ minutes: String, _ words: String) {
        var sre = watcher()
        sre.press(.character("a"), .tab, .control("u"))
        sre.type(minutes)
        sre.press(.enter)
        #expect(sre.look() == [])
        #expect(sre.screen().contains(words))
    }

    @Test func `pending and resolved alerts say why they cannot be acknowledged`() {
        var sre = watcher()
        sre.press(.down, .down, .character("a"))
        #expect(sre.screen().contains("it is not firing yet"))
        sre.press(.down, .character("a"))
        #expect(sre.screen().contains("it is over"))
    }

    @Test func `an agent's key says that the role is missing`() {
        var agent = Sitting.busy(role: .agent)
        agent.press(.character("3"), .character("a"))
        #expect(agent.screen().contains("your role (agent) lacks"))
    }

    @Test func `a new critical alert and a new wait ring the bell, once`() {
        var sre = watcher()
        let alert = Desk.alert(20, "disk", "Disk / full", .critical, .firing, fired: 1)
        sre.hear(.alertChanged(alert))
        #expect(sre.look().filter { $0 == .call("Disk / full") }.count == 1)
        var same = alert
        same.revision = 3
        sre.hear(.alertChanged(same))
        #expect(!sre.look().contains { if case .call = $0 { true } else { false } })
        sre.hear(.conversationChanged(Desk.conversation(60, "New", .waiting, "help", last: "help", updated: 0)))
        #expect(sre.look().contains(.call("New waits for a person")))
    }
}
