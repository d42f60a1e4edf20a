import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// The console as lines of text.
@Suite struct PlainStoryTests {
    /// A plain console that has read the busy desk.
    private func listening(as role: DeskAPI.Role = .admin) -> PlainConsole {
        var plain = PlainConsole(now: Desk.now)
        _ = plain.take(.connection(.live), at: Desk.now)
        for request in plain.firstRequests {
            let answer: DeskAnswer =
                switch request {
                case .showIdentity: .identity(Desk.identity(role))
                case .showStatus: .status(Desk.status)
                case .listConversations: .conversations(Desk.conversations)
                case .listAlerts: .alerts(Desk.alerts)
                case .listModels: .models(Desk.models)
                default: .hosts([])
                }
            _ = plain.answered(request, .success(answer), at: Desk.now)
        }
        for snapshot in Desk.snapshots.suffix(5) { _ = plain.take(.event(.hostSampled(snapshot)), at: Desk.now) }
        return plain
    }

    @Test func `the state is told in words, now and once a minute`() {
        var plain = listening()
        let first = text(plain.tick(at: Desk.now))
        #expect(first.hasPrefix("14:03:22 status: live; 2 waiting, the oldest 4m02s; 1 critical unacknowledged; cpu "))
        #expect(first.contains("memory 6.") && first.contains("network in"))
        #expect(plain.tick(at: Desk.now + .seconds(30)).lines.isEmpty)
        #expect(!plain.tick(at: Desk.now + .seconds(61)).lines.isEmpty)
    }

    @Test func `who is there and who has read what is told, made harmless`() throws {
        var plain = listening()
        var ben = ConversationViewer()
        (ben.user, ben.name, ben.state) = ("u:9", "Ben\u{1B}[2J", .busy)
        _ = plain.take(.event(.viewersChanged(ConversationViewers(ID(42), [ben]))), at: Desk.now)
        let customer = CustomerPresence(ID(42), isOnline: false, since: Desk.ago(10))
        _ = plain.take(.event(.customerPresenceChanged(customer)), at: Desk.now)
        let open = plain.enter("conversations", at: Desk.now).lines.map(\.text)
        let told = try #require(open.first { $0.contains("conversation 42, ") })
        #expect(told.contains(". Now: the customer is gone since 10s, Ben") && told.hasSuffix(" is writing"))
        #expect(!told.unicodeScalars.contains("\u{1B}") && open.count { $0.contains(". Now: ") } == 1)
        let mark = ReadMark("u:9", named: "Ben", offset: Desk.transcript[2].offset, at: Desk.ago(5))
        _ = plain.take(.event(.conversationRead(ConversationRead(ID(42), mark))), at: Desk.now)
        let asked = plain.enter("show 42", at: Desk.now).requests[0]
        let lines = plain.answered(asked, .success(.messages(Desk.transcript)), at: Desk.now).lines.map(\.text)
        let seen = lines.indices.filter { lines[$0].hasSuffix("in 42, seen by Ben") }
        #expect(seen == [3], "behind the third message: \(lines)")
    }

    @Test func `no line holds a frame, a symbol or a control character`() {
        var plain = listening()
        var lines = plain.tick(at: Desk.now).lines
        for command in ["help", "alerts", "conversations", "models", "status", "nonsense"] {
            lines += plain.enter(command, at: Desk.now).lines
        }
        #expect(lines.count > 20)
        for line in lines {
            #expect(
                !line.text.unicodeScalars.contains {
                    ("\u{2500}"..."\u{28FF}").contains($0) || $0.value < 32 || "●▲■◌✓".unicodeScalars.contains($0)
                }, "\(line.text)")
        }
    }

    @Test func `an alert is told when it changes, not when its value does, and is acknowledged by a line`() {
        var plain = listening(as: .sre)
        var alert = Desk.alerts[0]
        alert.value = 99
        alert.revision += 1
        #expect(plain.take(.event(.alertChanged(alert)), at: Desk.now).lines.isEmpty)
        let wanted = plain.enter("ack 12 45 restarting the import", at: Desk.now)
        guard case .acknowledge(let request)? = wanted.requests.first else {
            Issue.record("nothing was asked")
            return
        }
        #expect(request.id == ID(12) && request.minutes == 45 && request.note == "restarting the import")
        alert.acknowledgedBy = "ana"
        alert.acknowledgedUntil = Desk.now + .seconds(2700)
        alert.note = "restarting the import"
        alert.revision += 1
        let told = text(plain.take(.event(.alertChanged(alert)), at: Desk.now))
        #expect(told.contains("alert 12 critical firing") && told.contains("acknowledged by ana, 45m00s left"))
        let refused = plain.answered(
            .acknowledge(request), .failure(Problem(.staleRevision, "it changed meanwhile")), at: Desk.now)
        #expect(text(refused).contains("refused: it changed meanwhile"))
    }

    @Test func `a conversation is followed, taken and answered`() {
        var plain = listening()
        let id = Desk.conversations[0].id
        var message = Message()
        (message.conversation, message.author, message.authorName) = (id, .customer, "Crystal M.")
        (message.text, message.offset, message.at) = ("Are you\nthere?\u{1B}[2J", 99, Desk.now)
        #expect(plain.take(.event(.messagePosted(message)), at: Desk.now).lines.isEmpty, "nobody asked for it")
        _ = plain.enter("follow \(id)", at: Desk.now)
        let heard = text(plain.take(.event(.messagePosted(message)), at: Desk.now))
        #expect(heard.contains("in \(id), customer Crystal M.: Are you there?") && !heard.contains("\u{1B}"))
        #expect(plain.enter("take #\(id)", at: Desk.now).requests.count == 1)
        guard case .post(let post)? = plain.enter("say \(id) I am here, one moment", at: Desk.now).requests.first else {
            Issue.record("nothing was written")
            return
        }
        #expect(post.text == "I am here, one moment" && !post.note)
    }

    @Test(arguments: [
        ("ack", "needs a number"), ("ack twelve", "needs a number"), ("ack 12 0", "minutes must be"),
        ("say 4", "write the text"), ("alrts", "did you mean alerts?"), ("take -3", "needs a number"),
    ])
    func `a wrong line is explained and does nothing`(_ line: String, _ words: String) {
        var plain = listening()
        let outcome = plain.enter(line, at: Desk.now)
        #expect(outcome.requests.isEmpty && text(outcome).contains(words))
    }

    @Test func `empty lines are nothing and quit leaves`() {
        var plain = listening()
        #expect(plain.enter("   ", at: Desk.now).lines.isEmpty && plain.enter("", at: Desk.now).requests.isEmpty)
        #expect(plain.enter("quit", at: Desk.now).requests == [.quit])
    }
}
