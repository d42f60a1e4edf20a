/// The assistant's own sentences.
enum Phrases {
    static let unknown = "I don't know the answer to that. Shall I get a person to help you?"
    static let fallback = "(The language model did not answer, so this is from our help articles.)"
    static let fallbackUnknown =
        "The language model did not answer, and I found nothing in our help articles. Shall I get a person to help you?"
    static let greeting = "Hello! What would you like to know? I can also get a person for you."
    static let thanks = "You are welcome. Is there anything else?"
}

/// Small talk that needs no knowledge.
enum SmallTalk {
    private static let greetings: Set = [
        "hi", "hello", "hey", "hallo", "good", "morning", "afternoon", "evening", "there",
    ]
    private static let gratitude: Set = [
        "thanks", "thank", "you", "thx", "cheers", "so", "much", "very", "great", "perfect", "cool", "ok", "okay",
        "that", "thats", "helped", "it", "works", "bye", "goodbye", "a", "lot", "for", "your", "the", "my", "is", "was",
        "really", "all", "now", "help", "answer", "reply", "solved", "fixed", "working", "worked", "problem", "issue",
        "nice", "wonderful", "awesome", "excellent", "brilliant", "helpful", "quick", "day", "have", "and",
    ]

    /// What to say to a mere greeting or thanks; `nil` when the text asks for more.
    static func reply(to text: String) -> String? {
        let words = Terms.words(of: text)
        guard let first = words.first, words.count <= 12 else { return nil }
        let opensGreeting: Set = ["hi", "hello", "hey", "hallo", "good"]
        if opensGreeting.contains(first), words.allSatisfy(greetings.contains), words != ["good"] {
            return Phrases.greeting
        }
        let opensThanks: Set = ["thanks", "thank", "thx", "cheers", "great", "perfect", "cool", "bye", "goodbye"]
        return opensThanks.contains(first) && words.allSatisfy(gratitude.contains) ? Phrases.thanks : nil
    }
}
