internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension SystemPane {
    /// Does what a key of the processes says; the palette reaches them from everywhere, so they come to the front.
    static func apply(_ action: ProcessAction, to state: inout State, _ turn: inout Turn) {
        let host = state.host
        if action != .leave, !state.processes.isShown {
            state.processes.isShown = true
            state.processes.ask(host: host, &turn)
        }
        switch action {
        case .show: break
        case .leave:
            state.processes.isShown = false
            state.processes.form = nil
            state.processes.filter.isOpen = false
        case .move(let move):
            state.processes.move(move, page: ProcessesLayout(Rect(turn.scene.room), state.processes).listRows)
        case .sort(let step):
            state.processes.sort(by: step)
            state.processes.ask(host: host, &turn)
        case .reverse:
            state.processes.reverse()
            state.processes.ask(host: host, &turn)
        case .tree:
            state.processes.toggleTree()
            state.processes.ask(host: host, &turn)
        case .follow:
            state.processes.toggleFollowing()
            state.processes.ask(host: host, &turn)
        case .detail: state.processes.isDetailed.toggle()
        case .openFilter: state.processes.filter.isOpen = true
        case .keepFilter: state.processes.filter.keep()
        case .clearFilter:
            state.processes.filter.clear()
            refilter(&state, &turn)
        case .openSignal: state.processes.form = state.processes.chosen.map { SignalForm($0) }
        case .chooseSignal(let step): state.processes.form?.choose(by: step)
        case .acceptSignal: state.processes.form?.accept(at: turn.now)
        case .sendSignal: state.processes.form?.send(&turn)
        case .cancelSignal: state.processes.form = nil
        }
    }

    static func mode(_ state: State) -> Mode {
        guard state.processes.isShown else { return .keys }
        return state.processes.form != nil ? .form : state.processes.filter.isOpen ? .filter : .keys
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        guard state.processes.form == nil, state.processes.filter.take(key) else { return }
        refilter(&state, &turn)
    }

    private static func refilter(_ state: inout State, _ turn: inout Turn) {
        state.processes.beginAnew()
        state.processes.ask(host: state.host, &turn)
    }

    /// The list is asked for once a second while it is seen, and never otherwise.
    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        guard turn.scene.front == name, state.processes.isShown, !turn.facts.connection.isCutOff else { return }
        switch change {
        case .shown, .moment: state.processes.ask(host: state.host, &turn)
        case .sample, .status: state.processes.askIfDue(host: state.host, &turn)
        default: break
        }
    }

    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        switch (request, answer) {
        case (.listProcesses(let asked), .success(.processes(let list))):
            state.processes.take(list, to: asked, &turn)
        case (.listProcesses(let asked), .failure(let problem)): state.processes.take(problem, to: asked)
        case (.signalProcess(let asked), .success(.signalled(let delivery))):
            if state.processes.form?.isFor(asked) ?? false { state.processes.form = nil }
            turn.say("\(delivery.signal.rawValue) was sent to \(delivery.name), process \(delivery.pid).", .acked)
            if turn.scene.front == name { state.processes.ask(host: state.host, &turn) }
        case (.signalProcess(let asked), .failure(let problem)):
            guard state.processes.form?.isFor(asked) ?? false else {
                turn.say("\(asked.signal.rawValue) to process \(asked.pid): \(problem.detail)", .warning)
                return true
            }
            state.processes.form?.refuse(problem)
        default: return false
        }
        return true
    }
}
