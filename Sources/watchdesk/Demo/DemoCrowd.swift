internal import DeskAPI
internal import RemoteDesk
internal import Vocabulary

/// The made-up people of a demo: customers who come and go, and two agents who help some of them.
struct DemoCrowd: Sendable {
    let url: String
    let admin: any DeskClient
    let customers: Int
    let seed: UInt64

    /// Lives until the task is cancelled.
    func run() async {
        await teach()
        await withTaskGroup(of: Void.self) { group in
            for seat in 0..<customers {
                group.addTask { await comeAndGo(seat) }
            }
            for (number, name) in ["Ana", "Bo"].enumerated() {
                group.addTask { await help(as: name, number) }
            }
        }
    }

    /// Gives the assistant the shop's articles.
    private func teach() async {
        for (path, markdown) in DemoScripts.articles {
            var article = PutArticle()
            (article.path, article.markdown) = (path, markdown)
            do {
                _ = try await admin.call(Operations.putArticle, article)
            } catch {
                Output.complain("watchdesk demo: \(error.detail)")
            }
        }
    }

    /// One customer after the other on the same seat.
    private func comeAndGo(_ seat: Int) async {
        var random = SplitMix64(seed: seed &+ UInt64(seat) &* 977)
        guard await pause(Double(seat) * 1.3) else { return }
        while !Task.isCancelled {
            let name = DemoScripts.names.randomElement(using: &random) ?? "Sam"
            let script = DemoScripts.dialogues.randomElement(using: &random) ?? []
            do {
                try await talk(as: name, script, &random)
            } catch {
                // The desk is ending, or busy: the next customer comes later.
                guard await pause(3) else { return }
            }
            guard await pause(.random(in: 4...15, using: &random)) else { return }
        }
    }

    private func talk(as name: String, _ lines: [String], _ random: inout SplitMix64) async throws {
        let session = try await CustomerSession.start(at: url, as: name)
        for line in lines {
            guard await pause(.random(in: 2...7, using: &random)) else { break }
            let offset = try await session.send(line).offset
            try await waitForAnswer(to: offset, in: session)
        }
        await session.close()
    }

    /// Waits for an answer to be read, but like a person not for ever.
    private func waitForAnswer(to offset: Int64, in session: CustomerSession) async throws {
        for _ in 0..<20 {
            guard await pause(1.5) else { return }
            let news = try await session.messages(after: offset)
            if news.contains(where: { $0.author == .assistant || $0.author == .agent }) { return }
        }
    }

    /// An agent takes who has waited for some time, answers, and resolves; some are left for the person who watches.
    private func help(as name: String, _ number: Int) async {
        var random = SplitMix64(seed: seed &+ 31 &+ UInt64(number))
        guard let agent = await agent(name) else { return }
        while await pause(.random(in: 12...25, using: &random)) {
            do throws(Problem) {
                try await helpOne(agent, &random)
            } catch {
                // A colleague, or the person, was faster.
                continue
            }
        }
        await agent.close()
    }

    private func helpOne(_ agent: RemoteDesk, _ random: inout SplitMix64) async throws(Problem) {
        var list = ListConversations()
        list.status = .waiting
        let waiting = try await agent.call(Operations.listConversations, list).items
        guard let first = waiting.first(where: { ($0.waitingSince ?? .now) < .now - .seconds(50) }) else { return }
        _ = try await agent.call(Operations.claimConversation, ClaimConversation(first.id, ifOwner: "queue"))
        guard await pause(.random(in: 3...9, using: &random)) else { return }
        let reply = DemoScripts.replies.randomElement(using: &random) ?? "I am looking into it."
        _ = try await agent.call(Operations.postMessage, PostMessage(to: first.id, cid: nil, text: reply))
        guard await pause(.random(in: 10...30, using: &random)) else { return }
        if Bool.random(using: &random) {
            _ = try await agent.call(Operations.resolveConversation, ConversationReference(first.id))
        } else {
            _ = try await agent.call(Operations.releaseConversation, ReleaseConversation(first.id, to: .assistant))
        }
    }

    private func agent(_ name: String) async -> RemoteDesk? {
        do {
            var key = CreateKey()
            (key.name, key.role) = (name, .agent)
            let made = try await admin.call(Operations.createKey, key)
            return try RemoteDesk(url: url, key: made.token ?? "")
        } catch {
            Output.complain("watchdesk demo: \(error)")
            return nil
        }
    }

    /// Waits some seconds; `false` when the demo is over.
    private func pause(_ seconds: Double) async -> Bool {
        do {
            try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
            return true
        } catch {
            return false
        }
    }
}
