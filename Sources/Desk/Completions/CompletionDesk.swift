internal import Assistant
internal import DeskAPI
internal import Digests
internal import Host
internal import JSON
internal import Models
internal import NIOConcurrencyHelpers
internal import Transfer
internal import Vocabulary

/// Answers OpenAI-compatible chat completions through a deployment: its split, its breaker, its counts, its guards.
struct CompletionDesk: Sendable {
    let models: ModelDesk
    let ledger: UseLedger

    /// Answers a client; every failure is told in its own words.
    func complete(
        _ body: [UInt8], thread: String?, for caller: Caller, to responder: any CompletionResponder
    ) async {
        do throws(CompletionFailure) {
            guard caller.may(.modelsUse) else { throw CompletionDesk.forbidden(caller) }
            let request = try CompletionRequest(body)
            let number = CompletionDesk.number(of: thread)
            let route = try route(request.model, number)
            guard let version = models.parts.models.version(route.version) else {
                throw CompletionDesk.unknown(request.model)
            }
            if let client = models.client(of: version) {
                let budget = try reserve(request, route, caller, thread: thread == nil ? nil : number)
                try await relay(request, to: client, route, number, responder, within: budget)
            } else {
                await answerFromArticles(request, version, responder)
            }
        } catch {
            await responder.answer(status: error.status, headers: error.headers, body: error.body)
        }
    }

    /// Sets aside what the answer may take; `nil` when there are no budgets.
    private func reserve(
        _ request: CompletionRequest, _ route: ModelRoute, _ caller: Caller, thread: Int64?
    ) throws(CompletionFailure) -> AnswerBudget? {
        guard !models.parts.budgets.isEmpty else { return nil }
        var subject = BudgetSubject()
        subject.deployment = request.model.hasPrefix("version-") ? nil : request.model
        if case .key(let id) = caller.identity { subject.key = (id, caller.name) }
        subject.conversation = thread
        let budget = models.budget(for: subject, by: route.version)
        do throws(BudgetRefusal) {
            try budget?.reserve(prompt: request.relay.estimatedTokens, answer: request.relay.answerLimit)
        } catch {
            throw CompletionFailure(error, at: models.clock.now())
        }
        return budget
    }

    private static func forbidden(_ caller: Caller) -> CompletionFailure {
        caller.role == nil
            ? CompletionFailure(
                status: 401, type: "invalid_request_error", code: "invalid_api_key",
                message: "give an API key of this desk: Authorization: Bearer KEY")
            : CompletionFailure(
                status: 403, type: "invalid_request_error", code: "forbidden",
                message: "the key's role lacks models:use")
    }

    private static func unknown(_ name: String) -> CompletionFailure {
        CompletionFailure(
            status: 404, type: "invalid_request_error", code: "model_not_found",
            message:
                "there is no model \(SafeText(untrusted: name, limit: 80).oneLine.text); GET /v1/models lists them",
            parameter: "model")
    }

    /// The version that a name means, or the one that is named itself.
    private func route(_ name: String, _ number: Int64) throws(CompletionFailure) -> ModelRoute {
        let registry = models.parts.models
        if name.hasPrefix("version-"), let number = Int64(name.dropFirst("version-".count)) {
            guard let version = registry.version(ID(number)), version.kind == .chat else {
                throw CompletionDesk.unknown(name)
            }
            return ModelRoute(to: version.id)
        }
        guard let route = registry.route(name, for: number), registry.version(route.version)?.kind == .chat else {
            throw CompletionDesk.unknown(name)
        }
        return route
    }

    /// A number for a thread of a client, negative so that it is no conversation of the desk.
    static func number(of thread: String?) -> Int64 {
        guard let thread else { return -Int64.random(in: 1...Int64.max) }
        let hash = SHA256Digest(of: thread).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return -Int64(hash >> 1) - 1
    }

    /// One answer that is passed on: what was begun, and how it is written.
    private final class Passage: Sendable {
        private let state: NIOLockedValueBox<(shape: CompletionShape, pieces: Int64, whole: [UInt8]?)>

        init(_ shape: CompletionShape) {
            state = NIOLockedValueBox((shape, 0, nil))
        }

        /// The client's bytes for the provider's event, and whether they are the first.
        func take(_ data: [UInt8]) -> (bytes: [UInt8], isFirst: Bool) {
            state.withLockedValue { state in
                let bytes = state.shape.events(for: data)
                guard !bytes.isEmpty else { return ([], false) }
                state.pieces += 1
                return (bytes, state.pieces == 1)
            }
        }

        func keep(_ document: [UInt8]) { state.withLockedValue { $0.whole = document } }
        /// How many pieces the client has; about as many tokens.
        var pieces: Int64 { state.withLockedValue { $0.pieces } }
        var hasBegun: Bool { pieces > 0 }
        var whole: [UInt8]? { state.withLockedValue { $0.whole } }
        var shape: CompletionShape { state.withLockedValue { $0.shape } }
    }

    private func relay(
        _ request: CompletionRequest, to client: LanguageModelClient, _ route: ModelRoute, _ thread: Int64,
        _ responder: any CompletionResponder, within budget: AnswerBudget?
    ) async throws(CompletionFailure) {
        let passage = Passage(shape(request, client.endpoint.wire == .anthropic))
        let headers = CompletionDesk.headers(route)
        do throws(ChatFailure) {
            let completion = try await client.relay(request.relay) { data in
                guard request.relay.isStream else { return passage.keep(data) }
                let (bytes, isFirst) = passage.take(data)
                guard !bytes.isEmpty else { return }
                if isFirst { await responder.begin(headers: headers) }
                // A client that is gone ends the task, and with it the provider's answer.
                _ = await responder.write(bytes)
            }
            note(.success(completion), request, passage.pieces, route, thread, budget)
            guard request.relay.isStream else {
                let body = passage.shape.whole(
                    passage.whole, text: completion.text, finish: completion.isCutShort ? "length" : "stop",
                    completion.usage)
                return await responder.answer(status: 200, headers: headers, body: body)
            }
            if !passage.hasBegun { await responder.begin(headers: headers) }
            _ = await responder.write(passage.shape.end(completion.usage))
            await responder.end()
        } catch {
            note(.failure(error), request, passage.pieces, route, thread, budget)
            let failure = CompletionFailure(error)
            guard passage.hasBegun else {
                guard failure.status >= 500, let stable = stable(beside: route) else { throw failure }
                // Nobody suffers from a version that is only tried: the one before answers, and the failure counts.
                return try await relay(request, to: stable.client, stable.route, thread, responder, within: budget)
            }
            _ = await responder.write(failure.event)
            await responder.end()
        }
    }

    /// The version that a new one is tried beside.
    private func stable(beside route: ModelRoute) -> (client: LanguageModelClient, route: ModelRoute)? {
        guard route.isCanary, let version = models.parts.models.version(route.stable),
            let client = models.client(of: version)
        else { return nil }
        return (client, ModelRoute(to: version.id))
    }

    private func shape(_ request: CompletionRequest, _ isAnthropic: Bool) -> CompletionShape {
        let now = models.clock.now()
        return CompletionShape(
            id: "chatcmpl-\(SecureRandom().base62(24))", created: now.wholeSeconds, model: request.model,
            wantsUsage: request.wantsUsage, isAnthropic: isAnthropic)
    }

    private static func headers(_ route: ModelRoute) -> [(name: String, value: String)] {
        [("X-Watchdesk-Version", "\(route.version)")]
    }

    /// Counts the use and watches the deployment, without keeping the client waiting.
    ///
    /// What broke off, or was left by its client, counts by the pieces that came: nobody gets around a budget by leaving
    /// before the end.
    private func note(
        _ outcome: Result<LanguageModelClient.Completion, ChatFailure>, _ request: CompletionRequest, _ pieces: Int64,
        _ route: ModelRoute, _ thread: Int64, _ budget: AnswerBudget?
    ) {
        var use = ModelUse(of: route.version)
        var failure: ChatFailure?
        var isOver = true
        switch outcome {
        case .success(let completion):
            use.tokens = TokenCounts(completion.usage)
            use.isEstimated = completion.usage.isEstimated
            use.firstToken = completion.firstToken
            use.total = completion.total
        case .failure(let error):
            isOver = pieces > 0
            if isOver {
                use.tokens = TokenCounts(prompt: Int64(request.relay.estimatedTokens), answer: pieces)
                use.isEstimated = true
            }
            if case .transfer(.cancelled) = error {
                // Who leaves is no fault of the version.
                guard isOver else { return }
            } else {
                failure = error
            }
        }
        use.cost = models.cost(of: use)
        use.failure = failure.map { SafeText(untrusted: $0.description, limit: 500).oneLine.text }
        let failures = FailureGuard.failures(
            failure, firstToken: request.relay.isStream ? use.firstToken : nil, isForeign: true)
        // What has not begun may be answered by another version, with what was set aside.
        ledger.note(use, route, failures, thread: thread, charging: isOver ? budget?.settle(use) ?? [] : [])
    }

    /// The knowledge base answers where no language model is.
    private func answerFromArticles(
        _ request: CompletionRequest, _ version: ModelVersion, _ responder: any CompletionResponder
    ) async {
        let route = ModelRoute(to: version.id)
        var shape = shape(request, false)
        var text = ""
        var usage = TokenUsage(prompt: 0, answer: 0, isEstimated: true)
        let headers = CompletionDesk.headers(route)
        if request.relay.isStream { await responder.begin(headers: headers) }
        for await event in await models.answering(for: route).answer(request.question, isPaced: false) {
            switch event {
            case .delta(let piece):
                text += piece
                if request.relay.isStream, !(await responder.write(shape.delta(piece, finish: nil))) { return }
            case .replaced: text = ""
            case .finished(let answer):
                usage = answer.usage
                var use = ModelUse(of: version.id)
                use.tokens = TokenCounts(answer.usage)
                use.isEstimated = true
                (use.firstToken, use.total) = (answer.firstToken, answer.total)
                ledger.note(use, route, [])
            }
        }
        guard request.relay.isStream else {
            let body = shape.whole(nil, text: text, finish: "stop", usage)
            return await responder.answer(status: 200, headers: headers, body: body)
        }
        _ = await responder.write(shape.delta(nil, finish: "stop") + shape.end(usage))
        await responder.end()
    }

    /// The names that clients may ask for.
    func list(named name: String?) -> [UInt8]? {
        let registry = models.parts.models
        let chats = registry.list.items.filter { $0.kind == .chat }
        let names = chats.flatMap { version in
            (version.aliases + ["version-\(version.id)"]).map { (name: $0, at: version.createdAt.wholeSeconds) }
        }.sorted { $0.name < $1.name }
        func value(_ entry: (name: String, at: Int64)) -> JSONValue {
            [
                "id": .string(entry.name), "object": "model", "created": .integer(entry.at), "owned_by": "watchdesk",
            ]
        }
        var writer = JSONWriter()
        if let name {
            guard let entry = names.first(where: { $0.name == name }) else { return nil }
            writer.value(value(entry))
        } else {
            writer.value(["object": "list", "data": .array(names.map(value))])
        }
        return writer.bytes
    }
}
