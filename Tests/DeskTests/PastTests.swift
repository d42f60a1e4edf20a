import Assistant
import DeskAPI
import Host
import Testing
import Vocabulary

@testable import Desk

@Suite(.timeLimit(.minutes(2))) struct DeskPastTests {
    @Test func `a moment holds host, alerts and conversations, and the start is an occurrence`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let answer = try await desk.answer()
        let now = HostClock.system.now()
        let moment = try await desk.agent.call(Operations.showMoment, ShowMoment(at: now))
        #expect(moment.conversations.map(\.id) == [customer.conversation])
        let beginning = String(answer.text.unicodeScalars.prefix(200).map(Character.init))
        #expect(moment.conversations.first?.lastText == beginning)
        let early = try await desk.agent.call(Operations.showMoment, ShowMoment(at: now - .seconds(3600)))
        #expect(early.conversations.isEmpty && early.host == nil)
        let happened = try await desk.agent.call(Operations.listOccurrences, ListOccurrences()).items
        #expect(happened.first?.kind == .restart && happened.first?.title == "gateway started, version test")
        var refused: Problem?
        do {
            _ = try await desk.agent.call(Operations.showMoment, ShowMoment(at: now + .seconds(3600)))
        } catch let problem {
            refused = problem
        }
        #expect(refused?.code == .invalidField)
        try await desk.end()
    }
}
