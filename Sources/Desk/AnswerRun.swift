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
    /// The registered version of the knowledge base, for what it answers in place of a language model.
    let knowledgeVersion: ID<ModelVersion>?
    let clock: HostClock
    let bus: Bus<DeskEvent>
    let log: @Sendable (String) -> Void

    private static let turnsRead: Int64 = 30
    private static let reader = Caller.local(name: "assistant")

    /// Answers what the customer wrote since anybody answered, unless a person has the conversation.
    ///
    /// - Throws: `CancellationError` when a person took over meanwhile, `StorageFailure` when it cannot be written.
    func perform() async throws {
        let state = try await parts.conversations.show(conversation, to: AnswerRun.reader)
        guard state.status == .assistant else { return }
        let after = max(0, max(question, state.lastOffset) - AnswerRun.turnsRead)
        let messages = try await parts.conversations.messages(
            ListMessages(of: conversation, after: after, limit: AnswerRun.turnsRead + 100), for: AnswerRun.reader
        ).items.filter { $0.author != .note && $0.author != .system }
        let before = Array(messages[..<(messages.lastIndex { $0.author != .customer }.map { $0 + 1 } ?? 0)])
        let asked = Array(messages.dropFirst(before.count))
        guard let last = asked.last else { return }
        if state.tags.isEmpty, before.isEmpty { await file(asked) }
        let route = parts.models.route(ModelDesk.production, for: conversation.number)
        var reason = AnswerRun.reasonForPerson(asked, after: before.last)
        if reason == nil {
            let said = messages.filter { $0.author == .customer }.map(\.text)
            if await models.isUpset(said) { reason = "the customer is upset" }
        }
        if let reason {
            try await handOver(last, because: reason)
            await models.observe(conversation, on: route, failures: [.handoff])
        } else {
            try await write(asked, last, after: before, by: route)
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
            _ = try await parts.conversations.update(update, by: AnswerRun.reader, at: clock.now())
        } catch {
            log("conversation \(conversation) is not filed under \(topic): \(error)")
        }
    }

    private func write(
        _ asked: [Message], _ last: Message, after messages: [Message], by route: ModelRoute?
    ) async throws {
        let answering = await models.answering(for: route)
        var text = ""
        // Some people send a question in several messages; it is still one.
        let question = Question(asked.map(\.text).joined(separator: "\n"), after: messages.compactMap(Turn.init))
        for await event in answering.answer(question, isPaced: isPaced) {
            try Task.checkCancellation()
            switch event {
            case .delta(let piece):
                text += piece
                grow(text)
            case .replaced:
                text = ""
                grow(text)
            case .finished(let answer): try await commit(answer, to: last, by: route)
            }
        }
        try Task.checkCancellation()
    }

    private func grow(_ text: String) {
        bus.publish(.answerGrew(AnswerProgress(conversation: conversation, question: question, text: text)))
    }

    private func commit(_ answer: Answer, to asked: Message, by route: ModelRoute?) async throws {
        let now = clock.now()
        try await parts.conversations.answer(
            conversation, question: asked.offset, text: answer.text, details: AnswerDetails(answer), at: now)
        giveUp()
        do {
            for use in uses(of: answer, by: route) { try await parts.models.record(use, at: now) }
        } catch {
            // The customer has the answer; a lost count is no reason to answer again.
            log("an answer in conversation \(conversation) is not counted: \(error)")
        }
        let failures = FailureGuard.failures(
            answer.failure, firstToken: answer.kind == .languageModel ? answer.firstToken : nil, isForeign: false)
        await models.observe(conversation, on: route, failures: failures)
    }

    /// A person is wanted: the customer is told, and the conversation goes to the queue in the same commit.
    private func handOver(_ asked: Message, because reason: String) async throws {
        var details = AnswerDetails()
        details.model = Answer.knowledgeBase
        try await parts.conversations.answer(
            conversation, question: asked.offset, text: PersonRequest.confirmation, details: details,
            requestingPerson: reason, at: clock.now())
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

    private func uses(of answer: Answer, by route: ModelRoute?) -> [ModelUse] {
        guard let knowledge = knowledgeVersion else { return [] }
        let isModel = answer.kind == .languageModel
        // What answered after a failure is the version that the new one is tried beside.
        let writer = answer.failure == nil ? route?.version : route?.stable
        var use = ModelUse(of: isModel ? writer ?? knowledge : knowledge)
        use.promptTokens = Int64(answer.usage.prompt)
        use.answerTokens = Int64(answer.usage.answer)
        use.isEstimated = answer.usage.isEstimated
        use.cost = models.cost(of: use)
        use.firstToken = answer.firstToken
        use.total = answer.total
        guard let reason = answer.fellBackBecause, let model = route?.version else { return [use] }
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
