internal import Assistant
internal import Bus
internal import Conversations
internal import DeskAPI
internal import Host
internal import Models
internal import Vocabulary

/// One answer to one question, from reading the transcript to the commit.
struct AnswerRun: Sendable {
    let conversation: ID<Conversation>
    /// The offset of the question.
    let question: Int64
    let isPaced: Bool
    let parts: DeskParts
    let models: ModelDesk
    let shadows: ShadowDesk
    let clock: HostClock
    let bus: Bus<DeskEvent>
    let log: @Sendable (String) -> Void

    /// Answers what the customer wrote since anybody answered, unless a person has the conversation.
    ///
    /// - Throws: `CancellationError` when a person took over meanwhile, `StorageFailure` when it cannot be written.
    func perform() async throws {
        let state = try await parts.conversations.show(conversation, to: OpenQuestion.reader)
        guard state.status == .assistant else { return }
        let open = try await OpenQuestion.read(
            conversation, upTo: max(question, state.lastOffset), from: parts.conversations)
        let (before, asked) = (open.before, open.asked)
        guard let last = asked.last else { return }
        if state.tags.isEmpty, before.isEmpty { await file(asked) }
        let route = parts.models.route(ModelDesk.production, for: conversation.number)
        let beside = shadows.routes(for: conversation, at: last.offset, beside: route)
        var reason = AnswerRun.reasonForPerson(asked, after: before.last)
        if reason == nil {
            let said = (before + asked).filter { $0.author == .customer }.map(\.text)
            if await models.isUpset(said) { reason = "the customer is upset" }
        }
        if let reason {
            try await handOver(last, because: reason)
            await models.observe(conversation, on: route, failures: [.handoff])
        } else {
            let answer = try await write(
                open.question, last, by: route, within: models.budget(in: state, by: route))
            if let answer { for shadow in beside { shadows.offer(open.question, answered: answer, on: shadow) } }
        }
    }

    /// Tells everybody who watched the answer grow that nothing more comes.
    func giveUp() {
        bus.publish(
            .answerGrew(AnswerProgress(conversation: conversation, question: question, text: "", isOver: true)))
    }

    /// Files a new conversation under what its first question is about; colleagues may say otherwise, and the next
    /// training learns from them.
    private func file(_ asked: [Message]) async {
        guard let topic = await models.topic(of: asked.map(\.text).joined(separator: "\n")) else { return }
        var update = UpdateConversation(conversation)
        update.tags = [topic]
        do {
            _ = try await parts.conversations.update(update, by: OpenQuestion.reader, at: clock.now())
        } catch {
            log("conversation \(conversation) is not filed under \(topic): \(error)")
        }
    }

    /// - Returns: what was answered.
    private func write(
        _ question: Question, _ last: Message, by route: ModelRoute?, within budget: AnswerBudget?
    ) async throws -> Answer? {
        let answering = await models.answering(for: route, within: budget)
        var text = ""
        var said: Answer?
        for await event in answering.answer(question, isPaced: isPaced) {
            try Task.checkCancellation()
            switch event {
            case .delta(let piece):
                text += piece
                grow(text)
            case .replaced:
                text = ""
                grow(text)
            case .finished(let answer):
                try await commit(answer, to: last, by: route, within: budget)
                said = answer
            }
        }
        try Task.checkCancellation()
        return said
    }

    private func grow(_ text: String) {
        bus.publish(.answerGrew(AnswerProgress(conversation: conversation, question: question, text: text)))
    }

    private func commit(
        _ answer: Answer, to asked: Message, by route: ModelRoute?, within budget: AnswerBudget?
    ) async throws {
        let now = clock.now()
        try await parts.conversations.answer(
            conversation, question: asked.offset, text: answer.text, details: AnswerDetails(answer), at: now)
        giveUp()
        do {
            try await models.record(
                answer, models.uses(of: answer, by: route, in: conversation), within: budget, at: now)
        } catch {
            // The customer has the answer; a lost count is no reason to answer again.
            log("an answer in conversation \(conversation) is not counted: \(error)")
        }
        if case .budget(let words)? = answer.failure {
            return log("conversation \(conversation) is answered from the articles: \(words)")
        }
        let failures = FailureGuard.failures(
            answer.failure, firstToken: answer.kind == .languageModel ? answer.firstToken : nil, isForeign: false)
        await models.observe(conversation, on: route, failures: failures)
    }

    /// A person is wanted: the customer is told, and the conversation goes to the queue in the same commit.
    private func handOver(_ asked: Message, because reason: String) async throws {
        var details = AnswerDetails()
        details.model = Answer.knowledgeBase
        let now = clock.now()
        let words = parts.conversations.wordsOfAbsence(at: now) ?? PersonRequest.confirmation
        try await parts.conversations.answer(
            conversation, question: asked.offset, text: words, details: details, requestingPerson: reason, at: now)
        giveUp()
    }

    /// Why a person is needed: the customer asks for one, or accepts the offer of one.
    private static func reasonForPerson(_ asked: [Message], after before: Message?) -> String? {
        if asked.contains(where: { PersonRequest.isMade(in: $0.text) }) { return "asked for a person" }
        guard let before, before.author == .assistant, PersonRequest.isOffered(in: before.text),
            asked.contains(where: { PersonRequest.isAgreement($0.text) })
        else { return nil }
        return "the assistant did not know"
    }
}

extension AnswerDetails {
    /// What is kept of how an answer came to be.
    init(_ answer: Answer) {
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
}
