internal import DeskAPI
internal import Vocabulary

/// Writes the lines of a training's log as they come.
struct JobWatch {
    /// Whether nothing is written.
    let isQuiet: Bool
    private var shown = 0

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    /// Waits until a job is over, and writes what it tells.
    ///
    /// - Parameter isOnce: whether only what is there already is written.
    /// - Returns: the job as it is then.
    func follow(_ job: TrainingJob, at client: any DeskClient, isOnce: Bool = false) async throws -> TrainingJob {
        var (job, watch) = (job, self)
        watch.show(job)
        while !job.status.isOver, !isOnce {
            // A provider takes minutes to hours; what is learned here takes seconds.
            try await Task.sleep(for: job.tuning == nil ? .milliseconds(200) : .seconds(1))
            let all = try await client.call(Operations.listTrainings, Nothing()).items
            job = all.first { $0.id == job.id } ?? job
            watch.show(job)
        }
        return job
    }

    /// Writes the lines that are new.
    private mutating func show(_ job: TrainingJob) {
        // Of a long log lines in the middle are left out: the newest are at its end all the same.
        let all = job.log.count + Int(job.tuning?.linesLeftOut ?? 0)
        defer { shown = all }
        guard !isQuiet else { return }
        let left = job.secondsLeft.map { "  (\($0) s left)" } ?? ""
        for line in job.log.suffix(all - shown) {
            Output.write("\(SafeText(untrusted: line).oneLine.text)\(job.status.isOver ? "" : left)\n")
        }
    }
}
