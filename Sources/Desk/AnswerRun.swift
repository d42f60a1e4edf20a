internal import Assistant
internal import Bus
internal import Conversations
internal import DeskAPI
internal import Models
internal import Vocabulary

/// One answer to one question, from reading the transcript to the commit.
struct AnswerRun: Sendable {
    let conversation: ID<Conversation>
    /// The offset of the question.
    let question: Int64
    let answering: Answering
    let isPaced: Bool
    let parts: DeskParts
    let versions: AnsweringVersions?
    let clock: DeskClock
    let bus: Bus<DeskEvent>

    private static let turnsRead: Int64 = 30
    private static let reader = Caller.local(name: "assistant")

    /// Answers, unless a person has the conversation.
    ///
    /// - Throws: `CancellationError` when a person took over meanwhile, `StorageFailure` when it cannot be written.
    func perform() async throws {
        let state = try await parts.conversations.show(conversation, to: AnswerRun.reader)
        guard state.status == .assistant else { return }
        let after = max(0, question - AnswerRun.turnsRead)
        let messages = try await parts.conversations.messages(
            ListMessages(of: conversation, after: after, limit: AnswerRun.turnsRead + 100), for: AnswerRun.reader
        ).items
        guard let asked = messages.last(where: { $0.author == .customer }) else { return }
        if let reason = AnswerRun.reasonForPerson(asked, after: messages) {
            try await handOver(asked, because: reason)
        } else {
            try await write(asked, after: messages.filter { $0.offset < asked.offset })
        }
    }

    /// Tells everybody who watched the answer grow that nothing more comes.
    func giveUp() {
        bus.publish(
            .answerGrew(AnswerProgress(conversation: conversation, question: question, text: "", isOver: true)))
    }

    private func write(_ asked: Message, after messages: [Message]) async throws {
        var text = ""
        let turns = messages.compactMap(Turn.init)
        for await event in answering.answer(Question(asked.text, after: turns), isPaced: isPaced) {
            try Task.checkCancellation()
            switch event {
            case .delta(let piece):
                text += piece
                grow(text)
            case .replaced:
                text = ""
                grow(text)
            case .finished(let answer): try await commit(answer, to: asked)
            }
        }
        try Task.checkCancellation()
    }

    private func grow(_ text: String) {
        bus.publish(.answerGrew(AnswerProgress(conversation: conversation, question: question, text: text)))
    }

    private func commit(_ answer: Answer, to asked: Message) async throws {
        let now = clock.now()
        _ = try await parts.conversations.answer(
            conversation, question: asked.offset, text: answer.text, details: AnswerDetails(answer), at: now)
        giveUp()
        for use in uses(of: answer) { try await parts.models.record(use, at: now) }
    }

    /// A person is wanted: the customer is told, and the conversation goes to the queue in the same commit.
    private func handOver(_ asked: Message, because reason: String) async throws {
        var details = AnswerDetails()
        details.model = Answer.knowledgeBase
        _ = try await parts.conversations.answer(
            conversation, question: asked.offset, text: PersonRequest.confirmation, details: details,
            requestingPerson: reason, at: clock.now())
        giveUp()
    }

    /// Why a person is needed: the customer asks for one, or accepts the offer of one.
    private static func reasonForPerson(_ asked: Message, after messages: [Message]) -> String? {
        if PersonRequest.isMade(in: asked.text) { return "asked for a person" }
        let before = messages.last { $0.offset < asked.offset && $0.author != .note && $0.author != .system }
        guard let before, before.author == .assistant, before.answer?.isOffer == true,
            PersonRequest.isAgreement(asked.text)
        else { return nil }
        return "the assistant did not know"
    }

    private func uses(of answer: Answer) -> [ModelUse] {
        guard let versions else { return [] }
        let isModel = answer.kind == .languageModel
        var use = ModelUse(of: isModel ? versions.languageModel ?? versions.knowledge : versions.knowledge)
        use.promptTokens = Int64(answer.usage.prompt)
        use.answerTokens = Int64(answer.usage.answer)
        use.isEstimated = answer.usage.isEstimated
        use.firstToken = answer.firstToken
        use.total = answer.total
        guard let reason = answer.fellBackBecause, let model = versions.languageModel else { return [use] }
        var failed = ModelUse(of: model)
        failed.failure = SafeText(untrusted: reason, limit: 500).oneLine.text
        return [failed, use]
    }
}

extension AnswerDetails {
    fileprivate init(_ answer: Answer) {
        self.init()
        sources = answer.sources.map {
            Source(title: $0.passage.title, section: $0.passage.section, path: $0.passage.path)
        }
        model = answer.model
        promptTokens = Int64(answer.usage.prompt)
        answerTokens = Int64(answer.usage.answer)
        isEstimated = answer.usage.isEstimated
        firstTokenMilliseconds = answer.firstToken.wholeMilliseconds
        totalMilliseconds = answer.total.wholeMilliseconds
        confidence = answer.confidence
        fallbackReason = answer.fellBackBecause
    }

    /// Whether the answer was "I do not know, shall I get a person?".
    fileprivate var isOffer: Bool { model == Answer.knowledgeBase && sources.isEmpty }
}

extension Turn {
    /// What was said, for the assistant; notes and the desk's own lines are not for it.
    fileprivate init?(_ message: Message) {
        switch message.author {
        case .customer: self.init(.customer, message.text)
        case .assistant: self.init(.assistant, message.text)
        case .agent: self.init(.agent, message.text)
        case .note, .system: return nil
        }
    }
}
