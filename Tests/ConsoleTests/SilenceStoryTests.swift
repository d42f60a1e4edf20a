import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// A person silences what is like the alert under the cursor, and ends that again.
@Suite struct SilenceStoryTests {
    private static let matchers = ["rule=\"cpu-busy\"", "host=\"desk-1\"", "metric=\"cpu.busy\""]

    private func watcher(_ size: Size = Size(columns: 80, rows: 24), role: DeskAPI.Role = .sre) -> Sitting {
        var sre = Sitting.busy(size, role: role)
        sre.press(.character("3"))
        sre.answerChart()
        sre.forget()
        return sre
    }

    private func silenced(revision: Int64 = 5) -> Alert {
        var alert = Desk.alerts[0]
        alert.suppression = .silenced
        alert.suppressedBy = "4"
        alert.suppressedUntil = Desk.now + .seconds(7200)
        alert.revision = revision
        return alert
    }

    @Test func `a silence tells what it hides before it is made`() {
        var sre = watcher()
        sre.press(.character("S"))
        let preview = PreviewSilence(SilenceStoryTests.matchers)
        #expect(sre.look() == [.previewSilence(preview)])
        #expect(sre.screen().contains("reading what it hides"))
        sre.answer(.previewSilence(preview), .preview([Desk.alerts[0], Desk.alerts[1]]))
        #expect(sre.screen().contains("hides CPU busy above 90 %") && sre.screen().contains("and 1 more"))
        sre.type("import runs")
        sre.press(.enter)
        let request = DeskRequest.createSilence(
            CreateSilence(SilenceStoryTests.matchers, comment: "import runs", minutes: 120))
        #expect(sre.look() == [request])
        sre.answer(request, .silence(.example))
        #expect(sre.screen().contains("Silenced for 120 minutes"))
        sre.hear(.alertChanged(silenced()))
        #expect(sre.screen().contains("◇ silenced") && !sre.screen().contains("1 unacknowledged"))
        sre.press(.character("U"))
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        #expect(sre.look().contains(.expireSilence(SilenceReference(ID(4)))))
    }

    @Test func `how much is silenced is chosen, and what that hides is read anew`() {
        var sre = watcher()
        sre.press(.character("S"), .tab)
        sre.forget()
        sre.press(.right)
        #expect(sre.look() == [])
        sre.press(.tab, .right)
        #expect(sre.look() == [.previewSilence(PreviewSilence([SilenceStoryTests.matchers[0]]))])
        #expect(sre.screen().contains("cpu-busy on every host"))
        sre.press(.right)
        #expect(sre.screen().contains("everything on desk-1"))
        // The answer to what is not meant any more is not shown.
        sre.answer(.previewSilence(PreviewSilence([SilenceStoryTests.matchers[0]])), .preview([Desk.alerts[0]]))
        #expect(sre.screen().contains("reading what it hides"))
    }

    @Test func `without a reason, or with a time that is none, nothing is asked`() {
        var sre = watcher()
        sre.press(.character("S"))
        sre.forget()
        sre.press(.enter)
        #expect(sre.look() == [] && sre.screen().contains("say why"))
        sre.type("x")
        sre.press(.tab)
        sre.type("xx")
        sre.press(.enter)
        #expect(sre.look() == [] && sre.screen().contains("minutes must be 1 to 525600"))
        sre.press(.escape)
        #expect(!sre.screen().contains("Enter silences"))
    }

    @Test func `a refusal stands in the form and nothing written is lost`() {
        var sre = watcher()
        sre.press(.character("S"))
        sre.type("because")
        sre.press(.enter)
        let request = DeskRequest.createSilence(
            CreateSilence(SilenceStoryTests.matchers, comment: "because", minutes: 120))
        sre.refuse(request, Problem(.unavailable, "the disk is full"))
        #expect(sre.screen().contains("the disk is full") && sre.screen().contains("because"))
    }

    @Test func `a silenced alert calls nobody, says so in words, and S ends it after a yes`() {
        var sre = watcher()
        sre.forget()
        sre.hear(.alertChanged(silenced()))
        #expect(!sre.look().contains { if case .call = $0 { true } else { false } })
        // What is silenced stands below what calls.
        for _ in 0..<6 where !sre.screen(160, 45).contains("S ends it") { sre.press(.down) }
        #expect(sre.screen(160, 45).contains("by silence 4, until"))
        sre.press(.character("S"))
        #expect(sre.screen().contains("End silence 4?"))
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        #expect(sre.look().contains(.expireSilence(SilenceReference(ID(4)))))
    }

    @Test func `an acknowledgment is given up with a reason`() {
        var sre = watcher()
        sre.press(.character("/"))
        sre.type("bob")
        sre.press(.enter)
        sre.press(.character("u"))
        #expect(sre.screen().contains("Give up") && sre.screen().contains("it calls again"))
        sre.type("not mine")
        sre.press(.enter)
        let request = DeskRequest.unacknowledge(UnacknowledgeAlert(ID(13), reason: "not mine"))
        #expect(sre.look().contains(request))
        sre.refuse(request, Problem(.unavailable, "the disk is full"))
        #expect(sre.screen().contains("the disk is full") && sre.screen().contains("not mine"))
        sre.press(.enter)
        sre.answer(request, .alert(Desk.alerts[1]))
        #expect(!sre.screen().contains("Enter sends"))
    }

    @Test func `agents may not silence`() {
        var agent = watcher(role: .agent)
        agent.press(.character("S"))
        #expect(!agent.screen().contains("Enter silences"))
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 160, rows: 45)])
    func `the form and the past of the alert below its chart`(_ size: Size) {
        var sre = watcher(size)
        var fired = AuditEntry.example
        (fired.action, fired.actorName, fired.detail) = ("alert.fire", "watchdesk", "cpu-busy on desk-1: CPU busy")
        fired.at = Desk.ago(380)
        var earlier = Desk.alerts[0]
        earlier.id = ID(7)
        earlier.firedAt = Desk.ago(90_000)
        earlier.resolvedAt = Desk.ago(89_700)
        let history = AlertHistory(Desk.alerts[0], earlier: [earlier], audit: [fired])
        sre.answer(.showAlert(AlertReference(ID(12))), .history(history))
        sre.press(.character("S"))
        sre.answer(.previewSilence(PreviewSilence(SilenceStoryTests.matchers)), .preview([Desk.alerts[0]]))
        sre.type("replacing a fan")
        expectGolden(sre.state.view(size), "silence-\(size.columns)x\(size.rows)")
    }
}
