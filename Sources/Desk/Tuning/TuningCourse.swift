internal import Assistant
internal import DeskAPI
internal import Models
internal import Vocabulary

/// A fine-tuning as a state machine: what is to be asked of the provider next, and what follows from its answer.
///
/// Everything it knows stands in the job, which is written before and after each request. Only ``Step/begin`` costs
/// money: when nobody knows what came of it, the provider's list is looked at before it is asked again.
struct TuningCourse: Equatable, Sendable {
    /// What is to be asked of the provider.
    enum Step: Equatable, Sendable {
        /// To take the examples.
        case upload
        /// To take the examples that are not learned.
        case uploadValidation
        /// To begin.
        case begin
        /// Whether it began after all.
        case look
        /// How the job stands.
        case ask(String)
        /// To end the job.
        case cancel(String)
        /// Nothing.
        case rest
    }

    /// So often the provider is asked to begin when it is certain that it did not.
    static let mostStarts: Int64 = 5
    /// So many answers in a row that cannot be understood end a job that the provider has not begun.
    static let mostGarbled = 5

    var job: TrainingJob
    private var tuning: TuningState

    init(_ job: TrainingJob) {
        self.job = job
        tuning = job.tuning ?? TuningState()
    }

    /// What is to be done next.
    ///
    /// - Parameter mayCancel: whether the provider is to be asked to end it, rather than how it stands.
    func step(mayCancel: Bool = true) -> Step {
        if job.status.isOver { return .rest }
        if tuning.file == nil { return .upload }
        if tuning.validationHash != nil, tuning.validationFile == nil { return .uploadValidation }
        guard let remote = tuning.remoteJob else { return tuning.startAskedAt == nil ? .begin : .look }
        return tuning.isCancelling && mayCancel ? .cancel(remote) : .ask(remote)
    }

    /// What the provider is asked to learn; `nil` before the examples are there.
    var order: TuningOrder? {
        guard let file = tuning.file else { return nil }
        var order = TuningOrder(model: tuning.base, file: file)
        (order.validationFile, order.suffix) = (tuning.validationFile, tuning.suffix)
        (order.seed, order.epochs) = (tuning.seed, tuning.epochs)
        return order
    }

    /// The provider has the examples.
    mutating func uploaded(_ file: String, isValidation: Bool) {
        if isValidation { tuning.validationFile = file } else { tuning.file = file }
        goesOn()
        note("the provider has the \(isValidation ? "examples that are not learned" : "examples") as \(file)")
    }

    /// The provider is about to be asked to begin; to be written before it is.
    mutating func begins(at now: Timestamp) {
        guard tuning.starts < TuningCourse.mostStarts else {
            return fail("the provider was asked \(tuning.starts) times to begin, and never did", at: now)
        }
        tuning.startAskedAt = now
        tuning.starts += 1
        keep()
    }

    /// The provider began.
    mutating func begun(_ remote: RemoteTuning, at now: Timestamp) {
        tuning.remoteJob = remote.id
        tuning.startAskedAt = nil
        goesOn()
        note("the provider's job is \(remote.id)")
        take(remote, [], at: now)
    }

    /// The provider lists no job that learns from the file.
    mutating func absent(at now: Timestamp, after certainty: Duration) {
        goesOn()
        guard let asked = tuning.startAskedAt, now - asked >= certainty else { return }
        tuning.startAskedAt = nil
        guard !tuning.isCancelling else {
            return end(.cancelled, "the provider never began; nothing is to be paid", now)
        }
        note("the provider lists no job with \(tuning.file ?? ""): it is asked again")
    }

    /// The provider says how it stands.
    ///
    /// - Returns: the new model's name when there is one, to be registered.
    @discardableResult
    mutating func take(_ remote: RemoteTuning, _ events: [TuningEvent], at now: Timestamp) -> String? {
        goesOn()
        for event in events where isNew(event) { take(event) }
        tuning.trainedTokens = remote.trainedTokens ?? tuning.trainedTokens
        if tuning.remoteStatus != remote.status {
            tuning.remoteStatus = remote.status
            note("the provider says: \(remote.status)")
        }
        let left = remote.expectedEnd.map { ($0 - now).wholeMilliseconds / 1000 }
        job.secondsLeft = left.flatMap { $0 > 0 ? $0 : nil }
        keep()
        switch remote.stage {
        case .waiting: break
        case .running:
            job.status = .running
            job.startedAt = job.startedAt ?? now
        case .succeeded:
            guard let model = remote.model, TuningCourse.isName(model) else {
                fail("the provider says that it succeeded, but names no model", at: now)
                return nil
            }
            tuning.model = model
            keep()
            return model
        case .failed: fail("the provider says: \(remote.failure ?? "no reason given")", at: now)
        case .cancelled: end(.cancelled, "the provider ended it", now)
        }
        return nil
    }

    /// Something did not succeed.
    ///
    /// - Parameter garbled: how many answers in a row could not be understood.
    mutating func failed(_ failure: TuningFailure, at step: Step, garbled: Int, now: Timestamp) {
        switch step {
        case .upload, .uploadValidation:
            guard failure.mayPass, garbled < TuningCourse.mostGarbled else {
                return fail("the provider did not take the examples: \(failure)", at: now)
            }
        case .begin:
            guard failure.isCertain else { return isUnknown(failure) }
            tuning.startAskedAt = nil
            guard failure.mayPass else { return fail("the provider did not begin: \(failure)", at: now) }
            // It certainly did nothing: that was no start.
            tuning.starts -= 1
        case .look:
            if failure.isMissing || failure.isEndless {
                return fail(
                    "nobody knows whether the provider began: \(failure). Look there for a job with "
                        + "\(tuning.file ?? "") before you begin again", at: now)
            }
        case .ask:
            if failure.isMissing {
                return fail("the provider does not know \(tuning.remoteJob ?? "") any more: \(failure)", at: now)
            }
        case .cancel, .rest: break
        }
        suffers("\(failure)")
    }

    /// The configuration does not lead where the job was asked for.
    mutating func isHomeless(at now: Timestamp) {
        let words = "the configuration has no endpoint \(tuning.endpoint) at \(tuning.origin) any more"
        guard tuning.remoteJob != nil || tuning.startAskedAt != nil else {
            return fail("\(words); nothing was begun", at: now)
        }
        suffers(words)
    }

    /// Ends the job as failed.
    mutating func fail(_ reason: String, at now: Timestamp) {
        job.failure = SafeText(untrusted: reason, limit: 1900).oneLine.text
        end(.failed, reason, now)
    }

    private mutating func isUnknown(_ failure: TuningFailure) {
        suffers("whether the provider began is unknown (\(failure)): its list of jobs is looked at first")
    }

    private mutating func end(_ status: TrainingJob.Status, _ line: String, _ now: Timestamp) {
        job.status = status
        job.endedAt = now
        job.secondsLeft = nil
        (tuning.trouble, tuning.startAskedAt) = (nil, nil)
        note(line)
    }

    private mutating func suffers(_ trouble: String) {
        let words = SafeText(untrusted: trouble, limit: 900).oneLine.text
        guard tuning.trouble != words else { return keep() }
        tuning.trouble = words
        note("\(words); it is tried again")
    }

    private mutating func goesOn() {
        guard tuning.trouble != nil else { return keep() }
        tuning.trouble = nil
        note("the provider answers again")
    }

    private func isNew(_ event: TuningEvent) -> Bool {
        guard event.id != tuning.lastEvent else { return false }
        guard let at = event.at, let last = tuning.lastEventAt else { return true }
        return at >= last
    }

    private mutating func take(_ event: TuningEvent) {
        tuning.events += 1
        (tuning.lastEvent, tuning.lastEventAt) = (event.id, event.at ?? tuning.lastEventAt)
        if let step = event.step { take(step, of: event) }
        if event.isMetrics || event.message.isEmpty { keep() } else { note(event.message) }
    }

    private mutating func take(_ step: Int64, of event: TuningEvent) {
        tuning.step = max(tuning.step ?? 0, step)
        tuning.totalSteps = event.totalSteps ?? tuning.totalSteps
        if let total = tuning.totalSteps, let done = tuning.step { job.progress = min(1, Double(done) / Double(total)) }
        guard let loss = event.loss, loss.isFinite, step > tuning.points.last?.step ?? 0 else { return }
        let validation = event.validationLoss.flatMap { $0.isFinite ? $0 : nil }
        tuning.points.append(TuningPoint(step: step, loss: loss, validationLoss: validation))
        guard tuning.points.count > TuningState.mostPoints else { return }
        // Every other one, the newest among those that stay.
        let last = tuning.points.count - 1
        tuning.points = tuning.points.enumerated().filter { (last - $0.offset) % 2 == 0 }.map(\.element)
    }

    private mutating func note(_ line: String) {
        keep()
        job.note(line)
        tuning = job.tuning ?? tuning
    }

    private mutating func keep() { job.tuning = tuning }

    private static func isName(_ name: String) -> Bool {
        (1...256).contains(name.unicodeScalars.count) && SafeText(untrusted: name).oneLine.text == name
    }
}
