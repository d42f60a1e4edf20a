import DeskAPI
import Terminal
import Testing
import Vocabulary

@testable import Console

/// What calls a person in front of a console, until they say that they know.
@Suite struct NotificationStoryTests {
    private func told(
        _ sitting: Sitting, _ number: Int64, _ kind: StaffNotification.Kind = .mention,
        _ priority: Conversation.Priority = .normal, about conversation: ID<Conversation>? = nil
    ) -> StaffNotification {
        var value = StaffNotification.example
        (value.id, value.offset, value.kind, value.priority) = (ID(number), number, kind, priority)
        value.user = sitting.state.facts.actor ?? ""
        value.conversation = conversation ?? Desk.conversations[0].id
        (value.from, value.text) = ("ben\u{1B}[2J", "words \(number)\u{202E}")
        return value
    }

    private func calls(_ sitting: inout Sitting) -> [SafeText] {
        sitting.lookAtAll().compactMap { if case .call(let words) = $0 { words } else { nil } }
    }

    @Test func `what calls stands in the status line, rings once, and what presses most stands first`() {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        ana.hear(.notified(told(ana, 1)), .notified(told(ana, 2, .late, .urgent)), .notified(told(ana, 3, .assigned)))
        #expect(calls(&ana).count == 2, "that a conversation was given is called by the conversation itself")
        #expect(ana.screen(120, 40).contains("■ 3 for you"))
        var other = told(ana, 4)
        other.user = "u:77"
        ana.hear(.notified(other))
        #expect(calls(&ana).isEmpty && ana.screen(120, 40).contains("3 for you"))
        ana.press(.character("!"))
        let screen = ana.screen(120, 40)
        #expect(screen.contains("words 1") && screen.contains("[2J named you") && !screen.contains("\u{202E}"))
        let order = ["words 2", "words 3", "words 1"].compactMap { screen.firstRange(of: $0)?.lowerBound }
        #expect(order == order.sorted() && order.count == 3)
    }

    @Test func `a yes, a yes to all, and going there`() {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        let second = Desk.conversations[1].id
        ana.hear(.notified(told(ana, 1)), .notified(told(ana, 2, about: second)))
        ana.press(.character("!"), .character("j"), .character("a"))
        let ask = DeskRequest.acknowledgeNotifications(AcknowledgeNotifications(ID(1)))
        #expect(ana.look().contains(ask))
        var known = told(ana, 1)
        known.acknowledgedAt = ana.now
        ana.hear(.notified(known))
        #expect(ana.screen(120, 40).contains("1 for you") && !ana.screen(120, 40).contains("words 1"))
        ana.press(.character("A"))
        #expect(ana.look().contains(.acknowledgeNotifications(AcknowledgeNotifications(through: 2))))
        ana.press(.enter)
        #expect(ana.state.front == .conversations && ana.state.conversations.opened == second)
        ana.press(.escape, .character("!"), .escape)
        #expect(ana.state.overlay == nil)
    }

    @Test func `who reads the conversation knows`() {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        let id = Desk.conversations[0].id
        ana.press(.character("4"))
        ana.hear(.notified(told(ana, 1)))
        #expect(!ana.look().contains { if case .acknowledgeNotifications = $0 { true } else { false } })
        while ana.state.conversations.list.cursor != id { ana.press(.down) }
        ana.press(.enter)
        let ask = DeskRequest.acknowledgeNotifications(AcknowledgeNotifications(about: id))
        #expect(ana.look().contains(ask))
        ana.answer(ask, .notifications([]))
        ana.hear(.notified(told(ana, 2)))
        #expect(ana.look().contains(ask), "it came while the conversation was before the eyes")
    }

    @Test func `what the desk lists after a break is all that calls`() {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        ana.hear(.notified(told(ana, 1)))
        ana.hear(.missed)
        #expect(ana.lookAtAll().contains(.listNotifications))
        ana.answer(.listNotifications, .notifications([]))
        #expect(!ana.screen(120, 40).contains("for you"))
        ana.press(.character("!"))
        #expect(ana.screen(120, 40).contains("Nothing calls you"))
    }

    @Test func `a note offers the colleagues behind an at sign, and Enter sends when the name is whole`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter, .character("n"))
        #expect(ana.look().contains(.listColleagues))
        let own = Colleague(user: ana.state.facts.actor ?? "", name: "myself", state: .active)
        ana.answer(
            .listColleagues,
            .colleagues([
                own, Colleague(user: "u:8", name: "ben\u{1B}[2J"), Colleague(user: "u:9", name: "bea", state: .busy),
            ]))
        ana.type("please @be")
        let screen = ana.screen(160, 45)
        #expect(screen.contains("@bea") && screen.contains("is here, busy") && screen.contains("is away"))
        #expect(!screen.contains("@myself"))
        ana.press(.down, .enter)
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } })
        ana.type("and @bea")
        #expect(!ana.screen(160, 45).contains("Name a colleague"))
        ana.press(.enter)
        let posts = ana.look().compactMap { if case .post(let post) = $0 { post.text } else { nil } }
        #expect(posts.count == 1 && posts[0].hasPrefix("please @be") && posts[0].hasSuffix("and @bea"))
        ana.press(.character("n"))
        ana.type("mail@be")
        #expect(!ana.screen(160, 45).contains("Name a colleague"))
    }

    @Test func `a text comes back from the editor as a draft, is kept, and is not sent`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter, .character("n"))
        ana.type("short")
        ana.press(.control("g"))
        #expect(ana.lookAtAll().contains(.edit("short")))
        ana.edit("long\n\u{1B}[31mlonger")
        let asked = ana.lookAtAll()
        #expect(!asked.contains { if case .post = $0 { true } else { false } })
        #expect(asked.contains { if case .keepDraft(let draft) = $0 { draft.text.contains("longer") } else { false } })
        #expect(ana.screen(160, 45).contains("longer") && !ana.screen(160, 45).contains("\u{1B}"))
        ana.edit(String(repeating: "x", count: 20_000))
        #expect(ana.screen(160, 45).contains("Only the first"))
    }
}
