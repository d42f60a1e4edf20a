public import DeskAPI
internal import Storage
public import Vocabulary

extension Models {
    /// Registers the model that a fine-tuning gave as a version that nobody is answered by yet.
    ///
    /// The job is over in the same transaction, so that no version is made twice.
    /// - Throws: `CancellationError` when the job was over before; `StorageFailure`.
    public func register(
        _ description: ModelDescription, of id: ID<TrainingJob>, in trainings: Trainings, at now: Timestamp
    ) async throws -> ModelVersion {
        let version = try await register { transaction in
            var job = try Trainings.stored(id, in: transaction)
            guard !job.status.isOver, let tuning = job.tuning else { throw CancellationError() }
            var described = description
            described.parent = try tuning.parent.flatMap {
                try transaction.value("SELECT id FROM model_version WHERE id = ?", $0)
            }
            let version = try Models.identify(described, by: .local(name: job.createdBy), at: now, in: transaction)
            try transaction.run("UPDATE model_version SET job = ? WHERE id = ?", id, version)
            job.status = .succeeded
            (job.version, job.endedAt, job.secondsLeft) = (version, now, nil)
            job.tuning?.trouble = nil
            job.note("version \(version): \(description.model); nobody is answered by it before it is deployed")
            try Trainings.write(job, in: transaction)
            try Models.note(
                "model.tune", of: version, by: .local(name: job.createdBy), at: now,
                "\(tuning.base) learned \(job.texts) examples (sha256 \(tuning.dataHash)) in \(tuning.remoteJob ?? "") "
                    + "at \(tuning.origin)", in: transaction)
            return version
        }
        // Whoever hears that the job is over finds the version.
        let over = try await database.read { snapshot in try Trainings.stored(id, in: snapshot) }
        trainings.put(over)
        return version
    }
}
