internal import DeskAPI
internal import Vocabulary

/// Decides what is said: each change once, not each second.
struct AgentReport {
    private var isDiskFailing = false
    private var dropped = 0
    private var refused = 0
    private var away: (code: Problem.Code, since: Monotonic)?

    func begin(_ findings: SampleSpool.Findings) -> String? {
        guard findings.waiting > 0 || findings.damaged > 0 else { return nil }
        let damage = findings.damaged > 0 ? "; \(findings.damaged) file(s) were cut off, what stood before is kept" : ""
        return "\(findings.waiting) samples of an earlier run wait to be sent\(damage)"
    }

    /// The gateway took a batch.
    mutating func answered(at now: Monotonic, waiting: Int) -> String? {
        guard let away else { return nil }
        self.away = nil
        dropped = 0
        return "the gateway answers again after \((now - away.since).components.seconds) s; \(waiting) samples follow"
    }

    /// The gateway did not take a batch.
    mutating func failed(_ problem: Problem, at now: Monotonic) -> String? {
        guard away?.code != problem.code else { return nil }
        away = (problem.code, away?.since ?? now)
        return "the gateway takes no samples (\(problem.detail)); they are kept here meanwhile"
    }

    /// The gateway will never take a sample.
    mutating func refused(_ at: Timestamp?, _ problem: Problem) -> String? {
        refused += 1
        guard refused == 1 || refused % 600 == 0 else { return nil }
        return
            "the gateway refuses the sample of \(at?.rfc3339 ?? "?") (\(problem.detail)); it is given up, \(refused) so far"
    }

    /// The spool was full.
    mutating func dropped(_ count: Int) -> String? {
        guard count > 0 else { return nil }
        dropped += count
        return "the oldest \(count) samples were given up for newer ones, \(dropped) in this outage; see agent.buffer"
    }

    mutating func diskFailed(_ failure: SpoolFailure) -> String? {
        defer { isDiskFailing = true }
        return isDiskFailing ? nil : "\(failure); a sample that is not sent now is lost with this process"
    }

    mutating func diskWorks() -> String? {
        defer { isDiskFailing = false }
        return isDiskFailing ? "samples are kept on the disk again" : nil
    }

    func end(waiting: Int) -> String? {
        waiting > 0 ? "\(waiting) samples are not sent yet; they are kept and follow with the next start" : nil
    }
}
