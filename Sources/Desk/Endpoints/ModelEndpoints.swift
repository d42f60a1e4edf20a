internal import Conversations
internal import DeskAPI
internal import Learning
internal import Models

extension EndpointTable {
    /// Versions, names, trainings and deployments.
    var models: [Endpoint] {
        let parts = parts
        let models = parts.models
        let modelDesk = modelDesk
        return [
            bind(Operations.listModels) { _, _, _ in models.list },
            bind(Operations.listBudgets) { _, _, now in parts.budgets.list(at: now) },
            bind(Operations.listEndpoints) { _, _, _ in await modelDesk.endpoints() },
            bind(Operations.listLocalModels) { _, _, _ in await modelDesk.localModels() },
            bind(Operations.addModelVersion) { caller, input, now in
                try await modelDesk.add(input, by: caller, at: now)
            },
            bind(Operations.deleteModelVersion) { caller, input, now in
                try await models.delete(input.id, by: caller, at: now)
            },
            bind(Operations.showClassifierReport) { _, input, _ in try await models.report(of: input.id) },
            bind(Operations.classifyText) { _, input, _ in try await models.classify(input) },
            bind(Operations.moveAlias) { caller, input, now in try await models.move(input, by: caller, at: now) },
            bind(Operations.listAliasMoves) { _, _, _ in try await models.moves() },
            bind(Operations.listTrainings) { _, _, _ in parts.trainings.list },
            bind(Operations.startTraining) { caller, input, now in
                try await parts.trainings.start(input, by: caller, at: now) { kind in
                    let own = try await parts.conversations.labelledTexts(for: kind)
                        .map { LabelledText($0.text, $0.label) }
                    // What customers of this desk rated comes first: of what says the same, the first counts.
                    return kind == .sentiment ? own + StarterSentiment.examples : own
                }
            },
            bind(Operations.startTuning) { caller, input, now in
                try await modelDesk.tune(input, by: caller, at: now)
            },
            bind(Operations.cancelTraining) { caller, input, now in
                try await parts.trainings.cancel(input.id, by: caller, at: now)
            },
            bind(Operations.listDeployments) { _, _, _ in models.deployments },
            bind(Operations.startDeployment) { caller, input, now in
                guard !input.isShadow || input.name == ModelDesk.production else {
                    throw Problem(
                        FieldFault("must be production: only the questions of conversations have a shadow")
                            .within("name"))
                }
                return try await models.start(input, by: caller, at: now)
            },
            bind(Operations.steerDeployment) { caller, input, now in
                try await models.steer(input, by: caller, at: now)
            },
        ]
    }
}
