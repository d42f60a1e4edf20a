internal import Conversations
internal import DeskAPI
internal import Models
internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Puts the desk at a glance together, once a second and on request.
final class StatusReader: Sendable {
    private let parts: DeskParts
    private let traffic: TrafficSource
    private let version: String
    private let startedAt: Timestamp
    private let last = NIOLockedValueBox(Last())

    /// Looks, one a second, over which the language models' errors are counted.
    private static let errorWindow = 300

    private struct Last {
        var status: DeskStatus?
        var requests: Int64 = 0
        var failures: Int64 = 0
        var failuresPerSecond = 0.0
        var at: Monotonic?
        var asked: [Int64] = []
        var failed: [Int64] = []
    }

    init(parts: DeskParts, traffic: TrafficSource, configuration: DeskConfiguration, startedAt: Timestamp) {
        self.parts = parts
        self.traffic = traffic
        self.startedAt = startedAt
        version = configuration.version
    }

    /// The newest status; read now when there is none yet.
    func current(at monotonic: Monotonic) async throws -> DeskStatus {
        if let status = last.withLockedValue({ $0.status }) { return status }
        return try await read(at: monotonic)
    }

    /// Reads everything anew.
    func read(at monotonic: Monotonic) async throws -> DeskStatus {
        let queue = try await parts.conversations.queue()
        let counts = parts.alerts.counts
        let traffic = traffic.now
        var status = DeskStatus()
        status.waiting = queue.waiting
        status.oldestWaitingSince = queue.oldestWaitingSince
        status.open = queue.unresolved
        status.agents = traffic.consoles
        status.critical = Int64(counts[.critical])
        status.warnings = Int64(counts[.warning])
        status.requestP95 = traffic.p95.map { $0.inSeconds * 1000 }
        status.failures = traffic.failures
        status.connections = traffic.connections
        status.version = version
        status.startedAt = startedAt
        status.requestsPerSecond = rate(of: traffic, at: monotonic)
        last.withLockedValue { [status] in $0.status = status }
        return status
    }

    /// What the desk measures of itself, for the history and the alerts of its own host.
    func metrics(of status: DeskStatus?, at now: Timestamp) -> [MetricValue] {
        DeskMetric.allCases.map { metric in
            MetricValue(name: metric.rawValue, unit: metric.unit, value: value(of: metric, status, at: now))
        }
    }

    private func value(of metric: DeskMetric, _ status: DeskStatus?, at now: Timestamp) -> Double? {
        guard let status else { return nil }
        switch metric {
        case .oldestWait: return status.oldestWaitingSince.map { max(0, (now - $0).inSeconds) } ?? 0
        case .responseTime: return status.requestP95
        case .failures: return last.withLockedValue { $0.failuresPerSecond }
        case .assistantErrors: return assistantErrors()
        }
    }

    /// The share of answers that the language models failed to give over the last five minutes; `nil` without any.
    private func assistantErrors() -> Double? {
        let versions = parts.models.list.items.filter { $0.endpoint != nil }
        let asked = versions.reduce(0) { $0 + $1.requests }
        let failed = versions.reduce(0) { $0 + $1.errors }
        return last.withLockedValue { last in
            last.asked.append(asked)
            last.failed.append(failed)
            if last.asked.count > StatusReader.errorWindow {
                last.asked.removeFirst()
                last.failed.removeFirst()
            }
            return Percent(Double(failed - last.failed[0]), of: Double(asked - last.asked[0]))?.value
        }
    }

    private func rate(of traffic: Traffic, at now: Monotonic) -> Double {
        last.withLockedValue { last in
            let elapsed = last.at.map { (now - $0).inSeconds } ?? 0
            defer {
                last.requests = traffic.requests
                last.failures = traffic.failures
                last.at = now
            }
            guard elapsed > 0.2 else { return last.status?.requestsPerSecond ?? 0 }
            last.failuresPerSecond = Double(traffic.failures - last.failures) / elapsed
            return Double(traffic.requests - last.requests) / elapsed
        }
    }
}
