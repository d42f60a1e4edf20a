import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// Filters, the request log, the clipboard, the mouse and a window that is behind others.
@Suite struct ShellToolStoryTests {
    private func filtering(_ text: String) -> Sitting {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("3"), .character("/"))
        sre.type(text)
        return sre
    }

    @Test func `a filter finds text, its contrary, and patterns`() {
        #expect(filtering("disk").screen().contains("Disk /data") && !filtering("disk").screen().contains("CPU busy"))
        let inverse = filtering("!disk").screen()
        #expect(inverse.contains("CPU busy") && !inverse.contains("Disk /data"))
        let pattern = filtering("~^(cpu|p95)").screen()
        #expect(pattern.contains("CPU busy") && pattern.contains("p95 of") && !pattern.contains("Disk /data"))
        #expect(filtering("~(").screen().contains("not a whole regular expression"))
        #expect(filtering("!~cpu|disk|mem").screen().contains("p95 of"))
        #expect(filtering("\\!").screen().contains("0 found"))
    }

    @Test func `n and N go round what was found`() {
        var sre = filtering("above")
        sre.press(.enter)
        let first = sre.screen()
        sre.press(.character("n"))
        #expect(sre.screen() != first)
        sre.press(.character("N"))
        #expect(sre.screen() == first)
        sre.press(.character("N"), .character("n"))
        #expect(sre.screen() == first, "round the end and back")
    }

    @Test func `the log shows what was asked, with what was answered`() {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("3"), .character("a"))
        sre.type("restart")
        sre.press(.enter)
        let request = sre.look().first { if case .acknowledge = $0 { true } else { false } }
        sre.press(.escape, .character("@"))
        #expect(sre.screen(160, 45).contains(#"POST /v1/alerts/12/acknowledge {"note":"restart","minutes":30"#))
        #expect(sre.screen(160, 45).contains("under way"))
        if let request { sre.refuse(request, Problem(.alreadyAcknowledged, "bob has it")) }
        #expect(sre.screen(160, 45).contains("409 already-acknowledged: bob has it"))
        sre.press(.character("q"))
        #expect(!sre.screen(160, 45).contains("Requests of this console"))
    }

    @Test func `what is under the cursor is copied only on its key, and never as commands`() {
        var agent = Sitting.busy()
        agent.hear(
            .conversationChanged(
                Desk.conversation(80, "Eve\u{1B}]52;c;AAAA\u{7}", .waiting, "x", last: "\u{1B}[2J", updated: 9999)))
        agent.press(.character("4"), .home)
        agent.forget()
        agent.press(.character("y"))
        guard case .copy(let text)? = agent.look().first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.text.hasPrefix("#80 Eve") && !text.text.contains("\u{1B}") && !text.text.contains("\u{7}"))
        agent.press(.character("Y"))
        #expect(agent.look() == [.save(text)])
        agent.press(.character("2"), .character("y"))
        #expect(agent.look().isEmpty)
        #expect(agent.screen().contains("nothing under a cursor"))
    }

    @Test func `a click opens a tab, chooses a row and reads a conversation`() {
        var agent = Sitting.busy(Size(columns: 160, rows: 45))
        func click(_ text: String, _ sitting: inout Sitting) {
            let lines = sitting.screen(160, 45).split(separator: "\n", omittingEmptySubsequences: false)
            guard let row = lines.firstIndex(where: { $0.contains(text) }),
                let range = lines[row].firstRange(of: text)
            else {
                Issue.record("\(text) is not on the screen")
                return
            }
            let column = lines[row].distance(from: lines[row].startIndex, to: range.lowerBound)
            sitting.press(.mouse(MouseEvent(.press(0), at: Position(column: column, row: row))))
        }
        click("3 alerts", &agent)
        #expect(agent.screen(160, 45).contains("unacknowledged"))
        click("Disk /data 92 % full", &agent)
        #expect(agent.screen(160, 45).contains("moving the backups"))
        agent.press(.character("1"))
        click("4 conversations", &agent)
        click("Crystal M.", &agent)
        #expect(agent.look().contains { if case .listMessages = $0 { true } else { false } })
        agent.press(.mouse(MouseEvent(.press(0), at: Position(column: 5000, row: 5000))))
    }

    @Test func `the mouse goes to the console and back by a key`() {
        var sre = Sitting.busy()
        sre.press(.character("M"))
        #expect(sre.look() == [.toggleMouse])
    }

    @Test func `a window behind others is known`() {
        var sre = Sitting.busy()
        #expect(sre.state.isFocused)
        sre.press(.focusOut)
        #expect(!sre.state.isFocused)
        sre.press(.focusIn)
        #expect(sre.state.isFocused)
    }

    @Test func `whoever presses a key looks, though the terminal never said so`() {
        var sre = Sitting.busy()
        sre.press(.focusOut)
        sre.press(.character("j"))
        #expect(sre.state.isFocused)
    }
}

/// The last action is taken back, and commands take words behind their names.
@Suite struct UndoStoryTests {
    @Test func `an acknowledgment is taken back after a yes`() {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("U"))
        #expect(sre.screen().contains("there is nothing that can be"))
        let request = DeskRequest.acknowledge(AcknowledgeAlert(ID(12), note: "", minutes: 30, revision: 2))
        sre.press(.character("3"), .character("a"), .enter)
        #expect(sre.look().contains(request))
        sre.answer(request, .alert(Desk.alerts[0]))
        sre.press(.character("U"))
        #expect(sre.screen().contains("Take back: you acknowledged CPU busy"))
        sre.press(.character("y"))
        #expect(sre.look() == [], "a key that was typed ahead is no yes")
        sre.pass(.seconds(1))
        sre.press(.character("x"), .character("y"))
        #expect(sre.look() == [], "nor is one in a stream of keys")
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        #expect(sre.look() == [.unacknowledge(UnacknowledgeAlert(ID(12)))])
        sre.answer(.unacknowledge(UnacknowledgeAlert(ID(12))), .alert(Desk.alerts[0]))
        sre.press(.character("U"))
        #expect(sre.look().isEmpty, "an undo is not undone")
    }

    @Test func `after two minutes nothing is taken back any more`() {
        var sre = Sitting.busy(role: .sre)
        let request = DeskRequest.acknowledge(AcknowledgeAlert(ID(12), note: "", minutes: 30, revision: 2))
        sre.press(.character("3"), .character("a"), .enter)
        sre.answer(request, .alert(Desk.alerts[0]))
        sre.pass(.seconds(121))
        sre.forget()
        sre.press(.character("U"))
        #expect(sre.look().isEmpty)
    }

    @Test func `the palette takes a time, or a filter for the pane in front`() {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character(":"))
        sre.type("at 5m ago")
        sre.press(.enter)
        #expect(sre.look().contains(.showMoment(ShowMoment(at: Desk.now - .seconds(300), host: "desk-1"))))
        sre.press(.end, .character("3"), .character(":"))
        sre.type("filter disk")
        sre.press(.enter)
        #expect(sre.screen().contains("Disk /data") && !sre.screen().contains("CPU busy above"))
        sre.press(.escape, .character(":"))
        sre.type("at noon")
        sre.press(.enter)
        #expect(sre.screen().contains("is no time"))
    }
}
