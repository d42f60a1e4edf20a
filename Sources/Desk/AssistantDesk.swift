internal import Assistant
internal import Bus
internal import Conversations
internal import DeskAPI
internal import Host
internal import Models
internal import Vocabulary

/// Answers the conversations that the assistant owns: one answer at a time in each, a few at once in all.
///
/// It reads questions from the bus after they are committed, and from the store after a start or a cut-off, so that a
/// question is answered even when the process ended between its commit and its answer.
actor AssistantDesk {
    /// With more answers than this under way, those of the knowledge base come at once instead of word by word.
    private static let mostPaced = 4

    private let parts: DeskParts
    private let configuration: DeskConfiguration
    private let clock: HostClock
    private let bus: Bus<DeskEvent>
    private let models: ModelDesk
    private let shadows: ShadowDesk
    private var isPrepared = false
    private let concern = AssistantConcern()
    private var schedule = AnswerSchedule(mostAtOnce: 8)
    private var running: [ID<Conversation>: Task<Void, Never>] = [:]
    private var retry: Task<Void, Never>?
    private var isClosing = false

    init(
        parts: DeskParts, models: ModelDesk, configuration: DeskConfiguration, clock: HostClock, bus: Bus<DeskEvent>
    ) {
        self.parts = parts
        self.models = models
        shadows = ShadowDesk(parts: parts, models: models, clock: clock, log: configuration.log)
        self.configuration = configuration
        self.clock = clock
        self.bus = bus
    }

    /// Answers until the task is cancelled.
    func run() async {
        let subscription = bus.subscribe(limit: 8192, wants: { [concern] event in concern.wants(event) })
        await prepare()
        await catchUp()
        while true {
            let readings = await subscription.next()
            guard !readings.isEmpty else { break }
            for reading in readings { await take(reading) }
        }
        isClosing = true
        retry?.cancel()
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
        await shadows.close()
    }

    /// Fills an empty knowledge base and registers what answers.
    private func prepare() async {
        do {
            try await parts.knowledge.prepare(at: clock.now())
            try await models.prepare()
            isPrepared = true
        } catch {
            fail("the assistant cannot be prepared", error)
        }
    }

    private func take(_ reading: Reading<DeskEvent>) async {
        switch reading {
        case .missed:
            concern.forgetQuestions()
            await catchUp()
        case .event(.conversationChanged(let conversation)):
            await count(conversation)
            let question = concern.takeQuestion(of: conversation.id)
            if conversation.status != .assistant {
                perform(schedule.drop(conversation.id))
            } else if let question {
                perform(schedule.ask(conversation.id, question: question))
            } else if conversation.lastAuthor == .customer {
                // Handed back with a question open; every other one is known already.
                perform(schedule.remind(conversation.id, question: conversation.lastOffset))
            }
        case .event(.conversationDeleted(let reference)): perform(schedule.drop(reference.id))
        case .event: break
        }
    }

    /// Counts what the change says of the version that answered before.
    private func count(_ conversation: Conversation) async {
        if conversation.status == .waiting || conversation.status == .open {
            await models.count(.handedOver, of: conversation.id)
        }
        guard let rating = conversation.rating else { return }
        await models.count(.rated(rating), of: conversation.id)
        if rating <= 2 { await models.observe(conversation.id, later: [.dissatisfied]) }
    }

    /// Finds the questions that nobody answered: after a start, after falling behind, after a failure.
    private func catchUp() async {
        do {
            for question in try await parts.conversations.questionsForAssistant() {
                perform(schedule.remind(question.conversation, question: question.offset))
            }
        } catch {
            fail("open questions cannot be read", error)
        }
    }

    private func perform(_ steps: [AnswerSchedule.Step]) {
        for step in steps where !isClosing {
            switch step {
            case .start(let id, let question, let isAgain): start(id, question, isAgain: isAgain)
            case .stop(let id): running[id]?.cancel()
            }
        }
    }

    private func start(_ id: ID<Conversation>, _ question: Int64, isAgain: Bool) {
        let run = AnswerRun(
            conversation: id, question: question, isPaced: schedule.runCount <= AssistantDesk.mostPaced, parts: parts,
            models: models, shadows: shadows, clock: clock, bus: bus, log: configuration.log)
        running[id] = Task {
            do {
                // Who wrote again so soon may go on writing.
                if isAgain { try await Task.sleep(for: .milliseconds(300)) }
                try await run.perform()
            } catch is CancellationError {
                run.giveUp()
            } catch {
                run.giveUp()
                fail("conversation \(id) is not answered", error)
            }
            ended(id)
        }
    }

    private func ended(_ id: ID<Conversation>) {
        running[id] = nil
        perform(schedule.ended(id))
    }

    /// Writes the failure down and looks again in a while; a closed or full store heals or ends the process.
    private func fail(_ what: String, _ error: any Error) {
        configuration.log("\(what): \(error)")
        guard retry == nil, !Task.isCancelled else { return }
        retry = Task {
            do {
                try await Task.sleep(for: .seconds(5))
            } catch {
                return
            }
            retry = nil
            if !isPrepared { await prepare() }
            await catchUp()
        }
    }
}
