internal import Assistant
internal import DeskAPI
internal import Digests
internal import Host
internal import Models
internal import Vocabulary

/// One fine-tuning that is carried out: one request at its provider after the other, each written down.
struct TuningRun: Sendable {
    /// When the next request is due.
    enum Rest: Equatable, Sendable {
        /// Now.
        case atOnce
        /// Soon: something happened.
        case news(Duration?)
        /// Later than before: nothing happened; or when the provider asks for it.
        case later(Duration?)
    }

    let id: ID<TrainingJob>
    let parts: DeskParts
    let models: ModelDesk
    let configuration: DeskConfiguration
    let clock: HostClock
    /// Answers in a row that could not be understood.
    private var garbled = 0
    /// Whether the next request asks how it stands, although it is to end.
    private var hasAskedToEnd = false
    /// Whether the provider tells of events.
    private var hasEvents = true

    init(
        id: ID<TrainingJob>, parts: DeskParts, models: ModelDesk, configuration: DeskConfiguration, clock: HostClock
    ) {
        self.id = id
        self.parts = parts
        self.models = models
        self.configuration = configuration
        self.clock = clock
    }

    /// Asks the provider the next thing, and writes down what came of it.
    ///
    /// - Throws: `StorageFailure` when it cannot be written, `CancellationError` when the desk closes.
    mutating func advance(_ job: TrainingJob) async throws -> Rest {
        let course = TuningCourse(job)
        guard let client = models.tuningClient(for: job) else {
            try await amend { course, now in course.isHomeless(at: now) }
            return .later(configuration.tuningPace.most)
        }
        let step = course.step(mayCancel: !hasAskedToEnd)
        let outcome: Outcome
        do {
            outcome = try await perform(step, job, client)
            garbled = 0
        } catch let failure as TuningFailure {
            // Whether a request that was broken off arrived is found out at the next start.
            try Task.checkCancellation()
            garbled = failure.isGarbled ? garbled + 1 : 0
            let (asked, row) = (failure.retryAfter, garbled)
            try await amend { course, now in course.failed(failure, at: step, garbled: row, now: now) }
            return .later(asked)
        }
        return try await write(outcome, since: job)
    }

    /// What came of a request.
    private enum Outcome: Sendable {
        case uploaded(String, isValidation: Bool)
        case begun(RemoteTuning)
        case absent
        case stands(RemoteTuning, [TuningEvent])
        case nothing
    }

    private mutating func perform(
        _ step: TuningCourse.Step, _ job: TrainingJob, _ client: FineTuningClient
    ) async throws -> Outcome {
        hasAskedToEnd = false
        switch step {
        case .upload: return try await upload(job, client, isValidation: false)
        case .uploadValidation: return try await upload(job, client, isValidation: true)
        case .begin:
            // From here on a kill leaves it open whether the provider began: that must be known at the next start.
            let announced = try await amend { course, now in course.begins(at: now) }
            guard !announced.status.isOver, let order = TuningCourse(announced).order else { return .nothing }
            return .begun(try await client.start(order))
        case .look:
            let found = try await client.job(learningFrom: job.tuning?.file ?? "")
            return found.map { .begun($0) } ?? .absent
        case .ask(let remote):
            let stands = try await client.job(remote)
            return .stands(stands, try await events(of: stands, job, client))
        case .cancel(let remote):
            hasAskedToEnd = true
            return .stands(try await client.cancel(remote), [])
        case .rest: return .nothing
        }
    }

    private func upload(
        _ job: TrainingJob, _ client: FineTuningClient, isValidation: Bool
    ) async throws -> Outcome {
        let examples = try await parts.trainings.examples(of: id)
        guard let bytes = isValidation ? examples?.validation : examples?.data else {
            try await amend { course, now in course.fail("the examples of the job are gone", at: now) }
            return .nothing
        }
        let hash = (isValidation ? job.tuning?.validationHash : job.tuning?.dataHash) ?? ""
        let file = try await client.upload(
            bytes, name: "watchdesk-\(id)-\(hash.prefix(12)).jsonl",
            boundary: "watchdesk-\(SecureRandom().base62(32))")
        return .uploaded(file, isValidation: isValidation)
    }

    /// The events that are new; a provider without any is not asked again.
    private mutating func events(
        of remote: RemoteTuning, _ job: TrainingJob, _ client: FineTuningClient
    ) async throws -> [TuningEvent] {
        guard hasEvents else { return [] }
        do throws(TuningFailure) {
            return try await client.events(of: remote.id, after: job.tuning?.lastEvent)
        } catch {
            if error.isMissing { hasEvents = false }
            // How it ended matters more than what was told on the way.
            let isOver = remote.stage != .waiting && remote.stage != .running
            guard error.mayPass, !error.isGarbled, !isOver else { return [] }
            throw error
        }
    }

    private func write(_ outcome: Outcome, since before: TrainingJob) async throws -> Rest {
        switch outcome {
        case .nothing: return .atOnce
        case .uploaded(let file, let isValidation):
            try await amend { course, _ in course.uploaded(file, isValidation: isValidation) }
            return .atOnce
        case .begun(let remote):
            try await amend { course, now in course.begun(remote, at: now) }
            return .news(nil)
        case .absent:
            let certainty = configuration.tuningPace.certainty
            let job = try await amend { course, now in course.absent(at: now, after: certainty) }
            return job.tuning?.startAskedAt == nil ? .atOnce : .later(nil)
        case .stands(let remote, let events):
            let job = try await amend { course, now in course.take(remote, events, at: now) }
            if remote.stage == .succeeded, !job.status.isOver, let model = job.tuning?.model {
                try await models.register(model, of: job, at: clock.now())
                return .atOnce
            }
            let isNews = !events.isEmpty || job.tuning?.remoteStatus != before.tuning?.remoteStatus
            return isNews ? .news(nil) : .later(nil)
        }
    }

    @discardableResult
    private func amend(
        _ change: @escaping @Sendable (inout TuningCourse, Timestamp) -> Void
    ) async throws -> TrainingJob {
        let now = clock.now()
        return try await parts.trainings.amend(id) { job in
            var course = TuningCourse(job)
            change(&course, now)
            job = course.job
        }
    }
}
