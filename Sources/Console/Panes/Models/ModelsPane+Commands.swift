internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ModelsPane {
    enum Action: Equatable, Sendable {
        case move(ListMove)
        case openFilter
        case keepFilter
        case clearFilter
        case deploy
        case moveName
        case step
        case pause
        case promote
        case rollBack
        case compare
        case report
        case confusions
        case zoom
        case budgets
        case train
        case cancelTraining
        case register
        case shadow
        case tune
        case back
        case send
        case cancel
    }

    static let commands: [Command<ModelsPane>] =
        [
            Command(
                .character("d"), title: "deploy",
                purpose:
                    "Give the version under the cursor to a share of the conversations that grows while it does well.",
                action: .deploy, scope: .modelsDeploy, rank: 1, applies: isAtList, obstacle: obstacleToDeploy),
            Command(
                .character("D"), title: "to everybody",
                purpose: "Let a name point to the version under the cursor at once, without watching.",
                action: .moveName, scope: .modelsDeploy, applies: isAtList, obstacle: obstacleToChoose),
            Command(
                .character("R"), title: "roll back",
                purpose:
                    "Take the deployment under way back (of several, the cursor's); without one, let the name of the version under the cursor point to the one before.",
                action: .rollBack, scope: .modelsDeploy, rank: 2, applies: isAtList, obstacle: obstacleToRollBack),
            Command(
                .character("s"), title: "step",
                purpose: "Give the new version (of several, the cursor's) its next share, or go on after a pause.",
                action: .step, scope: .modelsDeploy, rank: 4, applies: isAtList, obstacle: obstacleToSteer),
            Command(
                .character("p"), title: "pause",
                purpose: "Leave the new version's share as it is (of several, the cursor's).",
                action: .pause, scope: .modelsDeploy, applies: isAtList, obstacle: obstacleToSteer),
            Command(
                .character("P"), title: "promote",
                purpose: "Give the new version (of several, the cursor's) to everybody and end the deployment.",
                action: .promote, scope: .modelsDeploy, applies: isAtList, obstacle: obstacleToSteer),
            Command(
                .character("c"), title: "compare",
                purpose: "Show what is different between production and the version under the cursor.",
                action: .compare, rank: 3, applies: isAtList, obstacle: obstacleToCompare),
            Command(
                .character("e"), title: "evaluation",
                purpose: "Show how the classifier under the cursor did on texts that it never saw.",
                action: .report, applies: isAtList, obstacle: obstacleToReport),
            Command(
                .character("m"), title: "confusions",
                purpose: "Show what the classifier under the cursor takes for what, as a map.",
                action: .confusions, applies: isAtList, obstacle: obstacleToReport),
            Command(
                .character("b"), title: "budgets", purpose: "Show how much language models may use, and have used.",
                action: .budgets, scope: .modelsRead, applies: isAtList),
            Command(
                .character("z"), title: "closer", purpose: "Show a line for each label, or all labels at once.",
                action: .zoom, rank: 2, applies: { $0.map != nil }),
            Command(
                .character("t"), title: "train",
                purpose:
                    "Train a classifier on the desk's own conversations; files are trained with `watchdesk train`.",
                action: .train, scope: .modelsTrain, rank: 5, applies: isAtList),
            Command(
                .character("x"), title: "end training", purpose: "End the training that waits or is under way.",
                action: .cancelTraining, scope: .modelsTrain, applies: isAtList,
                obstacle: { _, scene in
                    scene.facts.runningTraining == nil ? "nothing is being trained" : nil
                }),
            Command(
                .character("a"), title: "add",
                purpose: "Register a version of a chat model; models that servers of this machine offer are proposed.",
                action: .register, scope: .modelsDeploy, applies: isAtList),
            Command(
                .character("v"), title: "shadow",
                purpose: "Ask the version under the cursor a share of the questions, out of the customers' sight.",
                action: .shadow, scope: .modelsDeploy, applies: isAtList, obstacle: obstacleToDeploy),
            Command(
                .character("f"), title: "fine-tune",
                purpose: "Let a provider fine-tune a model with the desk's own conversations.",
                action: .tune, scope: .modelsTrain, applies: isAtList),
            Command(
                .escape, title: "back", purpose: "Go back to the versions.", action: .back, rank: 1,
                applies: { !isAtList($0) }),
            Command(
                .enter, title: "do it", purpose: "Do what the form says.", action: .send, rank: 1, mode: .form),
            Command(.escape, title: "cancel", purpose: "Close the form.", action: .cancel, rank: 2, mode: .form),
        ] + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) }, applies: isAtList)

    private static func isAtList(_ state: State) -> Bool { state.sheet == nil && state.map == nil }

    private static func obstacleToChoose(_ state: State, _ scene: Scene) -> SafeText? {
        chosen(state, scene.facts) == nil ? "there is no version" : nil
    }

    private static func obstacleToDeploy(_ state: State, _ scene: Scene) -> SafeText? {
        guard let model = chosen(state, scene.facts) else { return "there is no version" }
        guard model.record.kind == .chat else { return "a classifier is given to everybody at once: D" }
        if model.aliases.contains("production") { return "production points to it already" }
        let open = scene.facts.openDeployments
        if let own = open.first(where: { $0.canary == model.id }) { return "deployment \(own.id) tries it already" }
        return open.count { $0.name == "production" } >= 4 ? "four versions are tried already" : nil
    }

    private static func obstacleToSteer(_ state: State, _ scene: Scene) -> SafeText? {
        if scene.facts.openDeployment == nil { return "no deployment is under way" }
        return obstacleToRollBack(state, scene)
    }

    private static func obstacleToRollBack(_ state: State, _ scene: Scene) -> SafeText? {
        let open = scene.facts.openDeployments
        return open.isEmpty || traffic(state, scene.facts)?.isMeant == true
            ? nil : "\(open.count) are tried: put the cursor on one"
    }

    private static func obstacleToCompare(_ state: State, _ scene: Scene) -> SafeText? {
        guard let model = chosen(state, scene.facts) else { return "there is no version" }
        return scene.facts.counterpart(of: model) == nil ? "there is nothing to compare it with" : nil
    }

    private static func obstacleToReport(_ state: State, _ scene: Scene) -> SafeText? {
        chosen(state, scene.facts)?.record.evaluation == nil ? "it is no classifier" : nil
    }

    /// The version that keys act on.
    static func chosen(_ state: State, _ facts: DeskFacts) -> ModelRow? {
        state.list.cursor.flatMap { facts.models[$0] }
    }

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        let facts = turn.facts
        switch action {
        case .move(let move):
            let page = max(1, turn.scene.room.rows / 2)
            if state.sheet != nil {
                state.sheet?.move(move, page: page)
            } else if state.map != nil {
                state.map?.move(move, page: page)
            } else {
                state.list.move(move, page: page)
            }
        case .openFilter: state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            refilter(&state, facts)
        case .deploy: chosen(state, facts).map { state.form = ModelForm(.deploy($0.id), $0.name) }
        case .moveName: chosen(state, facts).map { state.form = ModelForm(.move($0.id), $0.name) }
        case .step: meant(state, facts).map { turn.ask(.steerDeployment(SteerDeployment($0.id, .step))) }
        case .pause: meant(state, facts).map { turn.ask(.steerDeployment(SteerDeployment($0.id, .pause))) }
        case .promote: meant(state, facts).map { state.form = ModelForm(.promote($0), consequence(of: $0, facts)) }
        case .rollBack:
            if let open = meant(state, facts) {
                state.form = ModelForm(.rollBack(open), name(of: open.canary, facts))
            } else {
                // Where the name pointed before is in its history at the desk.
                turn.ask(.listAliasMoves)
            }
        case .compare: compare(&state, facts)
        case .report:
            guard let model = chosen(state, facts) else { return }
            state.sheet = LinesSheet("Evaluation of \(model.name)")
            turn.ask(.showReport(ModelReference(model.id)))
        case .confusions:
            guard let model = chosen(state, facts) else { return }
            state.map = ConfusionMap("\(model.name): what it takes for what")
            turn.ask(.showReport(ModelReference(model.id)))
        case .budgets:
            state.sheet = LinesSheet("Budgets of language models")
            turn.ask(.listBudgets)
        case .zoom: state.map?.zoom()
        case .train: state.form = ModelForm(.train, "what is to be learned")
        case .cancelTraining: facts.runningTraining.map { turn.ask(.cancelTraining(TrainingReference($0.id))) }
        case .register: turn.ask(.listLocalModels)
        case .shadow: chosen(state, facts).map { state.form = ModelForm(.shadow($0.id), $0.name) }
        case .tune:
            state.form = ModelForm(.tune, "a model at a provider learns from what colleagues answered")
            if let model = chosen(state, facts)?.record, let route = model.route {
                state.form?.line.replace(with: SafeText(untrusted: "\(route) \(model.model)", limit: 300).oneLine)
            }
        case .back: (state.sheet, state.map) = (nil, nil)
        case .send: state.form?.send(&turn)
        case .cancel: state.form = nil
        }
    }

    /// The form that lets a name point to the version before: that of the version under the cursor, or production.
    static func offerReturn(_ moves: [AliasMove], _ state: inout State, _ turn: inout Turn) {
        let names = chosen(state, turn.facts)?.record.aliases.filter { $0 != "configured" } ?? []
        let wanted = names.first ?? "production"
        guard let last = moves.first(where: { $0.name == wanted }), let before = last.from else {
            let name = SafeText(untrusted: wanted, limit: 64).oneLine
            return turn.say("\(name) never pointed to another version.", .warning)
        }
        state.form = ModelForm(.moveBack(wanted, before), "\(name(of: before, turn.facts)) serves again")
    }

    /// The version that is promoted, and what else ends by it.
    private static func consequence(of deployment: Deployment, _ facts: DeskFacts) -> SafeText {
        let others = facts.openDeployments.filter { $0.name == deployment.name && $0.id != deployment.id }
        let promoted = name(of: deployment.canary, facts)
        guard !others.isEmpty else { return promoted }
        return "\(promoted); it ends \(others.map { name(of: $0.canary, facts) }.joined(separator: " and "))"
    }

    private static func name(of id: ID<ModelVersion>, _ facts: DeskFacts) -> SafeText {
        facts.models[id]?.name ?? "version \(id)"
    }

    private static func compare(_ state: inout State, _ facts: DeskFacts) {
        guard let model = chosen(state, facts), let other = facts.counterpart(of: model) else { return }
        var sheet = LinesSheet("\(other.name) → \(model.name)")
        sheet.show(VersionDifference(from: other.record, to: model.record))
        state.sheet = sheet
    }
}

extension DeskFacts {
    /// The deployments under way, the oldest first.
    var openDeployments: [Deployment] { deployments.values.filter(\.status.isOpen).sorted { $0.id < $1.id } }

    /// The deployment under way, the newest first.
    var openDeployment: Deployment? {
        deployments.values.filter(\.status.isOpen).max { $0.id < $1.id }
    }

    /// The deployment to show: the one under way, or the newest.
    var newestDeployment: Deployment? { openDeployment ?? deployments.values.max { $0.id < $1.id } }

    /// The training that is under way, or waits; what is learned here takes seconds, and comes before what a provider
    /// learns for hours.
    var runningTraining: TrainingJob? {
        let open = trainings.values.filter { !$0.status.isOver }
        return open.filter { $0.tuning == nil }.min { $0.id < $1.id } ?? open.min { $0.id < $1.id }
    }

    /// The training to show: the one under way, or the newest.
    var newestTraining: TrainingJob? { runningTraining ?? trainings.values.max { $0.id < $1.id } }

    /// The version that a name points to.
    func version(named name: String) -> ID<ModelVersion>? {
        models.values.first { $0.record.aliases.contains(name) }?.id
    }

    /// What a version is compared with: the one that production points to, or of its own kind the one before.
    func counterpart(of model: ModelRow) -> ModelRow? {
        let others = models.values.filter { $0.id != model.id && $0.record.kind == model.record.kind }
        return others.first { $0.aliases.contains("production") }
            ?? others.filter { $0.model == model.model }.max { $0.version < $1.version } ?? others.max { $0.id < $1.id }
    }
}
