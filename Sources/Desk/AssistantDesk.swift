internal import Assistant
internal import Bus
internal import Conversations
internal import DeskAPI
internal import Digests
internal import Models
internal import Vocabulary

/// Answers the conversations that the assistant owns: one answer at a time in each, a few at once in all.
///
/// It reads questions from the bus after they are committed, and from the store after a start or a cut-off, so that a
/// question is answered even when the process ended between its commit and its answer.
actor AssistantDesk {
    private static let mostAtOnce = 8
    private static let mostPaced = 4

    private let parts: DeskParts
    private let configuration: DeskConfiguration
    private let clock: DeskClock
    private let bus: Bus<DeskEvent>
    private let languageModel: LanguageModelClient?
    private var versions: AnsweringVersions?
    private var waiting: [ID<Conversation>: Int64] = [:]
    private var queue: [ID<Conversation>] = []
    private var running: [ID<Conversation>: Task<Void, Never>] = [:]
    private var retry: Task<Void, Never>?

    init(parts: DeskParts, configuration: DeskConfiguration, clock: DeskClock, bus: Bus<DeskEvent>) {
        self.parts = parts
        self.configuration = configuration
        self.clock = clock
        self.bus = bus
        languageModel = configuration.languageModel.map { LanguageModelClient($0, over: parts.transfer) }
    }

    /// Answers until the task is cancelled.
    func run() async {
        let subscription = bus.subscribe(limit: 8192, wants: AssistantDesk.concerns)
        await prepare()
        await catchUp()
        while true {
            let readings = await subscription.next()
            guard !readings.isEmpty else { break }
            for reading in readings { await take(reading) }
        }
        retry?.cancel()
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
    }

    private static func concerns(_ event: DeskEvent) -> Bool {
        switch event {
        case .messagePosted(let message): message.author == .customer
        case .conversationChanged: true
        default: false
        }
    }

    /// Fills an empty knowledge base and registers what answers.
    private func prepare() async {
        do {
            try await parts.knowledge.prepare(at: clock.now())
            versions = try await AnsweringVersions.deploy(
                languageModel?.endpoint, instructions: answering.instructions, on: parts.models, at: clock.now())
        } catch {
            fail("the assistant cannot be prepared", error)
        }
    }

    private func take(_ reading: Reading<DeskEvent>) async {
        switch reading {
        case .missed: await catchUp()
        case .event(.messagePosted(let message)): enqueue(message.conversation, question: message.offset)
        case .event(.conversationChanged(let conversation)):
            if conversation.status != .assistant {
                drop(conversation.id)
            } else if conversation.lastAuthor == .system, running[conversation.id] == nil {
                // Handed back: the customer's last words may still be without an answer.
                await catchUp(only: conversation.id)
            }
        case .event: break
        }
    }

    /// Finds the questions that nobody answered: after a start, after falling behind, after a failure.
    private func catchUp(only id: ID<Conversation>? = nil) async {
        do {
            for question in try await parts.conversations.questionsForAssistant()
            where id == nil || question.conversation == id {
                enqueue(question.conversation, question: question.offset)
            }
        } catch {
            fail("open questions cannot be read", error)
        }
    }

    private func enqueue(_ id: ID<Conversation>, question: Int64) {
        if waiting.updateValue(max(question, waiting[id] ?? 0), forKey: id) == nil { queue.append(id) }
        startNext()
    }

    /// A person has it: the assistant is silent at once, even in the middle of a word.
    private func drop(_ id: ID<Conversation>) {
        waiting[id] = nil
        queue.removeAll { $0 == id }
        running[id]?.cancel()
    }

    private func startNext() {
        var skipped: [ID<Conversation>] = []
        while running.count < AssistantDesk.mostAtOnce, !queue.isEmpty {
            let id = queue.removeFirst()
            guard running[id] == nil else {
                skipped.append(id)
                continue
            }
            guard let question = waiting.removeValue(forKey: id) else { continue }
            start(id, question)
        }
        queue = skipped + queue
    }

    private func start(_ id: ID<Conversation>, _ question: Int64) {
        let run = AnswerRun(
            conversation: id, question: question, answering: answering,
            isPaced: running.count < AssistantDesk.mostPaced, parts: parts, versions: versions, clock: clock, bus: bus)
        running[id] = Task {
            do {
                try await run.perform()
            } catch is CancellationError {
                run.giveUp()
            } catch {
                run.giveUp()
                fail("conversation \(id) is not answered", error)
            }
            finished(id)
        }
    }

    private func finished(_ id: ID<Conversation>) {
        running[id] = nil
        startNext()
    }

    private var answering: Answering {
        Answering(
            knowledge: parts.knowledge.current, languageModel: languageModel, role: configuration.systemPrompt,
            now: clock.monotonic)
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
            if versions == nil { await prepare() }
            await catchUp()
        }
    }
}

/// The registered versions that answers are counted for.
struct AnsweringVersions: Equatable, Sendable {
    /// The knowledge base.
    let knowledge: ID<ModelVersion>
    /// The language model, when there is one.
    let languageModel: ID<ModelVersion>?

    /// Registers both and lets `production` point to the one that answers first.
    static func deploy(
        _ endpoint: LanguageModelEndpoint?, instructions: String, on models: Models, at now: Timestamp
    ) async throws -> AnsweringVersions {
        let desk = Caller.local(name: "watchdesk")
        let knowledge = try await models.deploy(
            ModelDescription(model: Answer.knowledgeBase, wire: Answer.knowledgeBase),
            as: endpoint == nil ? "production" : "fallback", by: desk, at: now)
        guard let endpoint else { return AnsweringVersions(knowledge: knowledge.id, languageModel: nil) }
        let model = try await models.deploy(
            ModelDescription(
                model: endpoint.model, wire: endpoint.wire.rawValue, endpoint: endpoint.origin,
                promptHash: SHA256Digest(of: instructions).description), as: "production", by: desk, at: now)
        return AnsweringVersions(knowledge: knowledge.id, languageModel: model.id)
    }
}
