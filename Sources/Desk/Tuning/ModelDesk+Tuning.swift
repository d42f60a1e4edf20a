internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Models
internal import Vocabulary

extension ModelDesk {
    /// Begins a fine-tuning at an endpoint of the configuration.
    ///
    /// - Throws: ``Problem`` `.invalidField` for an endpoint that the configuration does not name, or for the data.
    func tune(_ request: StartTuning, by caller: Caller, at now: Timestamp) async throws -> TrainingJob {
        let endpoint = try required(request.endpoint, field: "endpoint")
        guard endpoint.wire == .openai else {
            throw Problem(
                FieldFault("must be an endpoint of OpenAI's protocol; \(request.endpoint) speaks another")
                    .within("endpoint"))
        }
        let conversations = parts.conversations
        return try await parts.trainings.start(request, at: endpoint.origin, by: caller, at: now) {
            try await conversations.exemplaryConversations().flatMap { ExampleText.line(of: $0) ?? [] }
        }
    }

    /// What carries a fine-tuning out; `nil` when the configuration does not lead where it was asked for.
    ///
    /// Examples and keys must not go to another address, as with versions.
    func tuningClient(for job: TrainingJob) -> FineTuningClient? {
        guard let tuning = job.tuning, let endpoint = endpoint(tuning.endpoint), endpoint.origin == tuning.origin,
            endpoint.wire == .openai
        else { return nil }
        return FineTuningClient(endpoint, over: parts.transfer, mostPages: configuration.tuningPace.mostPages)
    }

    /// Registers the model that a fine-tuning gave, with the prompt of the version it was made from.
    func register(_ model: String, of job: TrainingJob, at now: Timestamp) async throws {
        guard let tuning = job.tuning, let endpoint = endpoint(tuning.endpoint) else { return }
        let prompt = tuning.parent.flatMap { parts.models.version($0)?.prompt }
        var description = await description(endpoint.asking(for: model), route: tuning.endpoint, prompt: prompt)
        let lineage =
            "fine-tuned from \(tuning.base) on \(job.texts) examples (sha256 \(tuning.dataHash)), job "
            + "\(tuning.remoteJob ?? "")"
        description.notes = tuning.notes.isEmpty ? lineage : "\(tuning.notes)\n\(lineage)"
        _ = try await parts.models.register(description, of: job.id, in: parts.trainings, at: now)
    }
}
