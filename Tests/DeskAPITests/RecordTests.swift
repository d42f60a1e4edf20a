import DeskAPI
import JSON
import Testing
import Vocabulary

@Suite struct RecordTests {
    @Test func `every example of every operation reads back as it was written`() throws {
        try check(Conversation.self)
        try check(Message.self)
        try check(PostMessage.self)
        try check(Alert.self)
        try check(AcknowledgeAlert.self)
        try check(Host.self)
        try check(MetricSeries.self)
        try check(ModelVersion.self)
        try check(APIKey.self)
        try check(AuditEntry.self)
        try check(DeskStatus.self)
        try check(Identity.self)
        try check(List<Conversation>.self)
        try check(ConversationRead.self)
        try check(CustomerPresence.self)
        try check(AnswerProgress.self)
    }

    private func check<Subject: Record>(_ type: Subject.Type) throws {
        #expect(try Subject(json: type.example.json) == type.example)
    }

    @Test func `an unknown field is refused with the nearest known one`() {
        let fault = fault(PostMessage.self, #"{"id":1,"txet":"hello"}"#)
        #expect(fault?.items.map(\.path) == ["text", "txet"])
        #expect(fault?.items.last?.message == "is not a known field; did you mean text?")
    }

    @Test func `every fault is named at once`() {
        let fault = fault(AcknowledgeAlert.self, #"{"id":0,"minutes":0,"note":7}"#)
        #expect(
            fault?.items.map { "\($0.path) \($0.message)" } == [
                "id must be 1 to 9007199254740991, not 0", "note must be a string, not integer",
                "minutes must be 1 to 10080, not 0",
            ])
    }

    @Test func `a fault in a list is named with its place`() {
        let fault = fault(List<AcknowledgeAlert>.self, #"{"items":[{"id":1},{"id":"x"}]}"#)
        #expect(fault?.items.map(\.path) == ["items/1/id"])
    }

    @Test func `null means absent for optional fields only`() throws {
        #expect(try ClaimConversation(json: #"{"id":1,"if_owner":null}"#).ifOwner == nil)
        #expect(fault(PostMessage.self, #"{"id":1,"text":null}"#)?.items.first?.message == "must be a string, not null")
    }

    @Test func `lengths are counted as JSON Schema counts them`() throws {
        let text = String(repeating: "👨‍👩‍👧", count: Message.maximumLength / 5)
        #expect(try PostMessage(json: #"{"id":1,"text":"\#(text)"}"#).text == text)
        let long = String(repeating: "a", count: Message.maximumLength + 1)
        #expect(fault(PostMessage.self, #"{"id":1,"text":"\#(long)"}"#) != nil)
    }

    @Test func `a long list costs as much for each record as a short one`() {
        func best(of count: Int) -> Double {
            let list = List(Array(repeating: Conversation.example, count: count))
            var best = Double.infinity
            for _ in 0..<3 { best = min(best, ContinuousClock().measure { _ = list.encoded }.inSeconds) }
            return best
        }
        // 64 times as many cost 64 times as much, or more than 300 times when each begins with a copy of all before.
        let (short, long) = (best(of: 250), best(of: 16_000))
        #expect(long < 150 * short, "\(short) s, \(long) s")
    }

    private func fault<Subject: Record>(_ type: Subject.Type, _ json: String) -> FieldFault? {
        #expect(throws: FieldFault.self) { try Subject(json: json) }
    }
}
