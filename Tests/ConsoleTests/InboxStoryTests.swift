import DeskAPI
import Terminal
import Testing
import Vocabulary

@testable import Console

/// Views, customers and macros, as a person works with them.
@Suite struct InboxStoryTests {
    private func agent() -> Sitting {
        var ana = Sitting.busy()
        ana.press(.character("4"))
        ana.forget()
        return ana
    }

    private func changed(_ change: (inout Conversation) -> Void) -> Conversation {
        var value = Desk.conversations[0]
        change(&value)
        return value
    }

    @Test func `a view of the desk's own stands behind the usual ones, and other languages are named`() {
        var ana = agent()
        ana.hear(.missed)
        ana.answer(.listViews, .views([SavedView(name: "germans", filter: "lang:de")]))
        ana.hear(
            .conversationChanged(
                changed {
                    $0.language = "de"; $0.updatedAt = ana.now
                }))
        #expect(ana.screen().contains("de "))
        for _ in 0..<6 { ana.press(.character("v")) }
        #expect(ana.screen().contains("germans") && ana.state.conversations.list.rows == [Desk.conversations[0].id])
        ana.press(.character("v"))
        #expect(ana.state.conversations.view == .all)
        ana.press(.character("V"))
        #expect(ana.screen().contains("germans"))
    }

    @Test func `who asks is shown with what is known and was asked before, and can be another's same person`() {
        var ana = agent()
        ana.press(.character("c"))
        let customer = Desk.conversations[0].customer
        #expect(ana.look() == [.showCustomer(CustomerReference(customer))] && ana.screen().contains("Reading"))
        var profile = CustomerProfile.example
        profile.customer = customer
        profile.attributes = [CustomerAttribute("plan", "gold\u{1B}[2J"), CustomerAttribute("city", "Lyon")]
        profile.conversations = [Desk.conversations[0], Desk.conversations[1]]
        ana.answer(.showCustomer(CustomerReference(customer)), .customer(profile))
        let screen = ana.screen()
        #expect(screen.contains("plan") && screen.contains("Lyon") && !screen.contains("\u{1B}"))
        #expect(screen.contains("2 conversations"))
        ana.press(.character("a"))
        ana.type("Tier two words")
        ana.press(.enter)
        var change = UpdateCustomer(customer)
        change.attributes = [CustomerAttribute("tier", "two words")]
        #expect(ana.look() == [.updateCustomer(change)])
        ana.refuse(.updateCustomer(change), Problem(.invalidField, "attributes: no"))
        #expect(ana.screen().contains("attributes: no"))
        ana.press(.escape, .character("m"))
        ana.type("#8x")
        ana.press(.enter)
        #expect(ana.screen().contains("write the number"))
        ana.press(.backspace, .enter)
        #expect(ana.look() == [] && ana.screen().contains("for good"))
        ana.pass(.seconds(1))
        ana.press(.character("y"))
        #expect(ana.look() == [.mergeCustomers(MergeCustomers(ID(8), into: customer))])
        ana.answer(.mergeCustomers(MergeCustomers(ID(8), into: customer)), .customer(profile))
        ana.press(.down, .enter)
        #expect(!ana.screen().contains("customer \(customer)"))
    }

    @Test func `a macro shows what it would do, and does it to all that are marked`() {
        var ana = agent()
        ana.press(.character(" "), .character(" "), .character("m"))
        #expect(ana.look() == [.listMacros] && ana.screen().contains("Reading"))
        ana.answer(
            .listMacros,
            .macros([
                .example, Macro(name: "later\u{1B}[2J", steps: [MacroStep(.snooze, "120"), MacroStep(.give, "ben")]),
            ]))
        #expect(ana.screen().contains("send: Your refund is on its way") && ana.screen().contains("and 1 more"))
        ana.press(.down)
        #expect(ana.screen().contains("put aside for 2h") && !ana.screen().contains("\u{1B}"))
        ana.type("ref")
        #expect(ana.screen().contains("file under #refund") && !ana.screen().contains("put aside"))
        ana.press(.enter)
        let asked = ana.look().compactMap { if case .runMacro(let run) = $0 { run } else { nil } }
        #expect(asked.map(\.name) == ["refund-sent", "refund-sent"] && Set(asked.map(\.cid)).count == 2)
        ana.press(.enter)
        #expect(ana.look() == [], "it runs already")
        var done = Desk.conversations[0]
        done.id = asked[0].id
        ana.answer(.runMacro(asked[0]), .conversation(done))
        ana.refuse(.runMacro(asked[1]), Problem(.alreadyClaimed, "ben has it now"))
        #expect(ana.screen().contains("ben has it now"), "what was refused stays to be tried again")
        ana.press(.escape)
        #expect(!ana.screen().contains("Macros"))
    }

    @Test func `a macro that ends the work leads on to who waits longest`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter, .character("m"))
        let first = Desk.conversations[0]
        ana.answer(.listMacros, .macros([.example]))
        ana.forget()
        ana.press(.enter)
        let run = ana.look().compactMap { if case .runMacro(let run) = $0 { run } else { nil } }
        #expect(run.map(\.id) == [first.id])
        var done = first
        (done.status, done.owner, done.updatedAt) = (.resolved, "u:3", ana.now)
        ana.hear(.conversationChanged(done))
        ana.answer(.runMacro(run[0]), .conversation(done))
        #expect(ana.state.conversations.opened != first.id && ana.state.conversations.isReading)
        #expect(ana.state.conversations.opened == ana.state.facts.queue.first?.id)
    }

    @Test func `the cursor does not follow what was resolved to the end of the list`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        ana.press(.character("4"), .enter, .character("e"))
        var done = Desk.conversations[0]
        (done.status, done.updatedAt) = (.resolved, ana.now)
        ana.hear(.conversationChanged(done))
        ana.answer(.resolve(ConversationReference(done.id)), .conversation(done))
        ana.press(.escape)
        #expect(ana.state.conversations.list.cursorIndex == 0)
        #expect(ana.state.conversations.list.cursor != done.id)
    }

    @Test func `a reply that ends the work is sent, and only when it has arrived the conversation is done`() {
        func writing() -> Sitting {
            var ana = Sitting.busy(Size(columns: 160, rows: 45))
            ana.press(.character("4"), .enter)
            ana.hear(
                .conversationChanged(
                    changed { ($0.status, $0.owner, $0.ownerName, $0.updatedAt) = (.open, "u:3", "ana", ana.now) }))
            ana.press(.character("i"))
            ana.type("It is on its way.")
            ana.forget()
            ana.press(.control("x"))
            return ana
        }
        var ana = writing()
        let posts = ana.look()
        guard case .post(let post)? = posts.first, posts.count == 1 else {
            Issue.record("\(posts)")
            return
        }
        ana.answer(.post(post), .message(.example))
        #expect(ana.look().contains(.resolve(ConversationReference(post.id))))
        var done = changed { $0.status = .resolved }
        done.updatedAt = ana.now
        ana.answer(.resolve(ConversationReference(post.id)), .conversation(done))
        #expect(ana.state.conversations.opened != post.id && ana.state.conversations.isReading)

        var bea = writing()
        guard case .post(let lost)? = bea.look().first else { return }
        bea.refuse(.post(lost), Problem(.unavailable, "the disk is full"))
        #expect(!bea.look().contains(.resolve(ConversationReference(lost.id))))
        #expect(bea.screen(160, 45).contains("the disk is full"))
    }

    @Test func `words in the transcript are found, older pages are read for them, and Esc goes back`() {
        var ana = Sitting.busy(Size(columns: 160, rows: 45))
        let id = Desk.conversations[0].id
        func entry(_ offset: Int64, _ text: String) -> Message {
            var message = Message()
            (message.id, message.conversation, message.offset) = (ID(1000 + offset), id, offset)
            (message.author, message.authorName, message.text) = (.customer, "Crystal", text)
            message.at = ana.now
            return message
        }
        var long = Desk.conversations[0]
        (long.lastOffset, long.updatedAt) = (600, ana.now)
        ana.hear(.conversationChanged(long))
        ana.press(.character("4"), .enter)
        ana.forget()
        let last = ListMessages(of: id, after: 400, limit: 200)
        ana.answer(
            .listMessages(last),
            .messages((401...600).map { entry($0, $0.isMultiple(of: 50) ? "The Zip is torn \($0)" : "words \($0)") }))
        ana.forget()
        ana.press(.character("/"))
        ana.type("zip")
        #expect(ana.screen(160, 45).contains("1 of 4") && ana.state.conversations.find?.place == 600)
        ana.press(.up, .up)
        #expect(ana.state.conversations.find?.place == 500 && ana.screen(160, 45).contains("torn 500"))
        ana.press(.up, .up)
        #expect(ana.screen(160, 45).contains("reading older"))
        let older = ListMessages(of: id, after: 200, limit: 200)
        #expect(ana.lookAtAll().contains(.listMessages(older)))
        ana.answer(.listMessages(older), .messages((201...400).map { entry($0, $0 == 250 ? "a zip" : "words") }))
        #expect(ana.state.conversations.find?.place == 250)
        ana.press(.down)
        #expect(ana.state.conversations.find?.place == 450)
        ana.press(.escape)
        #expect(ana.state.conversations.find == nil && ana.state.conversations.anchor == nil)
        ana.press(.character("/"))
        ana.type("torn 450")
        ana.press(.enter)
        #expect(ana.state.conversations.find == nil && ana.screen(160, 45).contains("torn 450"))
    }

    @Test func `what is noted of a customer is read whole, or it is said how much is left out`() {
        var ana = Sitting.busy()
        ana.press(.character("4"), .character("c"))
        let customer = Desk.conversations[0].customer
        var profile = CustomerProfile.example
        profile.customer = customer
        let long = Array(repeating: "word", count: 24).joined(separator: " ") + " end"
        profile.attributes = [CustomerAttribute("note", long)]
        profile.createdAt = ana.now - .seconds(800 * 86_400)
        ana.answer(.showCustomer(CustomerReference(customer)), .customer(profile))
        #expect(ana.screen().contains(" end"))
        #expect(ana.screen().contains("since ") && ana.screen().contains(" 2024 ·"), "another year is named")
        profile.attributes = (0..<30).map { CustomerAttribute("a\($0)", "x") }
        ana.answer(.showCustomer(CustomerReference(customer)), .customer(profile))
        #expect(ana.screen().contains("more: watchdesk customers show \(customer)"))
        #expect(ana.screen().contains("status"), "the conversations keep their room")
    }
}
