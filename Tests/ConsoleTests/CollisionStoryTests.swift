import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// Two people who answer the same customer at once: the second one is asked, and nothing is ever lost.
@Suite struct CollisionStoryTests {
    /// Ana has Crystal's conversation and has written a reply that is not sent.
    private func writer(_ text: String = "Your label is on its way") -> Sitting {
        var ana = Sitting.busy()
        ana.openCrystal(owner: "u:3")
        ana.press(.character("i"))
        ana.type(text)
        ana.forget()
        return ana
    }

    private func viewers(_ name: String, _ state: PresenceState) -> DeskEvent {
        var viewer = ConversationViewer()
        (viewer.user, viewer.name, viewer.state) = ("u:9", name, state)
        return .viewersChanged(ConversationViewers(ID(42), [viewer]))
    }

    private func reply(_ offset: Int64, by name: String, _ text: String = "It was sent today") -> DeskEvent {
        .messagePosted(Desk.message(42, offset, .agent, name, text, 0))
    }

    private func sent(_ sitting: inout Sitting) -> [PostMessage] {
        sitting.look().compactMap { if case .post(let post) = $0 { post } else { nil } }
    }

    @Test func `while a colleague writes the first press asks, and the second sends`() {
        var ana = writer()
        ana.hear(viewers("ben\u{1B}[2J", .busy))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty)
        #expect(ana.screen().contains("is writing too: Enter again sends anyway"))
        #expect(ana.screen().contains("Your label is on its way"))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty, "a key that was typed ahead is no yes")
        ana.pass(.seconds(1))
        ana.press(.enter)
        #expect(sent(&ana).map(\.text) == ["Your label is on its way"])
        #expect(!ana.screen().contains("sends anyway"))
    }

    @Test func `who only reads, or is away, holds nothing back`() {
        for state in [PresenceState.active, .idle] {
            var ana = writer()
            ana.hear(viewers("ben", state))
            ana.press(.enter)
            #expect(sent(&ana).count == 1)
        }
    }

    @Test func `a program that types without saying what it does counts too, a customer never`() {
        var ana = writer()
        ana.hear(.typed(Typing(conversation: ID(42), actor: "c:142", name: "Crystal")))
        ana.press(.enter)
        #expect(sent(&ana).count == 1)
        ana.type("One more thing")
        ana.hear(.typed(Typing(conversation: ID(42), actor: "u:9", name: "ben")))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty && ana.screen().contains("ben is writing too"))
        ana.pass(.seconds(6))
        ana.press(.enter)
        #expect(sent(&ana).count == 1, "nobody types any more")
    }

    @Test func `a reply that came since the person began is asked about, one that was there is not`() {
        var ana = Sitting.busy()
        ana.openCrystal(owner: "u:3")
        ana.hear(reply(6, by: "ben"))
        ana.press(.character("i"))
        ana.type("Anything else?")
        ana.press(.enter)
        #expect(sent(&ana).count == 1)
        // The composer stays open: who begins anew has seen what came meanwhile.
        ana.hear(reply(7, by: "ben", "I asked the shop"))
        ana.type("Shall I call you?")
        ana.hear(reply(8, by: "ben", "They will call"))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty && ana.screen().contains("ben has replied meanwhile: Enter again sends anyway"))
        ana.pass(.seconds(1))
        ana.press(.enter)
        #expect(sent(&ana).map(\.after) == [8], "a still newer one stops it at the desk")
    }

    @Test func `one's own words from elsewhere are nobody else's`() {
        var ana = writer()
        ana.hear(reply(6, by: "ana"))
        ana.press(.enter)
        #expect(sent(&ana).count == 1)
    }

    @Test func `who was told that a colleague writes is asked again when the reply is there`() {
        var ana = writer()
        ana.hear(viewers("ben", .busy))
        ana.press(.enter)
        ana.pass(.seconds(1))
        ana.hear(reply(6, by: "ben"))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty && ana.screen().contains("ben has replied meanwhile"))
        ana.pass(.seconds(1))
        ana.press(.enter)
        #expect(sent(&ana).count == 1)
    }

    @Test func `an edit takes the question away, and Esc does before it leaves the composer`() {
        var ana = writer()
        ana.hear(viewers("ben", .busy))
        ana.press(.enter)
        ana.type("!")
        #expect(!ana.screen().contains("sends anyway"))
        ana.pass(.seconds(1))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty && ana.screen().contains("sends anyway"), "another text is another question")
        ana.press(.escape)
        #expect(!ana.screen().contains("sends anyway") && ana.screen().contains("Enter sends"))
        ana.hear(viewers("ben", .active))
        ana.press(.enter)
        #expect(sent(&ana).map(\.text) == ["Your label is on its way!"])
    }

    @Test func `sending and resolving is held too, and resolves only what was sent`() {
        var ana = writer()
        ana.hear(viewers("ben", .busy))
        ana.press(.control("x"))
        #expect(ana.look().isEmpty && ana.screen().contains("sends anyway"))
        ana.pass(.seconds(1))
        ana.press(.control("x"))
        let posts = sent(&ana)
        #expect(posts.count == 1)
        let committed = Desk.message(42, 6, .agent, "ana", "Your label is on its way", 0) { $0.cid = posts.first?.cid }
        ana.answer(.post(posts.first ?? PostMessage()), .message(committed))
        #expect(ana.look().contains(.resolve(ConversationReference(ID(42)))))
    }

    @Test func `notes are never held, and neither is an empty reply`() {
        var ana = Sitting.busy()
        ana.openCrystal(owner: "u:3")
        ana.hear(viewers("ben", .busy))
        ana.press(.character("i"), .enter)
        #expect(!ana.screen().contains("sends anyway"))
        ana.press(.escape, .character("n"))
        ana.type("ben, I have this one")
        ana.press(.enter)
        #expect(sent(&ana).map(\.note) == [true])
    }

    @Test func `whoever lost the conversation is told that first, and the draft stays`() {
        var ana = writer()
        ana.hear(viewers("ben", .busy))
        var crystal = Desk.conversations[0]
        (crystal.status, crystal.owner, crystal.ownerName, crystal.updatedAt) = (.open, "u:9", "ben", ana.now)
        ana.hear(.conversationChanged(crystal))
        ana.press(.enter)
        #expect(sent(&ana).isEmpty)
        #expect(ana.screen().contains("You no longer have this conversation"))
        #expect(ana.screen().contains("Your label is on its way"))
    }

    @Test func `a reply that was overtaken on its way says so, and is sent again when that is meant`() {
        var ana = writer()
        ana.press(.enter)
        let posts = sent(&ana)
        #expect(posts.map(\.after) == [5])
        let problem = Problem(.staleRevision, "ben has replied meanwhile")
        ana.refuse(.post(posts.first ?? PostMessage()), problem)
        #expect(ana.screen().contains("not sent: ben has replied meanwhile"))
        ana.press(.escape, .character("r"))
        let again = sent(&ana)
        #expect(again.map(\.after) == [nil] && again.map(\.cid) == posts.map(\.cid))
    }
}
