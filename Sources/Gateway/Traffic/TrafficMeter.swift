internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Counts the answers of one event loop; the lock is only ever contended by whoever reads once a second.
final class TrafficMeter: Sendable {
    private let counts = NIOLockedValueBox(Counts())

    /// What was counted; of the answers' times the last ten whole seconds and the one that runs.
    struct Counts: Sendable {
        var requests: Int64 = 0
        var failures: Int64 = 0
        var connections: Int64 = 0
        var webSockets: Int64 = 0
        var waitingFrames: Int64 = 0
        var consoles: Int64 = 0
        fileprivate var seconds = [LatencyHistogram](repeating: LatencyHistogram(), count: 11)
        fileprivate var second: Int64 = 0

        fileprivate mutating func turn(to now: Monotonic) {
            let present = now.nanoseconds / 1_000_000_000
            guard present > second else { return }
            for passed in 0..<min(present - second, 11) { seconds[Int((present - passed) % 11)].clear() }
            second = present
        }
    }

    func answered(status: Int, took nanoseconds: Int64, at now: Monotonic) {
        counts.withLockedValue { counts in
            counts.turn(to: now)
            counts.requests += 1
            if status >= 500 { counts.failures += 1 }
            counts.seconds[Int(counts.second % 11)].record(nanoseconds: nanoseconds)
        }
    }

    func connectionsChanged(by change: Int64) {
        counts.withLockedValue { $0.connections += change }
    }

    func webSocketsChanged(by change: Int64) {
        counts.withLockedValue { $0.webSockets += change }
    }

    func waitingFramesChanged(by change: Int64) {
        counts.withLockedValue { $0.waitingFrames += change }
    }

    func consolesChanged(by change: Int64) {
        counts.withLockedValue { $0.consoles += change }
    }

    /// What all loops together did.
    static func traffic(of meters: [TrafficMeter], at now: Monotonic) -> Traffic {
        var traffic = Traffic()
        var times = LatencyHistogram()
        for meter in meters {
            let counts = meter.counts.withLockedValue { counts in
                counts.turn(to: now)
                return counts
            }
            traffic.requests += counts.requests
            traffic.failures += counts.failures
            traffic.connections += counts.connections
            traffic.webSockets += counts.webSockets
            traffic.waitingFrames += counts.waitingFrames
            traffic.consoles += counts.consoles
            for second in counts.seconds { times.add(second) }
        }
        traffic.p50 = times.percentile(0.5)
        traffic.p95 = times.percentile(0.95)
        traffic.p99 = times.percentile(0.99)
        return traffic
    }
}
