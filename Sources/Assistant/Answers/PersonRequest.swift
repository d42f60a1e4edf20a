/// Recognizes that a customer wants a person instead of the assistant.
public enum PersonRequest {
    /// What the customer is told when a person is asked to join.
    public static let confirmation =
        "Of course. I have asked a person to join us here; they answer as soon as they can."

    /// Whether the text asks for a person, in so many words.
    public static func isMade(in text: String) -> Bool {
        guard Terms.words(of: text).count <= 40 else { return false }
        // "Where is my refund? I want a human": each sentence by itself, and the whole for what runs over its marks.
        let sentences = text.split { ".?!;\n".contains($0) }.map(String.init)
        if isMade(inSentence: text) || (sentences.count > 1 && sentences.contains(where: isMade(inSentence:))) {
            return true
        }
        // "It never came, agent please": "the agent" between commas is part of a list, "agent please" is a wish.
        return text.split { ".?!;:,\n".contains($0) }.contains { clause in
            let words = Terms.words(of: String(clause))
            return words.contains { ["please", "pls"].contains($0) } && isMade(inSentence: String(clause))
        }
    }

    private static func isMade(inSentence text: String) -> Bool {
        let words = Terms.words(of: text)
        guard !words.isEmpty, words.count <= 40 else { return false }
        let places = words.indices.filter { persons.contains(words[$0]) }
        guard !places.isEmpty else { return false }
        if words.count <= 3, words.allSatisfy({ persons.contains($0) || fillers.contains($0) }) { return true }
        if places.contains(where: { isSpokenTo(at: $0, in: words) }) { return true }
        guard let first = words.first, !questionWords.contains(first) else { return false }
        return places.contains { isWanted(at: $0, in: words) }
    }

    /// Whether an answer ends with the offer of a person.
    public static func isOffered(in answer: String) -> Bool {
        guard let last = Sentences.of(answer).last(where: { $0.contains { !$0.isWhitespace } }) else { return false }
        return last.contains("?") && Terms.words(of: last).contains(where: persons.contains)
    }

    /// Whether the text says yes to the offer of a person.
    public static func isAgreement(_ text: String) -> Bool {
        let words = Terms.words(of: text)
        guard (1...5).contains(words.count), words.contains(where: agreements.contains) else { return false }
        return words.allSatisfy { agreements.contains($0) || fillers.contains($0) || persons.contains($0) }
    }

    private static let persons: Set = [
        "human", "humans", "person", "agent", "operator", "representative", "rep", "someone", "somebody", "colleague",
        "supervisor", "staff", "people",
    ]
    private static let fillers: Set = [
        "a", "an", "the", "real", "live", "please", "pls", "now", "some", "actual", "do", "it", "that", "get", "me",
        "one",
        "i", "would", "like",
    ]
    private static let agreements: Set = [
        "yes", "y", "yeah", "yep", "yup", "sure", "ok", "okay", "please", "ja", "definitely", "absolutely", "do",
    ]
    private static let questionWords: Set = [
        "how", "what", "when", "where", "why", "which", "who", "does", "is", "are",
    ]

    /// As in "talk to a real person" and "speak with someone".
    private static func isSpokenTo(at index: Int, in words: [String]) -> Bool {
        let before = words[max(0, index - 5)..<index]
        guard let verb = before.firstIndex(where: { ["talk", "speak", "chat", "talking", "speaking"].contains($0) })
        else {
            return false
        }
        return words[verb..<index].contains { ["to", "with"].contains($0) }
    }

    /// As in "I want a person", "get me an agent" and "transfer me to a human".
    private static func isWanted(at index: Int, in words: [String]) -> Bool {
        let verbs: Set = [
            "want", "need", "get", "give", "connect", "transfer", "call", "prefer", "bring", "fetch", "like",
        ]
        let between: Set = [
            "me", "us", "to", "a", "an", "the", "real", "live", "human", "with", "your", "support", "some", "you",
            "actual",
        ]
        guard let verb = words[..<index].lastIndex(where: verbs.contains) else { return false }
        return words[(verb + 1)..<index].allSatisfy(between.contains)
    }
}
