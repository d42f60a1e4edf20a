import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

@Suite struct ShellStoryTests {
    @Test(arguments: ["1", "2", "3", "4", "5"])
    func `pasted text is never a command`(_ pane: String) {
        var ana = Sitting.busy()
        ana.press(.character(Character(pane)))
        ana.forget()
        let before = ana.state.view(Size(columns: 80, rows: 24))
        ana.press(.paste("aq\ny:t"))
        #expect(ana.look() == [])
        #expect(ana.screen().contains("Pasted text is never a command"))
        ana.pass(.seconds(5))
        let after = ana.state.view(Size(columns: 80, rows: 24))
        #expect(before.row(23).elementsEqual(after.row(23)), "the same keys as before")
    }

    @Test func `pasted text goes into the reply, with its lines and without being sent`() {
        var ana = Sitting.busy()
        ana.openCrystal(owner: "u:3")
        ana.press(.character("i"), .paste("first\nsecond\u{1b}[2J"))
        #expect(ana.screen().contains("first") && ana.screen().contains("second␛[2J"))
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } })
    }

    @Test func `a resync reads everything again, a reconnection what is doubtful`() {
        var ana = Sitting.busy()
        ana.hear(.missed)
        #expect(ana.look() == ana.state.firstRequests)
        ana.hear(.missed)
        #expect(ana.look() == [], "what is being read is not asked for twice")
        for request in ana.state.firstRequests { ana.refuse(request, Problem(.unreachable, "gone")) }
        ana.hear(.connection(.offline(reason: "gone", retrySeconds: 2)))
        ana.forget()
        ana.pass(.seconds(10))
        #expect(ana.look() == [], "nothing is asked while there is nobody to answer")
        ana.hear(.connection(.live))
        #expect(Set(ana.look().map { "\($0)" }) == Set(ana.state.firstRequests.map { "\($0)" }))
    }

    @Test func `what could not be read is asked for again after the time the desk names`() {
        var ana = Sitting.empty()
        ana.hear(.missed)
        for request in ana.look() {
            ana.refuse(request, Problem(.unavailable, "the desk is starting", retryAfter: 5))
        }
        ana.press(.character("3"))
        #expect(ana.screen().contains("Alerts could not be read: the desk is starting"))
        ana.pass(.seconds(4))
        #expect(ana.look() == [])
        ana.pass(.seconds(2))
        #expect(ana.look().contains(.listAlerts(ListAlerts())))
    }

    @Test func `being cut off is told with its reason, and every number says that it is old`() {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        ana.hear(.connection(.offline(reason: "connection \u{1b}[31mrefused", retrySeconds: 5)))
        #expect(ana.screen(120, 40).contains("■ offline 0s"))
        #expect(ana.screen(120, 40).contains("␛[31mrefused"))
        ana.pass(.seconds(61))
        #expect(ana.screen(120, 40).contains("■ offline 1m01s · shown is 1m01s old · trying"))
        ana.hear(.connection(.refused(reason: "the key was revoked")))
        #expect(ana.screen(120, 40).contains("■ refused · the key was revoked"))
    }

    @Test func `the palette runs a command of another pane`() {
        var ana = Sitting.busy()
        ana.press(.character(":"))
        ana.type("acknow")
        ana.press(.enter)
        #expect(ana.screen().contains("Acknowledge ─") && ana.screen().contains("CPU busy above 90 % for 1 m"))
        ana.press(.escape, .character(":"))
        ana.type("zzzz")
        #expect(ana.screen().contains("No command has these letters"))
        ana.press(.escape)
        #expect(!ana.screen().contains("Command ─"))
    }

    @Test func `Enter on the overview opens what is under the cursor`() {
        var ana = Sitting.busy()
        ana.press(.tab, .down, .enter)
        #expect(ana.screen().contains("José Á. #43"))
        ana.press(.character("1"), .backTab, .enter)
        #expect(ana.screen().contains("Alerts ─") && ana.screen().contains("cpu-busy"))
    }

    @Test func `zoom gives a tile the whole screen and back`() {
        var ana = Sitting.busy()
        ana.press(.character("z"))
        #expect(!ana.screen().contains("CPU ─") && ana.screen().contains("Alerts ─"))
        ana.press(.escape)
        #expect(ana.screen().contains("CPU ─"))
    }

    @Test func `a key without meaning says so`() {
        var ana = Sitting.busy()
        ana.press(.character("w"))
        #expect(ana.screen().contains("w does nothing here"))
        ana.pass(.seconds(5))
        #expect(!ana.screen().contains("w does nothing here"))
    }

    @Test func `terminal keys work everywhere, also while something is written`() {
        var ana = Sitting.busy()
        ana.openCrystal(owner: "u:3")
        ana.press(.character("i"), .control("l"), .control("z"))
        #expect(ana.look().filter(\.isForTerminal) == [.redraw, .suspend])
    }

    @Test func `text from outside cannot reach the terminal as a command`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        for key in ["1", "2", "3", "4", "5"] {
            ana.press(.character(Character(key)))
            let scalars = ana.screen(160, 45).unicodeScalars
            #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E || $0.value == 0x7F })
        }
        ana.press(.character("4"))
        #expect(ana.screen(160, 45).contains("Eve␛]52;c;ZXZpbA==␇\\u{202e}liam"))
    }

    @Test func `the reference names every key of every pane`() {
        let text = KeyReference.markdown
        for heading in ["Everywhere", "Overview", "System", "Alerts", "Conversations", "Models"] {
            #expect(text.contains("## \(heading)\n"))
        }
        #expect(text.contains("| `t` | take over |"))
        #expect(text.contains("`conversations:claim`"))
    }
}

@Suite struct ResyncStoryTests {
    @Test func `what happens while a list is being read is not lost when the list comes`() {
        var ana = Sitting.busy()
        ana.hear(.missed)
        let list = ana.look().first { if case .listConversations = $0 { true } else { false } }
        let fresh = Desk.conversation(99, "Zoe", .waiting, "help", last: "is anybody there?", updated: 0)
        ana.hear(.conversationChanged(fresh))
        if let list { ana.answer(list, .conversations(Desk.conversations)) }
        ana.press(.character("4"), .home)
        #expect(ana.screen().contains("is anybody there?"), "the list was read before Zoe came")
    }

    @Test func `what is gone from the list after a cut is gone from the screen`() {
        var ana = Sitting.busy()
        ana.hear(.conversationChanged(Desk.conversation(99, "Zoe", .waiting, "help", last: "anybody?", updated: 0)))
        ana.hear(.missed)
        let list = ana.look().first { if case .listConversations = $0 { true } else { false } }
        if let list { ana.answer(list, .conversations(Desk.conversations)) }
        ana.press(.character("4"), .home)
        #expect(!ana.screen().contains("Zoe"))
    }

    @Test func `an older answer never replaces what a newer event told`() {
        var ana = Sitting.busy()
        var newer = Desk.alerts[0]
        newer.revision = 9
        newer.acknowledgedBy = "bob"
        ana.hear(.alertChanged(newer))
        ana.hear(.missed)
        ana.answer(.listAlerts(ListAlerts()), .alerts(Desk.alerts))
        ana.press(.character("3"))
        #expect(ana.screen().contains("✓ bob"))
    }
}
