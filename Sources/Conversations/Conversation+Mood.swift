internal import DeskAPI
internal import NIOConcurrencyHelpers

/// How customers feel, as a classifier reads it from their words: what they would give if they were asked.
extension Conversation {
    /// How much the newest words count against all before: what matters is how it ends.
    private static let weight = 0.4

    /// Takes the customer's newest words into the estimate.
    ///
    /// - Parameter feeling: −1 upset to 1 glad.
    mutating func hear(_ feeling: Double) {
        let rating = 3 + 2 * min(1, max(-1, feeling))
        let course = estimatedRating.map { $0 + Conversation.weight * (rating - $0) } ?? rating
        estimatedRating = (course * 100).rounded() / 100
    }
}

extension Conversations {
    /// Says how a text sounds, −1 upset to 1 glad; `nil` when nobody can say.
    ///
    /// The second value says whether it was written just now, or long ago and elsewhere.
    public typealias Feeling = @Sendable (String, Bool) async -> Double?

    /// Reads customers' words with this from now on.
    public func hear(with feeling: @escaping Feeling) {
        feelingBox.withLockedValue { $0 = FeelingQuestion(ask: feeling) }
    }

    /// How a customer's words sound; `nil` for what others wrote.
    func feeling(of text: String, by author: Message.Author, isNew: Bool = true) async -> Double? {
        guard author == .customer, let question = feelingBox.withLockedValue({ $0 }) else { return nil }
        return await question.ask(text, isNew)
    }
}
