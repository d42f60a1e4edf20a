internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Digests
internal import Host
internal import Learning
internal import Models
internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Turns registered versions into something that answers, and watches how they do in conversations.
struct ModelDesk: Sendable {
    /// The name whose version answers customers.
    static let production = "production"
    /// The name whose classifier says what customers want.
    static let intents = "intents"
    /// The name whose classifier says how customers feel.
    static let sentiment = "sentiment"
    /// How sure that one must be before a person is called.
    private static let angry = 0.8
    /// The name of the endpoint of `assistant.url`.
    static let assistant = "assistant"
    private static let desk = Caller.local(name: "watchdesk")

    let parts: DeskParts
    let configuration: DeskConfiguration
    let clock: HostClock
    /// One client for each model at each endpoint: its circuit breaker learns from every answer.
    let clients = NIOLockedValueBox<[String: LanguageModelClient]>([:])

    init(parts: DeskParts, configuration: DeskConfiguration, clock: HostClock) {
        self.parts = parts
        self.configuration = configuration
        self.clock = clock
    }

    /// The endpoint of a name in the configuration, or of a server of this machine at its usual port.
    func endpoint(_ route: String) -> LanguageModelEndpoint? {
        if route == ModelDesk.assistant, let own = configuration.languageModel { return own }
        return configuration.endpoints[route]
            ?? configuration.localServers.first { $0.route == route }?.endpoint(for: "")
    }

    /// The endpoint of a name, or the fault of the field that names it.
    func required(_ route: String, field: String) throws(Problem) -> LanguageModelEndpoint {
        if let endpoint = endpoint(route) { return endpoint }
        throw Problem(
            FieldFault(
                "must be an endpoint of the configuration (assistant.url, endpoints) or a server of this machine; "
                    + "there are \(routes.joined(separator: ", "))"
            ).within(field))
    }

    /// The names of all endpoints, sorted.
    var routes: [String] {
        let names = Set(configuration.endpoints.keys).union(configuration.localServers.map(\.route)).union(
            configuration.languageModel == nil ? [] : [ModelDesk.assistant])
        return names.sorted()
    }

    /// The language models of this machine, as their servers offer them now; names of the configuration go before.
    func localModels() async -> List<LocalModel> {
        let places = configuration.localServers.filter { configuration.endpoints[$0.route] == nil }
        let servers = await LocalServer.find(over: parts.transfer, places: places)
        return List(
            servers.flatMap { server in
                server.models.map {
                    LocalModel($0.text, server: server.name, route: server.route, url: server.url)
                }
            })
    }

    /// Registers the knowledge base and what the configuration names.
    func prepare() async throws {
        let now = clock.now()
        let knowledge = ModelDescription(model: Answer.knowledgeBase, wire: Answer.knowledgeBase)
        guard let endpoint = configuration.languageModel else {
            _ = try await parts.models.follow(knowledge, by: ModelDesk.desk, at: now)
            return
        }
        _ = try await parts.models.deploy(knowledge, as: "fallback", by: ModelDesk.desk, at: now)
        _ = try await parts.models.follow(
            await description(endpoint, route: ModelDesk.assistant, prompt: configuration.systemPrompt),
            by: ModelDesk.desk, at: now)
    }

    /// Registers a version that somebody describes.
    ///
    /// - Throws: ``Problem`` `.invalidField` for an endpoint that the configuration does not name.
    func add(_ request: AddModelVersion, by caller: Caller, at now: Timestamp) async throws -> ModelVersion {
        if request.model == Answer.knowledgeBase {
            return try await parts.models.add(
                ModelDescription(model: Answer.knowledgeBase, wire: Answer.knowledgeBase), by: caller, at: now)
        }
        let endpoint = try required(request.route, field: "route")
        var description = await description(
            endpoint.asking(for: request.model), route: request.route, prompt: request.prompt)
        description.parent = request.parent
        description.notes = request.notes
        return try await parts.models.add(description, by: caller, at: now)
    }

    func description(
        _ endpoint: LanguageModelEndpoint, route: String, prompt: String?
    ) async -> ModelDescription {
        let instructions = Answering(
            knowledge: await parts.knowledge.current(), languageModel: nil, role: prompt, now: clock.monotonic
        ).instructions
        var description = ModelDescription(
            model: endpoint.model, wire: endpoint.wire.rawValue, endpoint: endpoint.origin,
            promptHash: SHA256Digest(of: instructions).description, route: route)
        description.prompt = prompt
        return description
    }

    /// What answers for a version; the knowledge base alone for one that is gone.
    ///
    /// - Parameter budget: what it may use; `nil` leaves it without bounds.
    func answering(for route: ModelRoute?, within budget: AnswerBudget? = nil) async -> Answering {
        let version = route.flatMap { parts.models.version($0.version) }
        // Nobody suffers from a version that is only tried: the one before answers in its place.
        let stable = route.flatMap { $0.isCanary ? parts.models.version($0.stable) : nil }
        return Answering(
            knowledge: await parts.knowledge.current(), languageModel: version.flatMap { client(of: $0) },
            standIn: stable.flatMap { version in
                client(of: version).map { Answering.StandIn($0, role: version.prompt) }
            }, role: version?.prompt, hidesPersonalData: configuration.hidesPersonalData,
            refusal: budget?.refusal, now: clock.monotonic)
    }

    /// What an answer of a version may use of the budgets; `nil` when there are none.
    func budget(for subject: BudgetSubject, by version: ID<ModelVersion>?) -> AnswerBudget? {
        guard !parts.budgets.isEmpty else { return nil }
        return AnswerBudget(parts.budgets, subject, version.flatMap(price), clock: clock)
    }

    /// What an answer in a conversation of the desk may use.
    func budget(in conversation: Conversation, by route: ModelRoute?) -> AnswerBudget? {
        var subject = BudgetSubject()
        subject.deployment = ModelDesk.production
        (subject.customer, subject.conversation) = (conversation.customer, conversation.id.number)
        return budget(for: subject, by: route?.version)
    }

    /// The client of a chat version; `nil` for the knowledge base.
    ///
    /// A version whose endpoint is no longer configured, or is now elsewhere, gets a client whose every request is
    /// refused: its key must not go to another address, and the guards see that it does not answer.
    ///
    /// - Parameter isShadow: whether it is asked out of sight: what fails there must not close the way for customers.
    func client(of version: ModelVersion, isShadow: Bool = false) -> LanguageModelClient? {
        guard version.kind == .chat, version.wire != Answer.knowledgeBase else { return nil }
        let named = endpoint(version.route ?? ModelDesk.assistant)
        let fitting = named.flatMap { $0.origin == version.endpoint ? $0.asking(for: version.model) : nil }
        let endpoint =
            fitting
            ?? LanguageModelEndpoint(
                url: "http://endpoint-\(version.route ?? "").invalid", model: version.model, key: nil, wire: .openai)
        let key =
            "\(isShadow ? "shadow " : "")\(version.route ?? "") \(endpoint.url) \(endpoint.wire.rawValue) \(endpoint.model)"
        return clients.withLockedValue { clients in
            if let known = clients[key] { return known }
            let fresh = LanguageModelClient(
                endpoint, over: parts.transfer, limits: limits(at: version.route ?? ModelDesk.assistant))
            clients[key] = fresh
            return fresh
        }
    }

    /// What an answer of a version costs now, in nano-dollars; 0 where no price is known.
    func cost(of use: ModelUse) -> Int64 { price(of: use.version)?.cost(of: use.tokens) ?? 0 }

    private func price(of version: ID<ModelVersion>) -> TokenPrice? {
        parts.models.version(version)?.route.flatMap { configuration.prices[$0] }
    }

    /// Counts an answer, with what it used of the budgets.
    func record(_ answer: Answer, _ uses: [ModelUse], within budget: AnswerBudget?, at now: Timestamp) async throws {
        let charges = answer.kind == .languageModel ? uses.last.flatMap { budget?.settle($0) } ?? [] : []
        try await parts.models.record(uses, charging: charges, at: now)
    }

    /// What an answer counts as, for the version that wrote it and for the one that should have.
    func uses(
        of answer: Answer, by route: ModelRoute?, in conversation: ID<Conversation>? = nil
    ) -> [ModelUse] {
        let knowledge = parts.models.list.items.first { $0.wire == Answer.knowledgeBase }?.id
        // What answered after a failure is the version that the new one is tried beside.
        let writer = answer.failure == nil ? route?.version : route?.stable
        guard let version = answer.kind == .languageModel ? writer ?? knowledge : knowledge else { return [] }
        var use = ModelUse(of: version)
        use.conversation = conversation
        use.tokens = TokenCounts(answer.usage)
        use.isEstimated = answer.usage.isEstimated
        use.cost = cost(of: use)
        use.firstToken = answer.firstToken
        use.total = answer.total
        // What was not asked did not fail.
        if case .budget? = answer.failure { return [use] }
        guard let reason = answer.fellBackBecause, let model = route?.version else { return [use] }
        var failed = ModelUse(of: model)
        failed.failure = SafeText(untrusted: reason, limit: 500).oneLine.text
        return [failed, use]
    }

    /// What a first question is about, as a tag, when a classifier has the name `intents` and is sure enough.
    func topic(of text: String) async -> String? {
        guard let version = parts.models.version(named: ModelDesk.intents), version.kind == .intent else { return nil }
        do {
            let said = try await parts.models.classifier(version.id).predict(String(text.prefix(8000)))
            try await parts.models.watch(said, of: version.id, at: clock.now())
            guard !said.isOutOfScope else { return nil }
            return Conversation.tag(said.label)
        } catch {
            configuration.log("version \(version.id) cannot say what a question is about: \(error)")
            return nil
        }
    }

    /// Whether two things in a row that a customer wrote are most likely written in anger, when a classifier has the
    /// name `sentiment`.
    ///
    /// Its drift is counted where each text is read once, by ``CustomerMood``.
    func isUpset(_ texts: [String]) async -> Bool {
        guard texts.count >= 2, let version = parts.models.version(named: ModelDesk.sentiment),
            version.kind == .sentiment
        else { return false }
        do {
            for text in texts.suffix(2) {
                let said = try await parts.models.classifier(version.id).predict(String(text.prefix(8000)))
                guard said.label == "negative", said.confidence >= ModelDesk.angry, !said.isOutOfScope else {
                    return false
                }
            }
            return true
        } catch {
            configuration.log("version \(version.id) cannot say how a customer feels: \(error)")
            return false
        }
    }

    /// Notes how an answer went, and raises an alert when its deployment was paused or taken back by it.
    ///
    /// A failure here is written down: the customer has the answer already.
    func observe(_ conversation: ID<Conversation>, on route: ModelRoute?, failures: Set<FailureGuard>) async {
        guard let route, !route.deployments.isEmpty else { return await observe(conversation, later: failures) }
        do {
            let changed = try await parts.models.observe(
                conversation.number, on: route, failures: failures, at: clock.now())
            for deployment in changed { await tell(of: deployment) }
        } catch {
            configuration.log("how conversation \(conversation) went is not counted: \(error)")
        }
    }

    /// Notes how several answers went, at each of some deployments.
    func observe(_ answers: [ObservedAnswer], of deployments: [ID<Deployment>]) async {
        do {
            let changed = try await parts.models.observe(answers, of: deployments, at: clock.now())
            for deployment in changed { await tell(of: deployment) }
        } catch {
            configuration.log("how \(answers.count) answers went is not counted: \(error)")
        }
    }

    /// Notes what happened to a conversation after its answers.
    func observe(_ conversation: ID<Conversation>, later failures: Set<FailureGuard>) async {
        for failure in failures {
            do {
                let changed = try await parts.models.observe(
                    conversation.number, failure: failure, at: clock.now())
                for deployment in changed { await tell(of: deployment) }
            } catch {
                configuration.log("how conversation \(conversation) went is not counted: \(error)")
            }
        }
    }

    /// Counts what became of a conversation, for the version that answered last in it.
    func count(_ outcome: ConversationOutcome, of conversation: ID<Conversation>) async {
        do {
            try await parts.models.count(outcome, of: conversation)
        } catch {
            configuration.log("what became of conversation \(conversation) is not counted: \(error)")
        }
    }

    /// Calls somebody for a deployment that stopped by itself.
    func tell(of deployment: Deployment) async {
        var alert = RaiseAlert()
        switch deployment.status {
        case .rolledBack:
            alert.name = "model-rolled-back"
            alert.severity = .critical
            alert.summary =
                "version \(deployment.canary) of \(deployment.name) was taken back: \(deployment.reason)"
        case .paused:
            alert.name = "model-deployment-paused"
            alert.severity = .warning
            alert.summary = "version \(deployment.canary) of \(deployment.name) goes no further: \(deployment.reason)"
        case .canary, .promoted, .shadow, .ended: return
        }
        alert.summary = String(alert.summary.prefix(400))
        alert.category = "model"
        alert.minutes = 1440
        alert.labels = [
            AlertLabel("deployment", "\(deployment.id)"), AlertLabel("version", "\(deployment.canary)"),
        ]
        do {
            try await parts.alerts.raise(
                alert, host: parts.hosts.own ?? "desk", by: ModelDesk.desk, at: clock.now(),
                monotonic: clock.monotonic())
        } catch {
            configuration.log("nobody could be called for deployment \(deployment.id): \(error)")
        }
    }
}
