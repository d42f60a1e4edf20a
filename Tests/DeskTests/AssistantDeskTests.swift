import Assistant
import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// Customers ask a whole desk with a real store; the language model is a server that does what servers do.
@Suite(.timeLimit(.minutes(2))) struct AssistantDeskTests {
    @Test func `a question is answered from the articles, with its source`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let growing = try await desk.next { event in
            if case .answerGrew(let progress) = event, !progress.text.isEmpty { progress } else { nil }
        }
        let answer = try await desk.answer()
        #expect(growing.conversation == customer.conversation && growing.question == 1)
        #expect(answer.text.hasPrefix(growing.text) && answer.offset == 2)
        #expect(answer.answer?.model == "knowledge-base")
        #expect(answer.answer?.sources.first?.section == "Acknowledge an alert")
        #expect(answer.answer?.sources.first?.path == "alerts.md")
        let version = try await desk.next {
            if case .modelChanged(let version) = $0, version.requests == 1 { version } else { nil }
        }
        #expect(
            version.model == "knowledge-base" && version.aliases == ["configured", "production"]
                && version.answerTokens > 10)
        #expect(try await customer.transcript().map(\.author) == [.customer, .assistant])
        try await desk.end()
    }

    @Test func `a language model's answer streams, is committed and is counted`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(event("Press ") + event("a."))
            connection.send(
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n")
        }
        let desk = try await OpenDesk.open(answering: server)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let answer = try await desk.answer()
        #expect(answer.text == "Press a.")
        let details = try #require(answer.answer)
        #expect(details.model == "m" && details.promptTokens == 20 && details.answerTokens == 2 && !details.isEstimated)
        #expect(
            details.sources.first?.path == "alerts.md" && details.fallbackReason == nil && details.confidence == nil)
        #expect(details.totalMilliseconds >= details.firstTokenMilliseconds)
        _ = try await desk.next {
            if case .modelChanged(let version) = $0, version.requests == 1 { version } else { nil }
        }
        let model = try #require(try await desk.models()["m"])
        #expect(model.promptTokens == 20 && model.answerTokens == 2 && model.errors == 0)
        #expect(model.aliases == ["configured", "production"] && model.endpoint == "http://127.0.0.1:\(server.port)")
        try await desk.end()
    }

    @Test(arguments: Fault.allCases)
    func `when the language model fails, the article answers and says so`(fault: Fault) async throws {
        let server = try LoopbackServer { fault.play($0) }
        let limits = AnswerLimits(firstToken: .milliseconds(300), idle: .milliseconds(300), retries: 1)
        let desk = try await OpenDesk.open(answering: server, limits: limits)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let answer = try await desk.answer()
        #expect(answer.text.hasPrefix("(The language model did not answer") && answer.text.contains("press `a`"))
        #expect(!answer.text.contains("half"))
        #expect(answer.answer?.model == "knowledge-base")
        #expect(try #require(answer.answer?.fallbackReason).isEmpty == false)
        _ = try await desk.next { event in
            if case .modelChanged(let version) = event, version.model == "knowledge-base" { version } else { nil }
        }
        let models = try await desk.models()
        #expect(models["m"]?.errors == 1 && models["m"]?.lastError == answer.answer?.fallbackReason)
        #expect(models["knowledge-base"]?.requests == 1 && models["knowledge-base"]?.errors == 0)
        try await desk.end()
    }

    @Test func `a dead language model keeps nobody waiting`() async throws {
        let desk = try await OpenDesk.open(port: LoopbackServer.deafPort())
        let customer = try await desk.customer()
        for _ in 0..<7 {
            try await customer.ask("How do I acknowledge an alert?")
            #expect(try await desk.answer().text.contains("press `a`"))
        }
        try await desk.end()
    }

    @Test func `a takeover silences the assistant in the middle of a word, and a hand-back wakes it`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(event("Press the"))
            if connection.number == 1 { return connection.waitForPeerToClose() }
            connection.send(event(" key a.") + "data: [DONE]\n\n")
        }
        let desk = try await OpenDesk.open(answering: server)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await desk.next {
            if case .answerGrew(let progress) = $0, progress.text == "Press the" { true } else { nil }
        }
        _ = try await desk.agent.call(Operations.claimConversation, ClaimConversation(customer.conversation))
        await server.sees { $0 == .closedByPeer }
        _ = try await desk.next { if case .answerGrew(let progress) = $0, progress.isOver { true } else { nil } }
        #expect(try await customer.transcript().map(\.author) == [.customer, .system])
        _ = try await desk.agent.call(Operations.releaseConversation, ReleaseConversation(customer.conversation))
        #expect(try await desk.answer().text == "Press the key a.")
        try await desk.end()
    }

    @Test func `while a person has the conversation the assistant is silent`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        _ = try await desk.agent.call(Operations.claimConversation, ClaimConversation(customer.conversation))
        try await customer.ask("How do I quit?")
        _ = try await desk.agent.call(
            Operations.postMessage, PostMessage(to: customer.conversation, cid: nil, text: "With q."))
        _ = try await desk.agent.call(Operations.releaseConversation, ReleaseConversation(customer.conversation))
        try await customer.ask("How do I make a backup?")
        #expect(try await desk.answer().answer?.sources.first?.section == "Make a backup")
        #expect(try await customer.transcript().filter { $0.author == .assistant }.count == 1)
        try await desk.end()
    }

    @Test func `a question that the last run left open is answered after the start`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.waitForPeerToClose()
        }
        let first = try await OpenDesk.open(answering: server)
        let customer = try await first.customer()
        try await customer.ask("How do I make a backup?")
        await server.sees { if case .request = $0 { true } else { false } }
        await first.desk.close()
        let second = try await OpenDesk.open(at: first.folder)
        let answer = try await second.answer()
        #expect(answer.conversation == customer.conversation)
        #expect(answer.answer?.sources.first?.section == "Make a backup")
        try await second.end()
    }

    @Test func `an article put in is used for the next question`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("Can I return shoes?")
        #expect(try await desk.answer().text.lowercased().contains("shall i get a person"))
        for number in 0..<30 {
            let article = PutArticle(
                path: "shoes/\(number).md", markdown: "# Shoes \(number)\n\nSoles for model \(number).")
            _ = try await desk.agent.call(Operations.putArticle, article)
        }
        let returns = PutArticle(
            path: "returns.md", markdown: "# Returns\n\n## Return shoes\n\nWithin 90 days, unworn.")
        _ = try await desk.agent.call(Operations.putArticle, returns)
        try await customer.ask("Can I return shoes?")
        let answer = try await desk.answer()
        #expect(answer.text == "Within 90 days, unworn." && answer.answer?.sources.first?.path == "returns.md")
        try await desk.end()
    }

    @Test func `a wish for a person puts the conversation into the queue`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("Can I talk to a person?")
        let waiting = try await desk.stands(customer.conversation, .waiting)
        #expect(waiting.waitingReason == "asked for a person" && waiting.owner == nil)
        #expect(try await customer.transcript().contains { $0.author == .assistant && $0.text.contains("person") })
        try await desk.end()
    }

    @Test func `yes to the offer of a person is a wish for one, and another question is not`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("Where is my parcel?")
        #expect(try await desk.answer().text.hasSuffix("Shall I get a person to help you?"))
        try await customer.ask("How do I quit?")
        #expect(try await desk.answer().answer?.sources.isEmpty == false)
        try await customer.ask("Where is my parcel?")
        _ = try await desk.answer()
        try await customer.ask("yes please")
        #expect(try await desk.stands(customer.conversation, .waiting).waitingReason == "the assistant did not know")
        try await desk.end()
    }

    @Test func `two quick messages get one answer to both`() async throws {
        let server = try LoopbackServer { connection in
            let request = connection.readRequest() ?? ""
            connection.beginStream()
            guard request.contains("by the way") else { return connection.waitForPeerToClose() }
            connection.send(event("Both.") + "data: [DONE]\n\n")
        }
        let desk = try await OpenDesk.open(answering: server)
        let customer = try await desk.customer()
        try await customer.ask("How do I quit?")
        await server.sees { if case .request = $0 { true } else { false } }
        try await customer.ask("And, by the way, how do I make a backup?")
        #expect(try await desk.answer().text == "Both.")
        await server.sees {
            guard case .request(let request) = $0 else { return false }
            return request.contains("How do I quit?") && request.contains("by the way")
        }
        #expect(try await customer.transcript().map(\.author) == [.customer, .customer, .assistant])
        try await desk.end()
    }

    @Test func `two hundred conversations at once are all answered, a few at a time`() async throws {
        let (open, change) = AsyncStream.makeStream(of: Int.self)
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil {
                change.yield(1)
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                let text = event("Yes.") + "data: [DONE]\n\n"
                change.yield(-1)
                connection.send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n0\r\n\r\n")
            }
        }
        let desk = try await OpenDesk.open(answering: server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { try await desk.customer().ask("How do I quit?") }
            }
            try await group.waitForAll()
        }
        var answered: Set<ID<Conversation>> = []
        while answered.count < 200 {
            let list = try await desk.agent.call(Operations.listConversations, ListConversations.upTo(500)).items
            answered = Set(list.filter { $0.lastAuthor == .assistant }.map(\.id))
        }
        change.finish()
        var now = 0
        var most = 0
        for await step in open {
            now += step
            most = max(most, now)
        }
        #expect((1...8).contains(most), "\(most) at once")
        #expect(try await desk.models()["m"]?.errors == 0)
        try await desk.end()
    }
}

/// What a language model's server can do wrong.
enum Fault: String, CaseIterable, Sendable {
    case hangs, closes, breaks, cuts, sendsHTML, sendsGarbage, sendsBadUTF8, saysTooMany, saysBroken, errsMidway,
        isEmpty, floods

    func play(_ connection: LoopbackServer.Connection) {
        connection.readRequest()
        switch self {
        case .hangs: connection.waitForPeerToClose()
        case .closes: break
        case .breaks:
            connection.beginStream()
            connection.send(event("half"))
            connection.reset()
        case .cuts:
            connection.beginStream()
            connection.send(event("half"))
        case .sendsHTML: connection.respond(200, "<html><body>half a portal</body></html>", type: "text/html")
        case .sendsGarbage:
            connection.beginStream()
            connection.send("data: half{{{\n\n")
        case .sendsBadUTF8:
            connection.beginStream()
            connection.send(
                Array("data: {\"choices\":[{\"delta\":{\"content\":\"".utf8) + [0xFF, 0xC0] + Array("\"}}]}\n\n".utf8))
        case .saysTooMany:
            connection.respond(429, "{\"error\":{\"message\":\"slow down\"}}", headers: ["Retry-After: 60"])
        case .saysBroken: connection.respond(503, "half down", type: "text/plain", headers: ["Retry-After: 60"])
        case .errsMidway:
            connection.beginStream()
            connection.send(event("half") + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n")
        case .isEmpty:
            connection.beginStream()
            connection.send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
        case .floods:
            connection.beginStream()
            while connection.send(event(String(repeating: "half ", count: 1000))) {}
        }
    }
}

/// A piece of an OpenAI-compatible stream; `text` needs no escaping.
private func event(_ text: String) -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
}

extension ListConversations {
    fileprivate static func upTo(_ limit: Int64) -> ListConversations {
        var request = ListConversations()
        request.limit = limit
        return request
    }
}
