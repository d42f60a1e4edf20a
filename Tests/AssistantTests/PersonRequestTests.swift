import Testing

@testable import Assistant

@Suite struct PersonRequestTests {
    @Test(arguments: [
        "Can I talk to a person?", "I want to speak with a human", "agent", "Human please!", "get me a real person",
        "please connect me to an agent", "transfer me to a representative now", "a person",
        "I'd like to chat with someone",
        "Where is my refund? I want a human.", "My order never arrived, agent please",
        "Nobody helps me!! Get me a person",
        "this is useless, I need a human", "How can I speak to a real person?", "I would like a person",
        "SPEAK TO AGENT",
    ])
    func `a wish for a person is recognized`(text: String) {
        #expect(PersonRequest.isMade(in: text))
    }

    @Test(arguments: [
        "How do I create a key for an agent?", "what may an agent do", "Which people may acknowledge alerts?", "",
        "how do I connect another agent host", "Is the assistant a person?", "yes", "the agent host needs a key",
        "I installed the console, the agent, and the gateway. How do I connect them?",
        "There are three parts: console, agent, chat", "I restarted it. Which agent, the host one, is meant?",
        String(repeating: "human ", count: 100),
        "how does an agent take over a conversation",
    ])
    func `other talk of people is not`(text: String) {
        #expect(!PersonRequest.isMade(in: text))
    }

    @Test(arguments: ["yes", "Yes please!", "yeah", "ok", "Sure, get me a person", "please do", "y"])
    func `a yes is a yes`(text: String) {
        #expect(PersonRequest.isAgreement(text))
    }

    @Test(arguments: [
        Phrases.unknown, Phrases.fallbackUnknown, Phrases.greeting + " Shall I get a person?",
        "I do not know. Would you like to talk to a human colleague?\n",
    ])
    func `the offer of a person is recognized`(answer: String) {
        #expect(PersonRequest.isOffered(in: answer))
    }

    @Test(arguments: [Phrases.thanks, "A person will come.", "", "Who may see this person? Nobody.", "Press `a`."])
    func `other answers are no offer`(answer: String) {
        #expect(!PersonRequest.isOffered(in: answer))
    }

    @Test(arguments: ["no", "no thanks", "yes but first tell me about keys", "how do I quit?", "", "person"])
    func `anything else is not`(text: String) {
        #expect(!PersonRequest.isAgreement(text))
    }
}
