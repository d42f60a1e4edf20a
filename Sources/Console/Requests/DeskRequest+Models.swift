internal import DeskAPI

extension DeskRequest {
    /// Carries out a request about versions, deployments and trainings.
    func answerAboutModels(from client: any DeskClient) async throws(Problem) -> DeskAnswer {
        switch self {
        case .listDeployments: .deployments(try await client.call(Operations.listDeployments, Nothing()).items)
        case .listTrainings: .trainings(try await client.call(Operations.listTrainings, Nothing()).items)
        case .listBudgets: .budgets(try await client.call(Operations.listBudgets, Nothing()).items)
        case .showReport(let input): .report(try await client.call(Operations.showClassifierReport, input))
        case .listAliasMoves: .aliasMoves(try await client.call(Operations.listAliasMoves, Nothing()).items)
        case .listLocalModels: .localModels(try await client.call(Operations.listLocalModels, Nothing()).items)
        case .addModelVersion(let input): .model(try await client.call(Operations.addModelVersion, input))
        case .startTuning(let input): .training(try await client.call(Operations.startTuning, input))
        case .moveAlias(let input, _): .model(try await client.call(Operations.moveAlias, input))
        case .startDeployment(let input): .deployment(try await client.call(Operations.startDeployment, input))
        case .steerDeployment(let input): .deployment(try await client.call(Operations.steerDeployment, input))
        case .startTraining(let input): .training(try await client.call(Operations.startTraining, input))
        case .cancelTraining(let input): .training(try await client.call(Operations.cancelTraining, input))
        default: .done
        }
    }
}
