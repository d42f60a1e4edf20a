import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// What people do with alerts besides acknowledging one of them.
@Suite struct AlertStoryTests {
    private func watcher(_ size: Size = Size(columns: 80, rows: 24), role: DeskAPI.Role = .sre) -> Sitting {
        var sre = Sitting.busy(size, role: role)
        // A second one that calls.
        sre.hear(.alertChanged(second()))
        sre.press(.character("3"))
        sre.answerChart()
        sre.forget()
        return sre
    }

    private func second() -> Alert {
        var alert = Desk.alerts[0]
        alert.id = ID(20)
        alert.rule = "memory-high"
        alert.metric = "memory.used_percent"
        alert.summary = "Memory 93 % used"
        alert.severity = .warning
        alert.labels = [AlertLabel("team", "storage")]
        alert.runbook = "https://wiki.example/memory"
        return alert
    }

    @Test func `several alerts are marked and acknowledged together, and what was refused is told`() {
        var sre = watcher()
        sre.press(.character("*"))
        #expect(sre.screen().contains("2 marked"))
        sre.press(.character("a"))
        #expect(sre.screen().contains("2 alerts:"))
        sre.type("both")
        sre.press(.enter)
        let request = DeskRequest.acknowledgeAll(AcknowledgeAlerts([Desk.alerts[0].id, ID(20)], note: "both"))
        #expect(sre.look().contains(request))
        var mine = AlertOutcome()
        mine.id = Desk.alerts[0].id
        var taken = Desk.alerts[0]
        (taken.acknowledgedBy, taken.acknowledgedAt, taken.acknowledgedUntil) = (
            "ana", sre.now, sre.now + .seconds(1800)
        )
        taken.revision += 1
        mine.alert = taken
        var other = AlertOutcome()
        (other.id, other.code, other.detail) = (ID(20), "already-acknowledged", "alert 20 is acknowledged by ben")
        sre.answer(request, .outcomes([mine, other]))
        #expect(sre.screen().contains("1 of 2 refused") && sre.screen().contains("both"))
        #expect(sre.screen().contains("✓ acked"))
        sre.press(.enter)
        var again = AcknowledgeAlerts([Desk.alerts[0].id, ID(20)], note: "both")
        again.take = true
        #expect(sre.look().contains(.acknowledgeAll(again)), "Enter takes over")
        sre.press(.escape)
        sre.press(.escape)
        #expect(!sre.screen().contains("marked"))
    }

    @Test func `space marks one and goes on, and again takes the mark away`() {
        var sre = watcher()
        sre.press(.character(" "))
        #expect(sre.screen().contains("1 marked"))
        sre.press(.up, .character(" "))
        #expect(!sre.screen().contains("marked"))
    }

    @Test func `an alert is ended by hand only with a note`() {
        var sre = watcher()
        sre.press(.character("R"), .enter)
        #expect(
            sre.screen().contains("say what was found")
                && !sre.look().contains { if case .closeAlert = $0 { true } else { false } })
        sre.type("a test")
        sre.press(.enter)
        var request = ResolveAlert(Desk.alerts[0].id, note: "a test")
        request.revision = Desk.alerts[0].revision
        #expect(sre.look().contains(.closeAlert(request)))
        var over = Desk.alerts[0]
        (over.condition, over.resolvedAt, over.resolvedBy, over.note) = (.resolved, sre.now, "ana", "a test")
        over.revision += 1
        sre.answer(.closeAlert(request), .alert(over))
        #expect(sre.screen().contains("Ended by hand"))
        for _ in 0..<6 where !sre.screen(160, 45).contains("ended by ana  “a test”") { sre.press(.down) }
        #expect(sre.screen(160, 45).contains("ended by ana"))
    }

    @Test func `an alert is assigned, with one's own name offered`() {
        var sre = watcher()
        sre.press(.character("o"))
        #expect(sre.screen().contains("Assign"))
        for _ in 0..<20 { sre.press(.backspace) }
        sre.type("ben")
        sre.press(.enter)
        let request = DeskRequest.assignAlert(AssignAlert(Desk.alerts[0].id, to: "ben"))
        #expect(sre.look().contains(request))
        var given = Desk.alerts[0]
        given.assignedTo = "ben"
        given.revision += 1
        sre.answer(request, .alert(given))
        #expect(sre.screen(160, 45).contains("→ ben") && sre.screen(160, 45).contains("assigned to ben"))
    }

    @Test func `labels, runbook and unanswered calls stand in the detail`() {
        var sre = watcher(Size(columns: 160, rows: 45))
        var alert = second()
        alert.level = 2
        alert.revision += 1
        sre.hear(.alertChanged(alert))
        sre.press(.down)
        let screen = sre.screen(160, 45)
        #expect(screen.contains("team=storage") && screen.contains("https://wiki.example/memory"))
        #expect(
            screen.contains("nobody answered") && screen.contains("2 times") && screen.contains("no answer, call 3"))
    }

    @Test func `what was raised from outside has no value and no course, and none is waited for`() {
        var sre = watcher(Size(columns: 160, rows: 45))
        var alert = second()
        (alert.id, alert.source, alert.severity) = (ID(21), .event, .critical)
        (alert.metric, alert.summary, alert.value) = ("event.backup-failed{team=storage}", "the backup failed", 1)
        alert.firedAt = sre.now
        sre.hear(.alertChanged(alert))
        sre.press(.home)
        let screen = sre.screen(160, 45)
        #expect(screen.contains("the backup failed") && screen.contains("raised from outside"))
        #expect(!screen.contains("Reading the course") && !screen.contains("fires above") && !screen.contains("event."))
        #expect(
            !sre.look().contains {
                if case .queryMetric(let query) = $0 { query.name.hasPrefix("event") } else { false }
            })
        sre.press(.character("o"))
        #expect(!sre.screen(160, 45).contains("other field"), "there is one field")
    }

    @Test func `silences are listed and ended`() {
        var sre = watcher()
        sre.press(.character("L"))
        #expect(sre.look().contains(.listSilences(ListSilences())))
        var silence = Silence.example
        silence.endsAt = sre.now + .seconds(3600)
        sre.answer(.listSilences(ListSilences()), .silences([silence]))
        #expect(sre.screen().contains(silence.author) && sre.screen().contains("ends in"))
        sre.press(.character("S"))
        #expect(sre.screen().contains("End silence"))
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        let request = DeskRequest.expireSilence(SilenceReference(silence.id))
        #expect(sre.look().contains(request))
        sre.answer(request, .silence(silence))
        #expect(sre.screen().contains("No silences"))
        sre.press(.escape)
        #expect(sre.screen().contains("response"))
    }

    @Test func `receivers are listed and tested`() {
        var sre = watcher()
        sre.press(.character("W"))
        #expect(sre.look().contains(.listReceivers))
        sre.answer(.listReceivers, .receivers([]))
        #expect(sre.screen().contains("Nobody is told of alerts"))
        sre.answer(.listReceivers, .receivers([.example]))
        #expect(sre.screen().contains("https://hooks.slack.com") && sre.screen().contains("✓ ok"))
        sre.press(.character("a"))
        #expect(!sre.screen().contains("Acknowledge"), "no alert is under the cursor here")
        sre.press(.character("t"))
        let request = DeskRequest.testReceiver(ReceiverReference("chat"))
        #expect(sre.look().contains(request))
        #expect(sre.screen().contains("sending a test"))
        var test = NoticeTest.example
        (test.isDelivered, test.answer) = (false, "it answered with status 404")
        sre.answer(request, .noticeTest(test))
        #expect(sre.screen().contains("✕ it answered with status 404"))
        #expect(sre.look().contains(.listReceivers), "what waits is read anew")
        sre.press(.escape)
        #expect(sre.screen().contains("response"))
    }

    @Test(arguments: [(80, 24), (120, 40), (160, 45)])
    func `an incident shows what changed and happened, and keys act on its alert`(columns: Int, rows: Int) {
        var sre = watcher(Size(columns: columns, rows: rows))
        sre.press(.character("i"))
        let request = DeskRequest.showIncident(AlertReference(Desk.alerts[0].id))
        #expect(sre.look().contains(request))
        #expect(sre.screen(columns, rows).contains("Reading what happened"))
        sre.answer(request, .incident(AlertStoryTests.incident))
        let screen = sre.screen(columns, rows)
        #expect(screen.contains("disk.vda.busy") && screen.contains("3.0 %") && screen.contains("88.0 %"))
        sre.press(.end)
        let end = sre.screen(columns, rows)
        #expect((screen + end).contains("deployment") && (screen + end).contains("answered after 14.2 s"))
        sre.press(.home)
        expectGolden(sre.state.view(Size(columns: columns, rows: rows)), "incident-\(columns)x\(rows)")
        sre.press(.character("a"))
        #expect(sre.screen(columns, rows).contains("Acknowledge"))
        sre.press(.escape, .escape)
        #expect(sre.screen(columns, rows).contains("response"))
    }

    private static var incident: Incident {
        var incident = Incident()
        incident.history = AlertHistory(Desk.alerts[0], earlier: [], audit: [])
        incident.from = Desk.alerts[0].startedAt - .seconds(1800)
        incident.to = Desk.now
        var change = MetricChange()
        (change.before, change.after, change.score) = (3, 88, 21)
        change.course.name = "disk.vda.busy"
        change.course.unit = .percent
        change.course.points = (0..<240).map { step in
            let value = step < 150 ? 3.0 : 88
            return MetricSeries.Point(
                at: incident.from + .seconds(step * 10), minimum: value, mean: value, maximum: value)
        }
        incident.changes = [change]
        incident.occurrences = [
            Occurrence(
                at: Desk.alerts[0].startedAt - .seconds(60), kind: .deployment,
                title: "gpt-4o-mini version 3 is production",
                subject: "model:3")
        ]
        var felt = TouchedConversation.example
        felt.at = Desk.alerts[0].startedAt + .seconds(30)
        incident.conversations = [felt]
        return incident
    }
}
