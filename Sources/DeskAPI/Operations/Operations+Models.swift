extension Operations {
    /// Every operation about models, in the order of the references.
    static let models: [Route] = [
        listModels.route, listBudgets.route, listEndpoints.route, listLocalModels.route, addModelVersion.route,
        deleteModelVersion.route,
        showClassifierReport.route,
        classifyText.route, moveAlias.route, listAliasMoves.route, listTrainings.route, startTraining.route,
        startTuning.route, cancelTraining.route, listDeployments.route, startDeployment.route, steerDeployment.route,
    ]

    /// Lists the versions of every model, with the names that point to them.
    public static let listModels = Operation<Nothing, List<ModelVersion>>(
        "listModels", .get, "/v1/versions", scope: .modelsRead, summary: "List the versions of every model")

    /// Lists the budgets of language models, with what is used of each.
    public static let listBudgets = Operation<Nothing, List<BudgetState>>(
        "listBudgets", .get, "/v1/budgets", scope: .modelsRead,
        summary: "List the budgets of language models; of those that everybody has, the fullest")

    /// Lists the servers of language models, with their limits and how they do.
    public static let listEndpoints = Operation<Nothing, List<EndpointState>>(
        "listEndpoints", .get, "/v1/endpoints", scope: .modelsRead,
        summary: "List the servers of language models, with their limits and how they do")

    /// Looks for language models on the gateway's machine.
    public static let listLocalModels = Operation<Nothing, List<LocalModel>>(
        "listLocalModels", .get, "/v1/local-models", scope: .modelsDeploy,
        summary: "Look for language models on the gateway's machine: Ollama, llama.cpp, LM Studio, vLLM")

    /// Registers a version of a chat model; one that is the same as another is that one.
    public static let addModelVersion = Operation<AddModelVersion, ModelVersion>(
        "addModelVersion", .post, "/v1/versions", scope: .modelsDeploy, summary: "Register a version of a chat model",
        problems: [.notFound], creates: true)

    /// Deletes a version that nothing points to; its counts go with it.
    public static let deleteModelVersion = Operation<ModelReference, ModelVersion>(
        "deleteModelVersion", .delete, "/v1/versions/{id}", scope: .modelsDeploy,
        summary: "Delete a version that nothing points to", problems: [.inUse])

    /// Shows what the evaluation of a classifier found.
    public static let showClassifierReport = Operation<ModelReference, ClassifierReport>(
        "showClassifierReport", .get, "/v1/versions/{id}/report", scope: .modelsRead,
        summary: "Show what the evaluation of a classifier found")

    /// Asks a classifier about a text.
    public static let classifyText = Operation<ClassifyText, Classification>(
        "classifyText", .post, "/v1/versions/{id}/classify", scope: .modelsRead,
        summary: "Ask a classifier about a text")

    /// Lets a name point to another version.
    public static let moveAlias = Operation<MoveAlias, ModelVersion>(
        "moveAlias", .put, "/v1/aliases/{name}", scope: .modelsDeploy,
        summary: "Let a name point to another version, at once and for everybody", problems: [.inUse])

    /// Lists where names pointed, newest first.
    public static let listAliasMoves = Operation<Nothing, List<AliasMove>>(
        "listAliasMoves", .get, "/v1/aliases", scope: .modelsRead, summary: "List where names pointed, newest first")

    /// Lists trainings, newest first.
    public static let listTrainings = Operation<Nothing, List<TrainingJob>>(
        "listTrainings", .get, "/v1/trainings", scope: .modelsRead, summary: "List trainings, newest first")

    /// Trains a classifier; answered when the data set was read and the job is durable.
    public static let startTraining = Operation<StartTraining, TrainingJob>(
        "startTraining", .post, "/v1/trainings", scope: .modelsTrain, summary: "Train a classifier", creates: true)

    /// Fine-tunes a model at a provider; answered when the examples were checked and the job is durable.
    public static let startTuning = Operation<StartTuning, TrainingJob>(
        "startTuning", .post, "/v1/tunings", scope: .modelsTrain, summary: "Fine-tune a model at a provider",
        problems: [.notFound], creates: true)

    /// Ends a training that waits or is under way; of a fine-tuning, when the provider confirmed it.
    public static let cancelTraining = Operation<TrainingReference, TrainingJob>(
        "cancelTraining", .post, "/v1/trainings/{id}/cancel", scope: .modelsTrain, summary: "End a training",
        problems: [.staleRevision])

    /// Lists deployments, newest first.
    public static let listDeployments = Operation<Nothing, List<Deployment>>(
        "listDeployments", .get, "/v1/deployments", scope: .modelsRead, summary: "List deployments, newest first")

    /// Begins to move traffic to another version in steps.
    public static let startDeployment = Operation<StartDeployment, Deployment>(
        "startDeployment", .post, "/v1/deployments", scope: .modelsDeploy,
        summary: "Begin to move traffic to another version", problems: [.notFound, .inUse, .coolingDown], creates: true)

    /// Goes on with a deployment, pauses it, ends it well, or takes it back.
    public static let steerDeployment = Operation<SteerDeployment, Deployment>(
        "steerDeployment", .post, "/v1/deployments/{id}/steer", scope: .modelsDeploy,
        summary: "Go on with a deployment, pause it, promote it or take it back", problems: [.staleRevision])
}
