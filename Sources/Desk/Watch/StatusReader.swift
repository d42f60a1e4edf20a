internal import Bus
internal import Conversations
internal import DeskAPI
internal import Models
internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// Puts the desk at a glance together, once a second and on request.
final class StatusReader: Sendable {
    private let parts: DeskParts
    private let traffic: TrafficSource
    private let bus: Bus<DeskEvent>
    private let version: String
    private let startedAt: Timestamp
    private let last = NIOLockedValueBox(Last())

    private struct Last {
        var status: DeskStatus?
        var requests: Int64 = 0
        var at: Monotonic?
        var meter = DeskMeter()
        var sizes: (history: Int64?, storage: Int64?, at: Monotonic)?
    }

    /// Files are measured this often: what they hold grows by less than anybody sees in between.
    private static let sizesLifetime = Duration.seconds(10)

    init(
        parts: DeskParts, traffic: TrafficSource, bus: Bus<DeskEvent>, configuration: DeskConfiguration,
        startedAt: Timestamp
    ) {
        self.parts = parts
        self.traffic = traffic
        self.bus = bus
        self.startedAt = startedAt
        version = configuration.version
    }

    /// The newest status; read now when there is none yet.
    func current(at monotonic: Monotonic) async throws -> DeskStatus {
        if let status = last.withLockedValue({ $0.status }) { return status }
        return try await read(at: monotonic)
    }

    /// Reads everything anew.
    nonisolated(nonsending) func read(at monotonic: Monotonic) async throws -> DeskStatus {
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
        (status.historySize, status.storageSize) = sizes(at: monotonic)
        status.host = parts.hosts.own
        status.version = version
        status.startedAt = startedAt
        status.requestsPerSecond = rate(of: traffic, at: monotonic)
        last.withLockedValue { [status] in $0.status = status }
        return status
    }

    /// What the desk measures of itself, for the history and the alerts of its own host.
    func metrics(of status: DeskStatus?, at now: Timestamp, monotonic: Monotonic) -> [MetricValue] {
        guard let status else { return DeskMeter.unknown }
        var reading = DeskMeter.Reading()
        reading.traffic = traffic.gateway
        let storage = parts.database.statistics
        (reading.commits, reading.commitTime) = (storage.groups, storage.commitTime)
        reading.waitingWrites = storage.waitingWrites + parts.history.statistics.waitingWrites
        reading.storageFailures = [storage, parts.history.statistics].count { $0.lastFailure != nil }
        reading.waitingEvents = bus.mostWaiting
        reading.models = parts.models.list.items
        reading.budget = parts.budgets.share(at: now)
        reading.oldestWaitingSince = status.oldestWaitingSince
        let pulse = parts.conversations.pulse
        (reading.late, reading.satisfaction) = (pulse.late, pulse.satisfaction)
        reading.estimatedSatisfaction = pulse.estimatedSatisfaction
        (reading.storageSize, reading.historySize) = (status.storageSize, status.historySize)
        return last.withLockedValue { [reading] in $0.meter.take(reading, at: now, monotonic: monotonic) }
    }

    private func sizes(at now: Monotonic) -> (history: Int64?, storage: Int64?) {
        last.withLockedValue { last in
            if let sizes = last.sizes, now - sizes.at < StatusReader.sizesLifetime {
                return (sizes.history, sizes.storage)
            }
            let sizes = (history: parts.history.sizeOnDisk, storage: parts.database.sizeOnDisk)
            last.sizes = (sizes.history, sizes.storage, now)
            return sizes
        }
    }

    private func rate(of traffic: Traffic, at now: Monotonic) -> Double {
        last.withLockedValue { last in
            let elapsed = last.at.map { (now - $0).inSeconds } ?? 0
            defer {
                last.requests = traffic.requests
                last.at = now
            }
            guard elapsed > 0.2 else { return last.status?.requestsPerSecond ?? 0 }
            return Double(traffic.requests - last.requests) / elapsed
        }
    }
}
