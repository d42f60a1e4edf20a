internal import Bus
public import DeskAPI
internal import Digests
internal import JSON
public import Learning
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension Models {
    /// Registers a trained classifier as the next version of its model, with everything its evaluation found.
    ///
    /// The job that trained it is over in the same transaction, so that no version is made twice.
    func register(
        _ classifier: TextClassifier, _ report: ClassifierReport, _ reference: PredictionReference, of job: TrainingJob,
        notes: String, at now: Timestamp
    ) async throws -> (version: ModelVersion, job: TrainingJob) {
        let bytes = classifier.bytes
        let hash = SHA256Digest(of: bytes).description
        let version = try await register { transaction in
            // Somebody who was told that the job is over must not find a version of it later.
            let stored: String? = try transaction.value("SELECT record FROM training_job WHERE id = ?", job.id)
            let known = try stored.map { try TrainingJob.read(try JSONParser.parse($0), .natural) }
            guard known?.status != .cancelled else { throw CancellationError() }
            let id = ID<ModelVersion>(
                try transaction.insert(
                    """
                    INSERT INTO model_version (model, version, wire, endpoint, prompt_hash, created_at, kind, job,
                        content_hash, created_by, notes, evaluation, parent)
                    VALUES (?, ?, 'classifier', '', ?, ?, ?, ?, ?, ?, ?, ?,
                        (SELECT max(id) FROM model_version WHERE model = ?))
                    """, job.model, try Models.number(of: job.model, in: transaction), "job \(job.id) \(hash)", now,
                    job.kind.rawValue, job.id, hash, job.createdBy, notes, report.summary.json, job.model))
            var finished = report
            finished.version = id
            try transaction.run(
                "INSERT INTO model_artefact (version, hash, bytes, report) VALUES (?, ?, ?, ?)", id, hash, bytes,
                finished.json)
            try transaction.run(
                "INSERT INTO model_reference (version, record) VALUES (?, ?)", id, reference.json.encoded)
            let over = Models.succeeded(job, id, report.summary, at: now)
            try transaction.run("UPDATE training_job SET record = ?, data = NULL WHERE id = ?", over.json, over.id)
            try Models.note(
                "model.train", of: id, by: Caller.local(name: job.createdBy), at: now,
                "\(job.model): \(ModelReportLine.text(report.summary))", in: transaction)
            return id
        }
        drifts.withLockedValue { drifts in
            drifts.watches[version.id] = DriftWatch(reference)
            drifts.stale.insert(version.id)
        }
        return (version, Models.succeeded(job, version.id, report.summary, at: now))
    }

    private static func succeeded(
        _ job: TrainingJob, _ version: ID<ModelVersion>, _ summary: ClassifierSummary, at now: Timestamp
    ) -> TrainingJob {
        var over = job
        over.status = .succeeded
        over.progress = 1
        over.secondsLeft = nil
        over.version = version
        over.endedAt = now
        over.log.append("version \(version): \(ModelReportLine.text(summary))")
        return over
    }

    /// What the evaluation of a classifier found.
    ///
    /// - Throws: ``Problem`` `.notFound`; `StorageFailure`.
    public func report(of id: ID<ModelVersion>) async throws -> ClassifierReport {
        let text: String? = try await database.read { snapshot in
            try snapshot.value("SELECT report FROM model_artefact WHERE version = ?", id)
        }
        guard let text else { throw Problem(.notFound, "version \(id) is no classifier") }
        var report = try ClassifierReport.read(try JSONParser.parse(text), .natural)
        report.drift = version(id)?.drift
        return report
    }

    /// The classifier of a version, read once and checked against its checksum.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.unavailable` for one that is damaged or from a newer program.
    public func classifier(_ id: ID<ModelVersion>) async throws -> TextClassifier {
        if let known = classifiers.withLockedValue({ $0[id] }) { return known }
        let stored = try await database.read { snapshot in
            try snapshot.first("SELECT hash, bytes FROM model_artefact WHERE version = ?", id) { row in
                (hash: try row[0] as String, bytes: try row[1] as [UInt8])
            }
        }
        guard let stored else { throw Problem(.notFound, "version \(id) is no classifier") }
        guard SHA256Digest(of: stored.bytes).description == stored.hash else {
            throw Problem(
                .unavailable, "version \(id) is damaged: its checksum is not that of its registration; train it again")
        }
        let classifier: TextClassifier
        do throws(LearningFailure) { classifier = try TextClassifier(reading: stored.bytes) } catch {
            throw Problem(.unavailable, "version \(id): \(error)")
        }
        classifiers.withLockedValue { known in
            // Two of each kind are in use at most; more would only be memory.
            if known.count >= 4 { known.removeAll() }
            known[id] = classifier
        }
        return classifier
    }

    /// What a classifier says of a text.
    public func classify(_ request: ClassifyText) async throws -> Classification {
        let classifier = try await classifier(request.id)
        let (prediction, probabilities) = classifier.read(request.text)
        var answer = Classification()
        answer.label = prediction.label
        answer.confidence = prediction.confidence
        answer.isOutOfScope = prediction.isOutOfScope
        answer.candidates = zip(classifier.labels, probabilities)
            .sorted { $0.1 > $1.1 }.prefix(5).map { LabelProbability($0.0, $0.1) }
        return answer
    }
}

/// An evaluation in one line.
enum ModelReportLine {
    static func text(_ summary: ClassifierSummary) -> String {
        "\(Decimals.percent(summary.accuracy)) right of \(summary.texts) held out, F1 \(Decimals.percent(summary.macroF1)), "
            + "calibration off by \(Decimals.percent(summary.calibrationError))"
    }
}
