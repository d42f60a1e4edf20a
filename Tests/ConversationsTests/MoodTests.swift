import DeskAPI
import Testing
import Vocabulary

@testable import Conversations

/// What customers would give by the course of their words.
@Suite struct MoodTests {
    /// Words that sound one way or the other.
    private static func feeling(_ text: String) -> Double? {
        text.contains("awful") ? -1 : text.contains("great") ? 0.8 : text.contains("?") ? 0 : nil
    }

    private func estimate(
        _ desk: TemporaryDesk, _ id: ID<Conversation>, for caller: Caller = ana
    ) async throws
        -> Double?
    {
        try await desk.conversations.list(ListConversations(), for: caller).items.first { $0.id == id }?.estimatedRating
    }

    @Test func `the last words of the customer count most, and nobody else's count`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.post("this is awful", to: id, by: customer)
        #expect(try await estimate(desk, id) == nil)
        desk.conversations.hear { text, _ in MoodTests.feeling(text) }
        try await desk.post("where is it?", to: id, by: customer)
        #expect(try await estimate(desk, id) == 3)
        try await desk.post("it is awful", to: id, by: customer)
        #expect(try await estimate(desk, id) == 2.2)
        try await desk.post("awful, is it not", to: id, by: ana)
        try await desk.post("an awful case", to: id, by: ana, note: true)
        try await desk.post("48213", to: id, by: customer)
        #expect(try await estimate(desk, id) == 2.2)
        try await desk.post("great!", to: id, by: customer)
        #expect(try await estimate(desk, id) == 3.16)
        #expect(try await estimate(desk, id, for: customer) == nil)
        let again = try TemporaryDesk(in: desk)
        #expect(try await estimate(again, id) == 3.16)
    }

    @Test func `a message that is sent twice is felt once`() async throws {
        let desk = try TemporaryDesk()
        desk.conversations.hear { text, _ in MoodTests.feeling(text) }
        let (customer, id) = try await desk.customer()
        try await desk.post("where?", to: id, by: customer)
        let cid = try #require(ULID("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        try await desk.post("awful", to: id, by: customer, cid: cid)
        try await desk.post("awful", to: id, by: customer, cid: cid)
        #expect(try await estimate(desk, id) == 2.2)
    }

    @Test func `estimates stand beside ratings and are never mixed with them`() async throws {
        let desk = try TemporaryDesk()
        desk.conversations.hear { text, _ in MoodTests.feeling(text) }
        for index in 0..<6 {
            let (customer, id) = try await desk.customer()
            try await desk.post(index < 4 ? "great" : "awful", to: id, by: customer)
            _ = try await desk.conversations.resolve(id, by: ana, at: .start)
            if index == 0 {
                _ = try await desk.conversations.rate(RateConversation(id, rating: 1), by: customer, at: .start)
            }
        }
        try await desk.conversations.lookAfter(at: .start)
        let pulse = desk.conversations.pulse
        #expect(pulse.ratings == 1 && pulse.satisfaction == nil)
        #expect(pulse.estimatedSatisfaction == 60)
    }

    @Test func `an imported conversation has the course of its customer's words`() async throws {
        let desk = try TemporaryDesk()
        desk.conversations.hear { text, _ in MoodTests.feeling(text) }
        var request = ImportConversation()
        request.key = "k1"
        request.customerName = "Crystal"
        request.messages = [("awful", .customer), ("awful", .agent), ("great", .customer)].map { text, author in
            var message = ImportedMessage()
            (message.text, message.author) = (text, author)
            return message
        }
        let outcome = try await desk.conversations.importing(request, by: ana, at: .start)
        #expect(try await estimate(desk, outcome.conversation) == 2.44)
    }
}
