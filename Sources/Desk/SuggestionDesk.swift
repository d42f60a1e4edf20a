internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Host
internal import Models
internal import Vocabulary

/// Has the assistant write a reply for a person who answers a customer; nobody but that person sends it.
struct SuggestionDesk: Sendable {
    let parts: DeskParts
    let models: ModelDesk
    let clock: HostClock

    /// Writes a reply to what the customer asked last.
    ///
    /// - Throws: ``Problem`` `.notFound` when nothing was asked, or nothing fits; ``StorageFailure``.
    func suggest(_ id: ID<Conversation>, to caller: Caller) async throws -> Suggestion {
        let conversation = try await parts.conversations.show(id, to: caller)
        let open = try await OpenQuestion.read(id, upTo: conversation.lastOffset, from: parts.conversations)
        guard !open.asked.isEmpty else {
            throw Problem(.notFound, "there is nothing to answer: the customer has written nothing since")
        }
        let route = parts.models.route(ModelDesk.production, for: id.number)
        let budget = models.budget(in: conversation, by: route)
        var written: Answer?
        for await event in await models.answering(for: route, within: budget).answer(open.question, isPaced: false) {
            if case .finished(let answer) = event { written = answer }
        }
        try Task.checkCancellation()
        guard let answer = written else { throw CancellationError() }
        let uses = models.uses(of: answer, by: route)
        try await models.record(answer, uses, within: budget, at: clock.now())
        guard answer.kind != .unknown else {
            let because = answer.fellBackBecause.map { "the language model \($0), and " } ?? ""
            throw Problem(.notFound, "the assistant has nothing to suggest: \(because)no article fits the question")
        }
        var suggestion = Suggestion()
        suggestion.conversation = id
        suggestion.text = answer.text
        suggestion.model = answer.model
        suggestion.version = uses.last?.version
        suggestion.fallbackReason = answer.fellBackBecause
        suggestion.sources = AnswerDetails(answer).sources
        return try await parts.conversations.remember(suggestion, for: caller, at: clock.now())
    }
}
