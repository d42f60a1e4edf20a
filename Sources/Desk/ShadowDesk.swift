internal import Assistant
internal import DeskAPI
internal import Host
internal import Models
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Has a new version answer questions beside the one that customers hear, after they were answered.
///
/// Nothing of it reaches a conversation. Few are under way at once; what comes above that is dropped and counted.
final class ShadowDesk: Sendable {
    /// The most questions under way.
    static let mostAtOnce = 2

    private struct State {
        var running: [Int: Task<Void, Never>] = [:]
        var begun = 0
        /// Questions that were left out since the last was counted.
        var dropped: [ID<Deployment>: Int64] = [:]
        var isClosing = false
    }

    private let parts: DeskParts
    private let models: ModelDesk
    private let clock: HostClock
    private let log: @Sendable (String) -> Void
    private let state = NIOLockedValueBox(State())

    init(parts: DeskParts, models: ModelDesk, clock: HostClock, log: @escaping @Sendable (String) -> Void) {
        (self.parts, self.models, self.clock, self.log) = (parts, models, clock, log)
    }

    /// Which versions are to be asked a question too; none for one outside of their shares, and none beside another
    /// version that is tried: they are compared with the stable one.
    ///
    /// - Parameter offset: the question's place in its conversation.
    func routes(for conversation: ID<Conversation>, at offset: Int64, beside route: ModelRoute?) -> [ShadowRoute] {
        guard route?.isCanary != true else { return [] }
        return parts.models.shadows(of: ModelDesk.production, in: conversation.number, question: offset)
    }

    /// Takes a question that was answered; returns at once.
    func offer(_ question: Question, answered stable: Answer, on route: ShadowRoute) {
        // Thanks and greetings are answered without any version; and a shadow may have ended meanwhile.
        guard stable.kind != .knowledge || !stable.sources.isEmpty,
            parts.models.deployments.items.contains(where: { $0.id == route.deployment && $0.status == .shadow })
        else { return }
        state.withLockedValue { state in
            guard !state.isClosing else { return }
            guard state.running.count < ShadowDesk.mostAtOnce else {
                state.dropped[route.deployment, default: 0] += 1
                return
            }
            state.begun += 1
            let number = state.begun
            state.running[number] = Task {
                await answer(question, beside: stable, on: route)
                await ended(number)
            }
        }
    }

    /// Ends what is under way.
    func close() async {
        let running = state.withLockedValue { state in
            state.isClosing = true
            return Array(state.running.values)
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
    }

    /// Counts what was left out while the last of those under way was written down.
    private func ended(_ number: Int) async {
        let left = state.withLockedValue { state -> [ID<Deployment>: Int64] in
            state.running[number] = nil
            guard state.running.isEmpty, !state.isClosing else { return [:] }
            defer { state.dropped = [:] }
            return state.dropped
        }
        for (id, count) in left {
            guard let version = parts.models.deployments.items.first(where: { $0.id == id })?.canary else { continue }
            do {
                try await parts.models.record(
                    nil, on: ShadowRoute(deployment: id, version: version), dropped: count, at: clock.now())
            } catch {
                log("\(count) questions that version \(version) was not asked are not counted: \(error)")
            }
        }
    }

    private func answer(_ question: Question, beside stable: Answer, on route: ShadowRoute) async {
        let budget = models.shadowBudget(of: route.version)
        let answering = await models.shadowAnswering(route.version, within: budget)
        var answer: Answer?
        for await event in answering.answer(question, isPaced: false) {
            if case .finished(let finished) = event { answer = finished }
        }
        // What the desk's end broke off says nothing of the version.
        guard let answer, !Task.isCancelled else { return }
        await count(answer, beside: stable, on: route, budget, answering.knowledge)
    }

    private func count(
        _ answer: Answer, beside stable: Answer, on route: ShadowRoute, _ budget: AnswerBudget?,
        _ knowledge: KnowledgeIndex
    ) async {
        let dropped = state.withLockedValue { $0.dropped.removeValue(forKey: route.deployment) } ?? 0
        do {
            if case .budget? = answer.failure {
                return try await parts.models.record(
                    nil, on: route, dropped: dropped, overBudget: 1, at: clock.now())
            }
            let shadow = models.shadowAnswer(answer, beside: stable, of: route.version, knowledge)
            let charges = answer.failure == nil ? budget?.settle(shadow.use) ?? [] : []
            try await parts.models.record(
                shadow, on: route, dropped: dropped, charging: charges, at: clock.now())
        } catch {
            log("an answer of version \(route.version) in the shadow is not counted: \(error)")
        }
    }
}

extension ModelDesk {
    /// What a version that is asked in the shadow may use: the budgets of the day and of the name.
    ///
    /// Those of the customer and the conversation are for the answers that the customer gets.
    func shadowBudget(of version: ID<ModelVersion>) -> AnswerBudget? {
        var subject = BudgetSubject()
        subject.deployment = ModelDesk.production
        return budget(for: subject, by: version)
    }

    /// What answers for a version in the shadow: alone, and with a circuit breaker of its own.
    func shadowAnswering(_ id: ID<ModelVersion>, within budget: AnswerBudget?) async -> Answering {
        let version = parts.models.version(id)
        return Answering(
            knowledge: await parts.knowledge.current(),
            languageModel: version.flatMap { client(of: $0, isShadow: true) }, role: version?.prompt,
            hidesPersonalData: configuration.hidesPersonalData, refusal: budget?.refusal, now: clock.monotonic)
    }

    /// What an answer in the shadow counts as.
    func shadowAnswer(
        _ answer: Answer, beside stable: Answer, of version: ID<ModelVersion>, _ knowledge: KnowledgeIndex
    ) -> ShadowAnswer {
        var use = ModelUse(of: version)
        if let reason = answer.fellBackBecause {
            use.failure = SafeText(untrusted: reason, limit: 500).oneLine.text
        } else {
            use.tokens = TokenCounts(answer.usage)
            use.isEstimated = answer.usage.isEstimated
            use.cost = cost(of: use)
            (use.firstToken, use.total) = (answer.firstToken, answer.total)
        }
        var shadow = ShadowAnswer(use)
        shadow.failures = FailureGuard.failures(
            answer.failure, firstToken: answer.kind == .languageModel ? answer.firstToken : nil, isForeign: false)
        guard answer.failure == nil, stable.failure == nil else { return shadow }
        let passages = (answer.passage(in: knowledge), stable.passage(in: knowledge))
        let isSame: Bool? = if let new = passages.0, let old = passages.1 { new == old } else { nil }
        shadow.comparison = ShadowAnswer.Comparison(
            isRefused: answer.isRefusal, isStableRefused: stable.isRefusal, isSamePassage: isSame)
        return shadow
    }
}
