import DeskAPI
import Terminal
import Testing
import Vocabulary

@testable import Console

/// Two people before the same conversation know of each other.
@Suite struct PresenceStoryTests {
    /// What the desk was told; it answers, after which the console may say the next.
    private func told(_ sitting: inout Sitting) -> [SetPresence] {
        var told: [SetPresence] = []
        while true {
            let said = sitting.lookAtAll().compactMap { request in
                if case .setPresence(let presence) = request { presence } else { nil }
            }
            guard !said.isEmpty else { return told }
            told += said
            for presence in said { sitting.answer(.setPresence(presence), .presence([])) }
        }
    }

    private func viewer(_ name: String, _ state: PresenceState) -> ConversationViewer {
        var viewer = ConversationViewer()
        (viewer.user, viewer.name, viewer.state) = ("u:9", name, state)
        return viewer
    }

    @Test func `the desk learns what is read, that somebody writes, and that nobody sits here`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"))
        #expect(told(&ana).last?.viewing == nil)
        ana.press(.enter)
        let opened = ana.state.conversations.opened
        #expect(told(&ana).map(\.viewing) == [opened])
        ana.press(.character("t"), .character("n"))
        #expect(told(&ana).last?.state == .busy)
        ana.press(.escape, .escape)
        #expect(ana.lookAtAll().filter(\.isPresence).count == 1, "one word at a time")
        ana.answer(.setPresence(SetPresence(device: "console-7", state: .active, viewing: opened)), .presence([]))
        #expect(told(&ana).last == SetPresence(device: "console-7", state: .active))
        ana.pass(.seconds(24))
        #expect(told(&ana).isEmpty)
        ana.pass(.seconds(2))
        #expect(told(&ana).count == 1, "a device that says nothing is forgotten")
        ana.pass(.seconds(180))
        #expect(told(&ana).last?.state == .idle)
        #expect(
            ana.state.farewell() == .setPresence(SetPresence(device: "console-7", state: .gone)))
    }

    @Test func `colleagues are seen in the list and over the transcript, one's own eyes are not`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter)
        guard let id = ana.state.conversations.opened else {
            Issue.record("nothing is open")
            return
        }
        var own = viewer("me", .active)
        own.user = ana.state.facts.actor ?? ""
        ana.hear(.viewersChanged(ConversationViewers(id, [own, viewer("ben\u{1B}[2J", .busy)])))
        let screen = ana.screen(160, 45)
        #expect(screen.components(separatedBy: "✎ ben").count == 3, "in the list and over the transcript")
        #expect(!screen.contains("◉ me"))
        ana.hear(.viewersChanged(ConversationViewers(id, [viewer("ben", .idle)])))
        #expect(ana.screen(160, 45).contains("◎ ben idle"))
        ana.hear(.viewersChanged(ConversationViewers(id, [])))
        #expect(!ana.screen(160, 45).contains("ben idle"))
    }

    @Test func `whether the customer is there stands in the list and over the transcript`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter)
        guard let id = ana.state.conversations.opened else {
            Issue.record("nothing is open")
            return
        }
        #expect(!ana.screen(160, 45).contains("online") && !ana.screen(160, 45).contains("gone"))
        ana.hear(.customerPresenceChanged(CustomerPresence(id, isOnline: true, since: Desk.ago(60))))
        #expect(ana.screen(160, 45).components(of: "● online") == 2)
        ana.hear(.customerPresenceChanged(CustomerPresence(id, isOnline: false, since: Desk.ago(300))))
        #expect(ana.screen(160, 45).components(of: "○ gone 5m") == 2)
        ana.hear(.missed)
        #expect(ana.lookAtAll().contains(.listCustomerPresence))
        ana.answer(.listCustomerPresence, .customerPresence([]))
        #expect(!ana.screen(160, 45).contains("gone"))
    }

    @Test func `after a break everybody who is there is read anew`() {
        var ana = Sitting.busy()
        ana.press(.character("4"))
        let id = ana.state.conversations.list.rows[0]
        ana.hear(.viewersChanged(ConversationViewers(id, [viewer("gone", .active)])))
        ana.hear(.missed)
        #expect(ana.lookAtAll().contains(.listPresence))
        var ben = Presence.example
        (ben.user, ben.name) = ("u:9", "ben")
        ben.devices[0].viewing = id
        ana.answer(.listPresence, .presence([ben]))
        #expect(ana.screen().contains("◉ ben") && !ana.screen().contains("◉ gone"))
    }
}
