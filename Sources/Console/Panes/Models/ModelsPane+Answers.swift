internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ModelsPane {
    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        switch (request, answer) {
        case (.showReport, .success(.report(let report))):
            state.sheet?.show(report)
            state.map?.show(report)
            return true
        case (.showReport, .failure(let problem)):
            state.sheet?.refuse(problem)
            state.map?.refuse(problem)
            return state.sheet != nil || state.map != nil
        case (.listBudgets, .success(.budgets(let budgets))):
            state.sheet?.show(budgets, turn.scene)
            return true
        case (.listBudgets, .failure(let problem)):
            state.sheet?.refuse(problem)
            return true
        case (.listLocalModels, .success(.localModels(let found))):
            state.form = ModelForm(
                .register(found),
                found.isEmpty
                    ? "no server of this machine offers a model: name one of your endpoints"
                    : "servers of the gateway's machine offer models; or name another endpoint")
            return true
        case (.addModelVersion, .success(.model(let version))):
            state.form = nil
            state.list.select(version.id)
            turn.say("Version \(version.id) is registered: d gives it a share of the conversations.", .ok)
            return true
        case (.startTuning, .success(.training(let job))):
            state.form = nil
            turn.say(
                job.status.isOver
                    ? "The same conversations gave version \(job.version.map { "\($0)" as SafeText } ?? "") already."
                    : "Fine-tuning \(job.id) has begun; x ends it.", .ok)
            return true
        case (.listAliasMoves, .success(.aliasMoves(let moves))):
            offerReturn(moves, &state, &turn)
            return true
        case (.startDeployment, .success(.deployment(let deployment))):
            state.form = nil
            turn.say(
                deployment.status == .shadow
                    ? words(deployment) : "Deployment \(deployment.id) has begun. R takes it back.", .ok)
            return true
        case (.steerDeployment, .success(.deployment(let deployment))):
            state.form = nil
            turn.say(words(deployment), deployment.status == .rolledBack ? .warning : .ok)
            return true
        case (.moveAlias(let asked, _), .success(.model(let version))):
            state.form = nil
            turn.say("\(SafeText(untrusted: asked.name, limit: 64).oneLine) is version \(version.id) now.", .ok)
            return true
        case (.startTraining, .success(.training(let job))):
            state.form = nil
            turn.say(
                job.status.isOver
                    ? "The same conversations gave version \(job.version.map { "\($0)" as SafeText } ?? "") already."
                    : "Training \(job.id) has begun.", .ok)
            return true
        case (.cancelTraining, .success(.training(let job))):
            turn.say(
                job.status.isOver
                    ? "Training \(job.id) was ended." : "The provider is asked to end training \(job.id).", .info)
            return true
        case (.startDeployment, .failure(let problem)), (.steerDeployment, .failure(let problem)),
            (.moveAlias, .failure(let problem)), (.startTraining, .failure(let problem)),
            (.startTuning, .failure(let problem)), (.addModelVersion, .failure(let problem)):
            guard state.form != nil else { return false }
            state.form?.refuse(problem)
            return true
        default: return false
        }
    }

    private static func words(_ deployment: Deployment) -> SafeText {
        switch deployment.status {
        case .shadow: "Version \(deployment.canary) is asked out of the customers' sight."
        case .canary: "Version \(deployment.canary) gets \(deployment.share / 100) percent."
        case .paused: "The share stays as it is."
        case .promoted: "Version \(deployment.canary) answers everybody."
        case .rolledBack: "Version \(deployment.canary) was taken back: nobody gets it any more."
        case .ended: "Version \(deployment.canary) is no longer tried."
        }
    }
}
