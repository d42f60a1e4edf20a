public import Vocabulary

/// Answers questions: with a language model that reads the knowledge base, or with the knowledge base alone.
///
/// There is always an answer. When the language model fails, the knowledge base answers and says so.
public struct Answering: Sendable {
    /// What is known; replace the whole value when articles change.
    public let knowledge: KnowledgeIndex
    /// What writes the answers; `nil` for the knowledge base alone.
    public let languageModel: LanguageModelClient?
    /// What writes them when that fails before anything was said; `nil` leaves it to the knowledge base.
    public let standIn: StandIn?
    /// Whether personal data is hidden from language models and put back into their answers.
    public let hidesPersonalData: Bool
    /// Asked before a language model is, with the prompt's tokens and the answer's limit; gives why it must not be asked.
    public let refusal: (@Sendable (_ prompt: Int, _ answer: Int) -> String?)?
    private let builder: PromptBuilder

    /// A language model that writes in place of another, and who it is told to be.
    public struct StandIn: Sendable {
        let client: LanguageModelClient
        let builder: PromptBuilder

        /// A language model with its own role; `nil` for the built-in text.
        public init(_ client: LanguageModelClient, role: String?) {
            self.client = client
            builder = PromptBuilder(role)
        }
    }
    private let now: @Sendable () -> Monotonic

    /// An assistant.
    ///
    /// - Parameters:
    ///   - knowledge: the passages it may use.
    ///   - languageModel: what writes the answers, if anything does.
    ///   - standIn: what writes them when that fails before anything was said.
    ///   - hidesPersonalData: whether personal data is hidden from both, and put back into their answers.
    ///   - role: who the language model is told to be, in place of the built-in text; its rules stay.
    ///   - refusal: why a language model must not be asked for so many tokens; `nil` when it may.
    ///   - now: a clock that never jumps.
    public init(
        knowledge: KnowledgeIndex, languageModel: LanguageModelClient?, standIn: StandIn? = nil,
        role: String? = nil, hidesPersonalData: Bool = true,
        refusal: (@Sendable (_ prompt: Int, _ answer: Int) -> String?)? = nil,
        now: @escaping @Sendable () -> Monotonic
    ) {
        builder = PromptBuilder(role)
        self.knowledge = knowledge
        self.languageModel = languageModel
        self.standIn = standIn
        self.hidesPersonalData = hidesPersonalData
        self.refusal = refusal
        self.now = now
    }

    /// The instructions that a language model is given; a version of the assistant is known by them.
    public var instructions: String { builder.instructions }

    /// Answers a question, word by word; the last event is `.finished`, unless the reader stops before.
    ///
    /// - Parameters:
    ///   - question: what is asked, and what was said before.
    ///   - isPaced: whether the knowledge base's answers come at a reading pace (under a second in all); turn it off
    ///     when many are answered at once.
    public func answer(_ question: Question, isPaced: Bool = true) -> AsyncStream<AnswerEvent> {
        let (events, sink) = AsyncStream.makeStream(of: AnswerEvent.self)
        let work = Task {
            await Writing(self, question, isPaced, from: now(), into: sink).write()
            sink.finish()
        }
        sink.onTermination = { _ in work.cancel() }
        return events
    }

    /// One answer being written.
    private struct Writing {
        let answering: Answering
        let question: Question
        let pace: WordPace
        let start: Monotonic
        let sink: AsyncStream<AnswerEvent>.Continuation

        init(
            _ answering: Answering, _ question: Question, _ isPaced: Bool, from start: Monotonic,
            into sink: AsyncStream<AnswerEvent>.Continuation
        ) {
            self.answering = answering
            self.question = question
            self.start = start
            self.sink = sink
            pace = WordPace(isPaced: isPaced)
        }

        func write() async {
            if let reply = SmallTalk.reply(to: question.text) {
                await finish(reply, kind: .knowledge, sources: [])
            } else if let model = answering.languageModel {
                await writeWithModel(model)
            } else {
                let extract = ExtractiveAnswer(to: question, from: answering.knowledge)
                await finish(extract.text, kind: extract.isKnown ? .knowledge : .unknown, sources: extract.sources)
            }
        }

        private func writeWithModel(_ model: LanguageModelClient) async {
            guard let failure = await writeOrShorten(with: model, answering.builder, after: nil), !Task.isCancelled
            else { return }
            if case .budget = failure { return await fallBack(because: failure) }
            if let standIn = answering.standIn {
                guard let second = await writeOrShorten(with: standIn.client, standIn.builder, after: failure),
                    !Task.isCancelled
                else { return }
                return await fallBack(because: second)
            }
            await fallBack(because: failure)
        }

        /// The same once more with a third of the passages and turns, when the prompt was too long for the model.
        private func writeOrShorten(
            with model: LanguageModelClient, _ builder: PromptBuilder, after failure: ChatFailure?
        ) async -> ChatFailure? {
            guard let refusal = await write(with: model, builder, after: failure) else { return nil }
            guard refusal.isContextOverflow, !Task.isCancelled else { return refusal }
            return await write(with: model, builder.shorter, after: failure)
        }

        /// Has a language model write; gives the failure when it did not, and then nothing of it is left.
        private func write(
            with model: LanguageModelClient, _ builder: PromptBuilder, after failure: ChatFailure?
        ) async -> ChatFailure? {
            let hits = passages()
            var data = PersonalData()
            let prompt = builder.prompt(for: hiding(&data), with: hits)
            if let words = answering.refusal?(prompt.estimatedTokens, prompt.answerLimit) { return .budget(words) }
            var stream = PersonalDataStream(data)
            var hasBegun = false
            do {
                let completion = try await model.answer(prompt) { piece in
                    hasBegun = true
                    let shown = stream.take(piece)
                    if !shown.isEmpty { sink.yield(.delta(shown)) }
                }
                let last = stream.finish()
                if !last.isEmpty { sink.yield(.delta(last)) }
                var answer = answer(completion, by: model, from: hits)
                answer.text = data.restore(in: answer.text)
                answer.failure = failure
                sink.yield(.finished(answer))
                return nil
            } catch {
                if hasBegun { sink.yield(.replaced) }
                return error
            }
        }

        /// The question as a language model may read it.
        private func hiding(_ data: inout PersonalData) -> Question {
            guard answering.hidesPersonalData else { return question }
            var turns: [Turn] = []
            for turn in question.turns { turns.append(Turn(turn.speaker, data.hide(in: turn.text))) }
            return Question(data.hide(in: question.text), after: turns)
        }

        /// What the language model may read: what fits the question, or the question together with the one before.
        private func passages() -> [KnowledgeIndex.Hit] {
            let hits = answering.knowledge.search(question.text, limit: 4)
            let before = question.turns.last { $0.speaker == .customer }
            guard let before, hits.first?.confidence ?? 0 < Confidence.threshold else { return hits }
            return answering.knowledge.search(before.text + "\n" + question.text, limit: 4)
        }

        private func answer(
            _ completion: LanguageModelClient.Completion, by model: LanguageModelClient, from hits: [KnowledgeIndex.Hit]
        ) -> Answer {
            Answer(
                kind: .languageModel, text: completion.text,
                sources: hits.filter { $0.confidence >= Confidence.threshold }, model: model.endpoint.model,
                usage: completion.usage, firstToken: completion.firstToken, total: completion.total)
        }

        private func fallBack(because failure: ChatFailure) async {
            let extract = ExtractiveAnswer(to: question.text, from: answering.knowledge)
            let text =
                if case .budget = failure {
                    // Nothing failed: the customer need not hear of a model.
                    extract.text
                } else {
                    extract.isKnown ? "\(Phrases.fallback)\n\n\(extract.text)" : Phrases.fallbackUnknown
                }
            await finish(
                text, kind: extract.isKnown ? .knowledge : .unknown, sources: extract.sources,
                because: failure)
        }

        /// Streams a text that is there already, and ends with it.
        private func finish(
            _ text: String, kind: Answer.Kind, sources: [KnowledgeIndex.Hit], because failure: ChatFailure? = nil
        ) async {
            let first = answering.now() - start
            for (piece, pause) in pace.pieces(of: text) {
                if pause > .zero {
                    do { try await Task.sleep(for: pause) } catch { return }
                }
                sink.yield(.delta(piece))
            }
            let usage = TokenUsage(prompt: 0, answer: TokenEstimate.of(text), isEstimated: true)
            sink.yield(
                .finished(
                    Answer(
                        kind: kind, text: text, sources: sources, model: Answer.knowledgeBase, usage: usage,
                        firstToken: first, total: answering.now() - start, failure: failure)))
        }
    }
}
