internal import Bus
public import DeskAPI
internal import Digests
internal import JSON
public import Learning
internal import NIOConcurrencyHelpers
internal import Storage
internal import Threads
public import Vocabulary

/// The trainings of a desk: a queue that lasts, one job at a time on a thread of its own.
///
/// A job is durable before it is answered. One that was under way when the process ended goes on from its last
/// checkpoint, to the same classifier as without the interruption. Fine-tunings are kept here too, and carried out at
/// their providers by who holds the endpoints.
public final class Trainings: Sendable {
    let models: Models
    let folder: String
    let now: @Sendable () -> Timestamp
    let log: @Sendable (String) -> Void
    let state = NIOLockedValueBox(State())

    struct State {
        var jobs: [ID<TrainingJob>: TrainingJob] = [:]
        /// Jobs that somebody ended while they were under way.
        var cancelled: Set<ID<TrainingJob>> = []
        var running: ID<TrainingJob>?
        var isClosing = false
    }

    /// The most jobs that wait.
    static let mostQueued = 20
    /// The most lines of a job's log.
    static let mostLines = 200

    /// Reads the jobs and goes on with those that are not over; blocks until they are read.
    ///
    /// - Parameters:
    ///   - folder: where checkpoints are kept; this process must own it.
    /// - Throws: `StorageFailure`.
    public static func open(
        _ models: Models, folder: String, now: @escaping @Sendable () -> Timestamp,
        log: @escaping @Sendable (String) -> Void
    ) throws -> Trainings {
        let trainings = Trainings(models, folder: folder, now: now, log: log)
        let jobs = try models.database.readBlocking { snapshot in
            try snapshot.rows("SELECT id, record FROM training_job ORDER BY id DESC LIMIT 500") { row in
                var job = try TrainingJob.read(try JSONParser.parse(try row[1] as String), .natural)
                job.id = try row[0]
                return job
            }
        }
        trainings.state.withLockedValue { state in
            for var job in jobs {
                if job.status == .running, job.tuning == nil { job.status = .queued }
                state.jobs[job.id] = job
            }
        }
        trainings.startNext()
        return trainings
    }

    private init(
        _ models: Models, folder: String, now: @escaping @Sendable () -> Timestamp,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.models = models
        self.folder = folder
        self.now = now
        self.log = log
    }

    /// Every job, the newest first.
    public var list: List<TrainingJob> {
        List(state.withLockedValue { Array($0.jobs.values) }.sorted { $0.id > $1.id })
    }

    /// Takes a job into the queue.
    ///
    /// - Parameter desk: reads the desk's own labelled texts, for a request without data.
    /// - Returns: the job; the earlier one when the same data and spec gave a version that is still there.
    /// - Throws: ``Problem`` `.invalidField` with every fault of the data; `.rateLimited`; `StorageFailure`.
    public func start(
        _ request: StartTraining, by caller: Caller, at now: Timestamp,
        desk: @Sendable (ModelKind) async throws -> [LabelledText]
    ) async throws -> TrainingJob {
        guard Models.isName(request.model) else {
            throw Problem(
                FieldFault("must be lower-case letters, digits, hyphens and underscores, such as intents")
                    .within("model"))
        }
        guard request.kind != .chat else { throw Problem(FieldFault("must be intent or sentiment").within("kind")) }
        if let other = models.list.items.first(where: { $0.model == request.model && $0.kind != request.kind }) {
            throw Problem(
                FieldFault(
                    "must be the name of \(request.kind.rawValue) versions; \(request.model) has \(other.kind.rawValue) versions"
                )
                .within("model"))
        }
        let spec = request.spec
        let bytes = request.data.isEmpty ? Trainings.lines(of: try await desk(request.kind)) : Array(request.data.utf8)
        let data = try await Trainings.read(bytes, request)
        let fingerprint = SHA256Digest(
            of: Array("\(spec.signature)\n\(request.kind.rawValue)\n\(request.model)\n".utf8) + bytes
        ).description
        if let same = known(fingerprint, isAgain: request.isAgain) { return same }
        guard
            state.withLockedValue({ $0.jobs.values.count { $0.status == .queued && $0.tuning == nil } })
                < Trainings.mostQueued
        else {
            throw Problem(.rateLimited, "\(Trainings.mostQueued) trainings wait already", retryAfter: 60)
        }
        let job = TrainingJob(request, data, fingerprint: fingerprint, by: caller, at: now)
        let stored = try await insert(job, request, bytes, by: caller)
        state.withLockedValue { $0.jobs[stored.id] = stored }
        models.bus.publish(.trainingChanged(stored))
        startNext()
        return stored
    }

    /// Ends a job that waits or is under way; a fine-tuning ends when its provider confirms it.
    ///
    /// - Throws: ``Problem`` `.notFound`; `.staleRevision` when it is over; `StorageFailure`.
    public func cancel(_ id: ID<TrainingJob>, by caller: Caller, at now: Timestamp) async throws -> TrainingJob {
        if job(id)?.tuning != nil { return try await cancelTuning(id, by: caller, at: now) }
        let job = try state.withLockedValue { state throws(Problem) in
            guard let job = state.jobs[id] else { throw Problem(.notFound, "there is no training \(id)") }
            guard !job.status.isOver else { throw Problem(.staleRevision, "training \(id) is over already") }
            state.cancelled.insert(id)
            return job
        }
        var over = job
        over.status = .cancelled
        over.endedAt = now
        over.secondsLeft = nil
        over.log.append("ended by \(SafeText(untrusted: caller.name, limit: 100).oneLine.text)")
        let stored = over
        try await models.database.write { transaction in
            try transaction.run("UPDATE training_job SET record = ?, data = NULL WHERE id = ?", stored.json, id)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "training.cancel",
                    subject: "training:\(id)", detail: job.model), in: transaction)
        }
        put(stored)
        return stored
    }

    /// Ends the thread after its batch; what was learned since the last checkpoint is learned again at the next start.
    public func close() {
        state.withLockedValue { $0.isClosing = true }
    }

    /// The job whose version the same request would give again.
    func known(_ fingerprint: String, isAgain: Bool) -> TrainingJob? {
        state.withLockedValue { state in
            state.jobs.values.filter { job in
                guard job.fingerprint == fingerprint else { return false }
                if !job.status.isOver { return true }
                return !isAgain && job.status == .succeeded && job.version.flatMap { models.version($0) } != nil
            }.max { $0.id < $1.id }
        }
    }

    private func insert(
        _ job: TrainingJob, _ request: StartTraining, _ data: [UInt8], by caller: Caller
    ) async throws -> TrainingJob {
        var kept = request
        kept.data = ""
        let spec = kept
        return try await models.database.write { transaction in
            var stored = job
            stored.id = ID(
                try transaction.insert(
                    "INSERT INTO training_job (record, request, data) VALUES ('{}', ?, ?)", spec.json, data))
            try transaction.run("UPDATE training_job SET record = ? WHERE id = ?", stored.json, stored.id)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: job.createdAt, actor: caller.actor, actorName: caller.name, action: "training.start",
                    subject: "training:\(stored.id)", detail: "\(job.model): \(job.texts) texts"), in: transaction)
            return stored
        }
    }

    /// Reads a data set on a thread of its own: a million texts take seconds, and others wait for answers.
    private static func read(_ bytes: [UInt8], _ request: StartTraining) async throws -> DataSet {
        let reader = DataSetReader(text: request.textName, label: request.labelName)
        let outcome: Result<DataSet, LearningFailure> = try await withCheckedThrowingContinuation { continuation in
            do {
                try DedicatedThread.start("data set") {
                    continuation.resume(returning: Result { () throws(LearningFailure) in try reader.read(bytes) })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        do throws(LearningFailure) { return try outcome.get() } catch {
            throw Problem(FieldFault(SafeText(untrusted: "\(error)", limit: 3000).text).within("data"))
        }
    }

    /// Labelled texts as JSON lines, which is how they are kept.
    private static func lines(of examples: [LabelledText]) -> [UInt8] {
        var lines: [UInt8] = []
        for example in examples {
            var writer = JSONWriter()
            writer.value(["text": .string(example.text), "label": .string(example.label)])
            lines += writer.bytes + [10]
        }
        return lines
    }

    /// Keeps what a job came to in memory, and tells everybody; one that somebody ended stays ended.
    func put(_ job: TrainingJob) {
        let isNews = state.withLockedValue { state in
            if state.jobs[job.id]?.status == .cancelled, job.status != .cancelled { return false }
            state.jobs[job.id] = job
            return true
        }
        if isNews { models.bus.publish(.trainingChanged(job)) }
    }
}

extension TrainingJob {
    fileprivate init(
        _ request: StartTraining, _ data: DataSet, fingerprint: String, by caller: Caller, at now: Timestamp
    ) {
        self.init()
        model = request.model
        kind = request.kind
        texts = Int64(data.examples.count)
        labels = Int64(data.labels.count)
        self.fingerprint = fingerprint
        createdBy = caller.name
        createdAt = now
        var line = "\(data.examples.count) texts of \(data.labels.count) labels"
        if data.repeated > 0 { line += "; \(data.repeated) said the same as one before and are left out" }
        if data.contradicting > 0 { line += ", \(data.contradicting) of them with another label" }
        log = [line]
    }
}

extension StartTraining {
    /// The spec of the training.
    var spec: TrainingSpec {
        var spec = TrainingSpec()
        spec.seed = UInt64(seed)
        spec.epochs = Int(epochs)
        spec.isBalanced = classWeights == .balanced
        return spec
    }
}
