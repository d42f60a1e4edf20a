import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

@Suite struct TakeOverStoryTests {
    private var crystal: Conversation { Desk.conversations[0] }

    private func owned(
        by actor: String?, _ name: String?, status: Conversation.Status, at now: Timestamp
    ) -> Conversation {
        var value = crystal
        value.owner = actor
        value.ownerName = name
        value.status = status
        value.updatedAt = now
        return value
    }

    /// A person who has opened the conversation that waits longest.
    private func reader() -> Sitting {
        var ana = Sitting.busy()
        ana.press(.character("4"), .enter)
        #expect(ana.look() == [.listMessages(ListMessages(of: ID(42), after: 0, limit: 200))])
        ana.answer(.listMessages(ListMessages(of: ID(42), after: 0, limit: 200)), .messages(Desk.transcript))
        return ana
    }

    @Test func `an agent takes over, writes, is read, and hands back`() throws {
        var ana = reader()
        ana.press(.character("i"))
        #expect(ana.look() == [], "nobody writes into what they do not have")
        #expect(ana.screen().contains("t takes it"))

        ana.press(.character("t"))
        let claim = DeskRequest.claim(ClaimConversation(ID(42), ifOwner: "queue"))
        #expect(ana.look() == [claim])
        ana.answer(claim, .conversation(owned(by: "u:3", "ana", status: .open, at: ana.now)))
        #expect(ana.screen().contains("◆ you"))

        ana.press(.character("i"))
        ana.type("Hello")
        ana.press(.enter)
        guard case .post(let post)? = ana.look().last else { throw StoryFailure("nothing was sent") }
        #expect(post.text == "Hello" && !post.note && post.id == ID(42))
        #expect(ana.screen().contains("Hello ◌ sending"))

        let committed = Desk.message(42, 6, .agent, "ana", "Hello", 0) { $0.cid = post.cid }
        ana.hear(.messagePosted(committed))
        #expect(ana.screen().contains("Hello ✓") && !ana.screen().contains("sending"))
        ana.answer(.post(post), .message(committed))
        #expect(ana.screen().components(of: "Hello") == 1, "the answer and the event are one message")

        ana.press(.escape, .character("b"))
        #expect(ana.look() == [.release(ReleaseConversation(ID(42), to: .assistant))])
    }

    @Test func `who loses a claim reads who won it`() {
        var ana = reader()
        ana.press(.character("t"))
        let claim = DeskRequest.claim(ClaimConversation(ID(42), ifOwner: "queue"))
        ana.refuse(claim, Problem(.alreadyClaimed, "bob took it 2 s ago"))
        #expect(ana.screen().contains("bob took it 2 s ago"))
        #expect(!ana.screen().contains("◆ you"))
    }

    @Test func `a colleague's conversation is taken only after a yes`() {
        var ana = reader()
        ana.hear(.conversationChanged(owned(by: "u:5", "bob", status: .open, at: ana.now)))
        ana.press(.character("t"))
        #expect(ana.look() == [])
        #expect(ana.screen().contains("bob is answering Crystal M."))
        ana.press(.escape)
        #expect(ana.look() == [])
        ana.press(.character("t"))
        ana.pass(.seconds(1))
        ana.press(.character("y"))
        #expect(ana.look() == [.claim(ClaimConversation(ID(42), ifOwner: "u:5"))])
    }

    @Test func `what did not arrive stays, says why, and is sent again with its old key`() throws {
        var ana = reader()
        ana.hear(.conversationChanged(owned(by: "u:3", "ana", status: .open, at: ana.now)))
        ana.press(.character("i"))
        ana.type("one moment")
        ana.press(.enter)
        guard case .post(let post)? = ana.look().last else { throw StoryFailure("nothing was sent") }
        ana.refuse(.post(post), Problem(.unreachable, "the desk cannot be reached"))
        #expect(ana.screen().contains("one moment"))
        #expect(ana.screen().contains("not sent: the desk cannot be reached"))
        ana.press(.escape, .character("r"))
        #expect(ana.look() == [.post(post)])
        ana.refuse(.post(post), Problem(.unreachable, "still not"))
        ana.press(.character("x"))
        #expect(ana.screen().contains("Reply to Crystal M.") && !ana.screen().contains("not sent"))
    }

    @Test func `keys are letters while a reply is written`() {
        var ana = reader()
        ana.hear(.conversationChanged(owned(by: "u:3", "ana", status: .open, at: ana.now)))
        ana.press(.character("i"))
        ana.forget()
        ana.type("queue bert 12345 ?:/zjk")
        #expect(ana.look() == [.type(ConversationReference(ID(42)))], "only that somebody types is told, once")
        #expect(ana.screen().contains("queue bert 12345 ?:/zjk"))
    }

    @Test func `a draft survives switching conversations and panes`() {
        var ana = reader()
        ana.hear(.conversationChanged(owned(by: "u:3", "ana", status: .open, at: ana.now)))
        ana.press(.character("i"))
        ana.type("half a sentence")
        ana.press(.escape, .escape, .down)
        ana.pass(.seconds(1))
        ana.press(.enter, .character("1"), .character("4"), .escape)
        #expect(!ana.screen().contains("half a sentence"))
        ana.press(.home, .character("/"))
        ana.type("crystal")
        ana.press(.enter, .enter)
        #expect(ana.screen().contains("half a sentence"))
        ana.press(.character("q"))
        #expect(ana.look().contains(.quit) == false)
        #expect(ana.screen().contains("A reply to Crystal M. is written but not sent"))
        ana.press(.escape)
        #expect(ana.screen().contains("half a sentence"))
        ana.press(.character("q"), .character("q"))
        #expect(!ana.look().contains(.quit), "a key that was typed ahead is no yes")
        ana.pass(.seconds(1))
        ana.press(.character("q"))
        #expect(ana.look().last == .quit)
    }

    @Test func `resolving goes on to who waits longest`() {
        var ana = reader()
        ana.press(.character("E"))
        let resolve = DeskRequest.resolve(ConversationReference(ID(42)))
        #expect(ana.look() == [resolve])
        ana.answer(resolve, .conversation(owned(by: nil, nil, status: .resolved, at: ana.now)))
        #expect(ana.look() == [.listMessages(ListMessages(of: ID(43), after: 0, limit: 200))])
        #expect(ana.screen().contains("José Á. #43"))
    }

    @Test func `a role that may not write sees why`() {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("4"), .enter, .character("n"))
        #expect(sre.screen().contains("your role (sre) lacks"))
        #expect(sre.screen().contains("conversations:write"))
        sre.press(.escape, .character("t"))
        #expect(!sre.look().contains { if case .claim = $0 { true } else { false } })
    }
}

/// A story that cannot go on.
struct StoryFailure: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

extension String {
    /// How often a text occurs.
    func components(of text: String) -> Int {
        var rest = self[...]
        var count = 0
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
