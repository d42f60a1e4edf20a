internal import Bus
internal import DeskAPI
internal import Digests
internal import JSON
internal import Learning
internal import NIOConcurrencyHelpers
internal import Storage
internal import Threads
internal import Vocabulary

extension Trainings {
    /// Begins with the oldest job that waits, unless one is under way.
    func startNext() {
        let next = state.withLockedValue { state -> TrainingJob? in
            guard state.running == nil, !state.isClosing else { return nil }
            let next = state.jobs.values.filter { $0.status == .queued && $0.tuning == nil }
                .min { $0.id < $1.id }
            state.running = next?.id
            return next
        }
        guard let next else { return }
        do {
            try DedicatedThread.start("training") { [self] in
                run(next)
                state.withLockedValue { $0.running = nil }
                startNext()
            }
        } catch {
            state.withLockedValue { $0.running = nil }
            log("training \(next.id) cannot begin: \(error)")
        }
    }

    /// What ended a training early.
    private enum Stop: Error {
        case cancelled
        case closing
    }

    private func run(_ job: TrainingJob) {
        var run = TrainingRun(job, trainings: self)
        do {
            try run.perform()
        } catch Stop.cancelled, Stop.closing, is CancellationError {
            // Who ended it has written so; at the next start it goes on.
        } catch {
            // A store that closes refuses what is asked of it: that is no fault of the job.
            if !state.withLockedValue({ $0.isClosing }) { run.fail(error) }
        }
        guard !state.withLockedValue({ $0.isClosing }) else { return }
        do { try StoredFile.remove(checkpointPath(job.id)) } catch { log("a checkpoint cannot be removed: \(error)") }
    }

    fileprivate func checkpointPath(_ id: ID<TrainingJob>) -> String { "\(folder)/training-\(id).checkpoint" }

    /// Looked at after each batch.
    fileprivate func check(_ id: ID<TrainingJob>) throws {
        let (isCancelled, isClosing) = state.withLockedValue { ($0.cancelled.contains(id), $0.isClosing) }
        if isCancelled { throw Stop.cancelled }
        if isClosing { throw Stop.closing }
    }

    /// One job under way, on its thread.
    fileprivate struct TrainingRun {
        private static let tellEvery: Duration = .milliseconds(250)
        private static let checkpointEvery: Duration = .seconds(3)

        var job: TrainingJob
        let trainings: Trainings
        private let clock = ContinuousClock()
        private var told: ContinuousClock.Instant?
        private var checkpointed: ContinuousClock.Instant
        private var began: ContinuousClock.Instant
        private var beganAt = 0.0

        init(_ job: TrainingJob, trainings: Trainings) {
            self.job = job
            self.trainings = trainings
            checkpointed = clock.now
            began = clock.now
        }

        mutating func perform() throws {
            let id = job.id
            let stored = try trainings.models.database.readBlocking { snapshot in
                try snapshot.first("SELECT request, data FROM training_job WHERE id = ?", id) { row in
                    (request: try row[0] as String, data: try row[1] as [UInt8]?)
                }
            }
            guard let stored, let bytes = stored.data else {
                throw LearningFailure.tooLittle("the data set of the job is gone")
            }
            let request = try StartTraining.read(try JSONParser.parse(stored.request), .natural)
            let data = try DataSetReader(text: request.textName, label: request.labelName).read(bytes)
            job.status = .running
            job.startedAt = trainings.now()
            tell(isUrgent: true)
            var training = try ClassifierTraining(data, spec: request.spec)
            resume(&training)
            try learn(&training)
            let (classifier, evaluation) = training.finish()
            let summary = ClassifierSummary(
                evaluation, of: classifier, learned: training.counts.train + training.counts.validation,
                data: bytes, spec: request.spec)
            let report = ClassifierReport(evaluation, summary, labels: classifier.labels)
            try register(classifier, report, evaluation.said, notes: request.notes)
        }

        /// Waits for the commit: this is a thread of its own.
        private mutating func register(
            _ classifier: TextClassifier, _ report: ClassifierReport, _ reference: PredictionReference, notes: String
        ) throws {
            let (finished, models, now) = (job, trainings.models, trainings.now())
            let outcome = NIOLockedValueBox<Result<TrainingJob, any Error>?>(nil)
            let done = Bell()
            Task {
                do {
                    let (version, over) = try await models.register(
                        classifier, report, reference, of: finished, notes: notes, at: now)
                    models.bus.publish(.modelChanged(version))
                    outcome.withLockedValue { $0 = .success(over) }
                } catch {
                    outcome.withLockedValue { $0 = .failure(error) }
                }
                done.ring()
            }
            done.wait()
            guard let result = outcome.withLockedValue({ $0 }) else { return }
            job = try result.get()
            trainings.put(job)
        }

        private mutating func resume(_ training: inout ClassifierTraining) {
            do {
                guard let bytes = try StoredFile.read(trainings.checkpointPath(job.id)),
                    training.resume(from: bytes)
                else { return }
                note("goes on after pass \(training.passes.count)")
                job.passes = training.passes.map(TrainingPassRecord.init)
                (began, beganAt) = (clock.now, training.fraction)
            } catch {
                trainings.log("the checkpoint of training \(job.id) cannot be read: \(error)")
            }
        }

        private mutating func learn(_ training: inout ClassifierTraining) throws {
            while true {
                try trainings.check(job.id)
                switch training.advance() {
                case .over: return
                case .batch: tell(training.fraction)
                case .pass(let pass):
                    job.passes.append(TrainingPassRecord(pass))
                    note(
                        "pass \(pass.number)\(pass.isOverAll ? " over all texts" : ""): loss \(Decimals.fixed(pass.loss, decimals: 3)), "
                            + "validation \(Decimals.fixed(pass.validationLoss, decimals: 3)), "
                            + "\(Decimals.percent(pass.validationAccuracy)) right")
                    tell(training.fraction, isUrgent: true)
                    checkpoint(training)
                }
            }
        }

        private mutating func checkpoint(_ training: ClassifierTraining) {
            guard clock.now - checkpointed >= TrainingRun.checkpointEvery else { return }
            do {
                try StoredFile.write(training.checkpoint(), to: trainings.checkpointPath(job.id))
            } catch {
                trainings.log("training \(job.id) has no checkpoint: \(error)")
            }
            checkpointed = clock.now
        }

        private mutating func note(_ line: String) {
            if job.log.count < Trainings.mostLines { job.log.append(line) }
        }

        private mutating func tell(_ fraction: Double? = nil, isUrgent: Bool = false) {
            guard isUrgent || told.map({ clock.now - $0 >= TrainingRun.tellEvery }) ?? true else { return }
            told = clock.now
            if let fraction {
                job.progress = fraction
                let gone = (clock.now - began).inSeconds
                if fraction - beganAt > 0.02, gone > 0.5 {
                    job.secondsLeft = Int64((gone * (1 - fraction) / (fraction - beganAt)).rounded(.up))
                }
            }
            trainings.put(job)
        }

        mutating func fail(_ error: any Error) {
            job.status = .failed
            job.failure = SafeText(untrusted: "\(error)", limit: 1000).oneLine.text
            job.endedAt = trainings.now()
            job.secondsLeft = nil
            let over = job
            do {
                try trainings.models.database.writeBlocking { transaction in
                    try transaction.run(
                        "UPDATE training_job SET record = ?, data = NULL WHERE id = ?", over.json, over.id)
                }
            } catch {
                trainings.log("that training \(over.id) failed cannot be written: \(error)")
            }
            trainings.log("training \(over.id) failed: \(over.failure ?? "")")
            trainings.put(over)
        }
    }
}

extension TrainingPassRecord {
    fileprivate init(_ pass: TrainingPass) {
        self.init()
        loss = pass.loss
        validationLoss = pass.validationLoss
        validationAccuracy = pass.validationAccuracy
    }
}

extension ClassifierSummary {
    fileprivate init(
        _ evaluation: Evaluation, of classifier: TextClassifier, learned: Int, data: [UInt8], spec: TrainingSpec
    ) {
        self.init()
        texts = Int64(evaluation.texts)
        labels = Int64(classifier.labels.count)
        accuracy = evaluation.accuracy
        macroF1 = evaluation.macroF1
        calibrationError = evaluation.calibrationError
        rejected = evaluation.rejected
        threshold = classifier.threshold
        self.learned = Int64(learned)
        dataHash = SHA256Digest(of: data).description
        self.spec = spec.signature
        classWeights = spec.isBalanced ? .balanced : nil
    }
}

extension ClassifierReport {
    fileprivate init(_ evaluation: Evaluation, _ summary: ClassifierSummary, labels names: [String]) {
        self.init()
        self.summary = summary
        labels = evaluation.labels.map { label in
            var score = LabelScore()
            score.label = label.name
            score.texts = Int64(label.texts)
            score.precision = label.precision
            score.recall = label.recall
            score.f1 = label.f1
            return score
        }
        confusions = evaluation.confusions.map { confusion in
            var record = LabelConfusion()
            record.label = names[confusion.label]
            record.given = names[confusion.given]
            record.texts = Int64(confusion.count)
            return record
        }
        ranges = evaluation.bins.map { bin in
            var range = ConfidenceRange()
            range.texts = Int64(bin.texts)
            range.confidence = bin.confidence
            range.accuracy = bin.accuracy
            return range
        }
    }
}
