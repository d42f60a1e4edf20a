import Testing

@testable import Assistant

/// Asking back which passage is meant.
@Suite struct PassageChoiceTests {
    private static let index = RetrievalQualityTests.index
    private static let vague = "can you deliver to a different address"

    private func answer(_ text: String, after turns: [Turn] = []) -> ExtractiveAnswer {
        ExtractiveAnswer(to: Question(text, after: turns), from: Self.index)
    }

    @Test func `a question that comes near is asked back, and the number gives the passage`() throws {
        let asked = answer(Self.vague)
        #expect(!asked.isKnown && asked.sources.isEmpty)
        let choice = try #require(PassageChoice(reading: asked.text))
        #expect((1...3).contains(choice.labels.count))
        #expect(PersonRequest.isOffered(in: asked.text))
        let turns = [Turn(.customer, Self.vague), Turn(.assistant, asked.text)]
        let wanted = "Change the address of an order"
        let number = try #require(choice.labels.firstIndex(of: wanted + " (Orders)")) + 1
        for reply in ["\(number)", "number \(number) please", wanted.lowercased()] {
            let chosen = answer(reply, after: turns)
            #expect(chosen.sources.first?.passage.section == wanted && chosen.text.contains("carrier"), "\(reply)")
        }
    }

    @Test func `nobody is asked back twice in a row`() {
        let asked = answer(Self.vague)
        let turns = [Turn(.customer, Self.vague), Turn(.assistant, asked.text)]
        for reply in ["7", "no", "deliver it elsewhere", "neither", "2 of them are blue"] {
            let again = answer(reply, after: turns)
            #expect(PassageChoice(reading: again.text) == nil, "\(reply)")
        }
    }

    @Test func `numbers mean something only after the question`() {
        #expect(answer("2").text == Phrases.unknown)
        #expect(answer("2", after: [Turn(.assistant, "Anything else?")]).text == Phrases.unknown)
    }

    @Test(arguments: [
        ("2", 2), ("2.", 2), ("#1", 1), ("the second one", 2), ("the first one please", 1), ("one", 1),
        ("Number two", 2),
        ("I mean the third", 3),
    ])
    func `a short answer names a number`(text: String, number: Int) {
        #expect(PassageChoice.number(in: text) == number)
    }

    @Test(arguments: ["", "no", "1 or 2", "2 parcels are missing", "4", "21"])
    func `other answers name none`(text: String) {
        #expect(PassageChoice.number(in: text) == nil)
    }
}
