internal import Bus
public import DeskAPI
internal import Digests
internal import JSON
internal import Learning
internal import NIOConcurrencyHelpers
internal import Storage
internal import Threads
public import Vocabulary

/// The examples of a fine-tuning, as they are uploaded.
public struct TuningExamples: Equatable, Sendable {
    /// What is learned.
    public let data: [UInt8]
    /// What is not learned; `nil` without such.
    public let validation: [UInt8]?
}

extension Trainings {
    /// Takes a fine-tuning in: its examples are checked and it is durable when this returns; nothing was sent.
    ///
    /// - Parameters:
    ///   - origin: where the endpoint leads.
    ///   - desk: reads the desk's own examples as JSON lines, for a request without data.
    /// - Returns: the job; the earlier one when the same is under way, or gave a version that is still there.
    /// - Throws: ``Problem`` `.invalidField` with every fault of the data; `.notFound`; `.rateLimited`;
    ///   `StorageFailure`.
    public func start(
        _ request: StartTuning, at origin: String, by caller: Caller, at now: Timestamp,
        desk: @Sendable () async throws -> [UInt8]
    ) async throws -> TrainingJob {
        if let suffix = request.suffix, !Trainings.isSuffix(suffix) {
            throw Problem(FieldFault("must be letters, digits, hyphens and underscores").within("suffix"))
        }
        let parent = try parent(of: request)
        let data = request.data.isEmpty ? try await desk() : Array(request.data.utf8)
        let examples = try await Trainings.check(data, "data", least: ChatExamples.least)
        let validation = request.validation.isEmpty ? nil : Array(request.validation.utf8)
        let measured = try await validation.mapAsync { try await Trainings.check($0, "validation", least: 1) }
        let job = TrainingJob(
            request, at: origin, parent, examples, measured, SHA256Digest(of: data).description,
            validation.map { SHA256Digest(of: $0).description }, by: caller, at: now)
        if let same = known(job.fingerprint, isAgain: request.isAgain) { return same }
        guard openTunings.count < Trainings.mostQueued else {
            throw Problem(.rateLimited, "\(Trainings.mostQueued) fine-tunings are under way", retryAfter: 60)
        }
        let stored = try await insert(job, data, validation, by: caller)
        put(stored)
        return stored
    }

    /// The fine-tunings that are not over, oldest first.
    public var openTunings: [TrainingJob] {
        state.withLockedValue { state in state.jobs.values.filter { $0.tuning != nil && !$0.status.isOver } }
            .sorted { $0.id < $1.id }
    }

    /// A job as it stands.
    public func job(_ id: ID<TrainingJob>) -> TrainingJob? { state.withLockedValue { $0.jobs[id] } }

    /// The examples of a fine-tuning; `nil` when they were uploaded and let go.
    public func examples(of id: ID<TrainingJob>) async throws -> TuningExamples? {
        let stored = try await models.database.read { snapshot in
            try snapshot.first("SELECT data, validation FROM training_job WHERE id = ?", id) { row in
                (data: try row[0] as [UInt8]?, validation: try row[1] as [UInt8]?)
            }
        }
        return stored.flatMap { stored in stored.data.map { TuningExamples(data: $0, validation: stored.validation) } }
    }

    /// Changes a job that is not over, durably, and tells everybody.
    ///
    /// The change is made to the job as it is stored at that moment, so that none is lost.
    /// - Returns: the job as it is then; what is over stays as it is.
    @discardableResult
    public func amend(
        _ id: ID<TrainingJob>, _ change: @escaping @Sendable (inout TrainingJob) -> Void
    ) async throws -> TrainingJob {
        try await models.database.write { [self] transaction in
            var job = try Trainings.stored(id, in: transaction)
            guard !job.status.isOver else { return job }
            let before = job
            change(&job)
            guard job != before else { return job }
            try Trainings.write(job, in: transaction)
            let changed = job
            transaction.afterCommit { [self] in put(changed) }
            return job
        }
    }

    /// Asks a fine-tuning to end: at once when the provider has not begun, else when it confirms.
    func cancelTuning(_ id: ID<TrainingJob>, by caller: Caller, at now: Timestamp) async throws -> TrainingJob {
        try await models.database.write { [self] transaction in
            var job = try Trainings.stored(id, in: transaction)
            guard !job.status.isOver, var tuning = job.tuning else {
                throw Problem(.staleRevision, "training \(id) is over already")
            }
            guard !tuning.isCancelling else { return job }
            let name = SafeText(untrusted: caller.name, limit: 100).oneLine.text
            if tuning.remoteJob == nil, tuning.startAskedAt == nil {
                job.status = .cancelled
                job.endedAt = now
                job.note("ended by \(name) before the provider began")
            } else {
                tuning.isCancelling = true
                job.tuning = tuning
                job.note("\(name) asks the provider to end it")
            }
            try Trainings.write(job, in: transaction)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "tuning.cancel",
                    subject: "training:\(id)", detail: tuning.remoteJob ?? job.model), in: transaction)
            let changed = job
            transaction.afterCommit { [self] in put(changed) }
            return job
        }
    }

    static func stored(_ id: ID<TrainingJob>, in snapshot: Snapshot) throws -> TrainingJob {
        let text: String? = try snapshot.value("SELECT record FROM training_job WHERE id = ?", id)
        guard let text else { throw Problem(.notFound, "there is no training \(id)") }
        var job = try TrainingJob.read(try JSONParser.parse(text), .natural)
        job.id = id
        return job
    }

    /// Writes a job; examples that are not needed any more are let go.
    static func write(_ job: TrainingJob, in transaction: Transaction) throws {
        let isUploaded =
            job.tuning?.file != nil && (job.tuning?.validationHash == nil || job.tuning?.validationFile != nil)
        if job.status.isOver || isUploaded {
            try transaction.run(
                "UPDATE training_job SET record = ?, data = NULL, validation = NULL WHERE id = ?", job.json, job.id)
        } else {
            try transaction.run("UPDATE training_job SET record = ? WHERE id = ?", job.json, job.id)
        }
    }

    private func insert(
        _ job: TrainingJob, _ data: [UInt8], _ validation: [UInt8]?, by caller: Caller
    ) async throws -> TrainingJob {
        try await models.database.write { transaction in
            var stored = job
            stored.id = ID(
                try transaction.insert(
                    "INSERT INTO training_job (record, request, data, validation) VALUES ('{}', '{}', ?, ?)", data,
                    validation))
            try transaction.run("UPDATE training_job SET record = ? WHERE id = ?", stored.json, stored.id)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: job.createdAt, actor: caller.actor, actorName: caller.name, action: "tuning.start",
                    subject: "training:\(stored.id)",
                    detail: "\(job.texts) examples for \(job.tuning?.base ?? "") at \(job.tuning?.origin ?? "")"),
                in: transaction)
            return stored
        }
    }

    /// The version whose prompt the new one gets: the one that is named, or the newest of that model there.
    private func parent(of request: StartTuning) throws(Problem) -> ID<ModelVersion>? {
        guard let wanted = request.parent else {
            return models.list.items.first { $0.model == request.model && $0.route == request.endpoint }?.id
        }
        guard models.version(wanted)?.kind == .chat else {
            throw Problem(.notFound, "there is no chat version \(wanted) to be its parent")
        }
        return wanted
    }

    private static func isSuffix(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
        }
    }

    /// Checks examples on a thread of its own: a hundred megabytes take seconds, and others wait for answers.
    private static func check(_ bytes: [UInt8], _ field: String, least: Int) async throws -> ChatExamples {
        let outcome: Result<ChatExamples, LearningFailure> = try await withCheckedThrowingContinuation { continuation in
            do {
                try DedicatedThread.start("examples") {
                    continuation.resume(
                        returning: Result { () throws(LearningFailure) in
                            try ChatExamples(checking: bytes, least: least)
                        })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        do throws(LearningFailure) { return try outcome.get() } catch {
            throw Problem(FieldFault(SafeText(untrusted: "\(error)", limit: 3000).text).within(field))
        }
    }
}

extension TrainingJob {
    fileprivate init(
        _ request: StartTuning, at origin: String, _ parent: ID<ModelVersion>?, _ examples: ChatExamples,
        _ measured: ChatExamples?, _ hash: String, _ validationHash: String?, by caller: Caller, at now: Timestamp
    ) {
        self.init()
        var tuning = TuningState()
        (tuning.endpoint, tuning.origin, tuning.base) = (request.endpoint, origin, request.model)
        (tuning.suffix, tuning.epochs, tuning.seed) = (request.suffix, request.epochs, request.seed)
        (tuning.parent, tuning.notes) = (parent, request.notes)
        (tuning.dataHash, tuning.validationHash) = (hash, validationHash)
        model = request.model
        kind = .chat
        texts = Int64(examples.count)
        let spec: [String] = [
            "tuning", origin, request.model, request.suffix ?? "", request.epochs.map { "\($0)" } ?? "",
            request.seed.map { "\($0)" } ?? "", hash, validationHash ?? "",
        ]
        fingerprint = SHA256Digest(of: spec.joined(separator: "\n")).description
        createdBy = caller.name
        createdAt = now
        let extra = measured.map { ", and \($0.count) that are not learned" } ?? ""
        log = ["\(examples.count) examples with \(examples.answers) answers\(extra)"]
        self.tuning = tuning
    }

    /// Adds a line to the log; of a long log the first lines and the newest stay.
    public mutating func note(_ line: String) {
        log.append(SafeText(untrusted: line, limit: 250).oneLine.text)
        guard log.count > Trainings.mostLines else { return }
        log.remove(at: 10)
        tuning?.linesLeftOut += 1
    }
}

extension Optional {
    /// What comes of the value, if there is one.
    fileprivate func mapAsync<Result>(_ body: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
