public import DeskAPI
internal import Terminal
public import Vocabulary

extension ConsoleState {
    func makeTurn() -> Turn { Turn(scene: scene, randomness: randomness) }

    /// Carries out what a turn leads to inside the console.
    ///
    /// - Returns: what it leads to outside.
    mutating func finish(_ turn: Turn) -> [DeskRequest] {
        randomness = turn.randomness
        for notice in turn.notices { notices.show(notice.text, notice.mark, at: now) }
        if let question = turn.question {
            overlay = .question(question)
            questionShownAt = now
        }
        let requests = turn.started + start(turn.requests)
        guard let destination = turn.destination else { return requests }
        return requests + show(destination)
    }

    /// Brings a pane to the front.
    mutating func show(_ destination: Destination) -> [DeskRequest] {
        if case .moment(let moment) = destination { return look(at: moment) }
        front = destination.pane ?? front
        var turn = makeTurn()
        let pane = Panes.pane(front)
        pane.receive(.shown, &self, &turn)
        pane.arrive(destination, &self, &turn)
        return finish(turn)
    }

    /// Remembers which requests are under way; the same one is not asked twice at a time.
    mutating func start(_ requests: [DeskRequest]) -> [DeskRequest] {
        var started: [DeskRequest] = []
        for request in requests where request.isForTerminal || !underWay.contains(request) {
            started.append(request)
            if !request.isForTerminal {
                underWay.append(request)
                requestLog.asked(request, at: now)
            }
            if let topic = Topic(request) { facts.changedWhileReading.begin(topic) }
        }
        return started
    }

    /// Takes the desk's answer to a request.
    ///
    /// - Returns: what is to be done next.
    public mutating func answered(
        _ request: DeskRequest, _ answer: Result<DeskAnswer, Problem>, at now: Timestamp
    ) -> [DeskRequest] {
        self.now = max(self.now, now)
        if let index = underWay.firstIndex(of: request) { underWay.remove(at: index) }
        requestLog.answered(request, answer, at: self.now)
        var requests: [DeskRequest] = []
        switch answer {
        case .success(let answer):
            remember(request, answer)
            let changes = facts.take(answer, to: request, at: self.now)
            requests = lookedBack(answer: .success(answer), to: request) + tell(changes)
        case .failure(let problem):
            note(problem, of: request)
            requests = lookedBack(answer: .failure(problem), to: request)
        }
        var turn = makeTurn()
        var isTold = false
        for pane in Panes.all where pane.receiveAnswer(answer, request, &self, &turn) { isTold = true }
        requests += finish(turn)
        if case .failure(let problem) = answer, !isTold, Topic(request) == nil, request.isByPerson {
            notices.show("\(problem.detail)", .warning, at: self.now)
        }
        return requests + tellPresence()
    }

    /// A topic that cannot be read says why in its pane and is tried again, unless the desk refuses it.
    private mutating func note(_ problem: Problem, of request: DeskRequest) {
        guard let topic = Topic(request) else { return }
        facts.faults[topic] = SafeText(untrusted: problem.detail, limit: 300).oneLine
        guard problem.code.status >= 500 || problem.code == .rateLimited else { return }
        retries[topic] = now + .seconds(problem.retryAfter ?? 3)
    }
}

extension DeskRequest {
    /// Whether a person asked for it, so that a failure must be told to them.
    fileprivate var isByPerson: Bool {
        switch self {
        case .claim, .release, .resolve, .post, .updateConversation, .snooze, .wake, .transfer, .runMacro,
            .updateCustomer, .mergeCustomers, .search,
            .acknowledgeNotifications, .acknowledge,
            .unacknowledge, .acknowledgeAll, .closeAlert,
            .assignAlert, .createSilence, .expireSilence, .testReceiver, .showReport, .listBudgets, .listAliasMoves,
            .moveAlias,
            .startDeployment,
            .listLocalModels, .addModelVersion, .startTuning,
            .steerDeployment, .startTraining, .cancelTraining:
            true
        default: false
        }
    }
}
