internal import Bus
internal import DeskAPI
internal import Host
internal import Monitoring
internal import Vocabulary

/// Takes the samples that other hosts send: keeps them, then shows and judges the newest.
struct SampleDesk: Sendable {
    let parts: DeskParts
    let bus: Bus<DeskEvent>
    let clock: HostClock

    /// A sample older than this is history only: no alert begins or ends by it.
    private static let newsAge = Duration.seconds(30)

    /// Keeps a batch, and answers when it is committed.
    ///
    /// - Throws: ``Problem`` for a batch that cannot be right, and what the storage says.
    func take(_ batch: SendSamples, at now: Timestamp) async throws -> SamplesKept {
        let known = parts.hosts.newest(of: batch.host)
        let snapshots = try SampleIntake.snapshots(of: batch, sharing: known?.layout, at: now)
        guard batch.host != parts.hosts.own else {
            throw Problem(
                .invalidField, "host \(batch.host) is the gateway's own, which samples itself; give another --name")
        }
        guard known != nil || parts.hosts.count < SampleIntake.mostHosts else {
            throw Problem(.rateLimited, "\(SampleIntake.mostHosts) hosts are watched already", retryAfter: 600)
        }
        let kept = try await parts.history.record(contentsOf: snapshots)
        if let newest = snapshots.max(by: { $0.at < $1.at }) { show(newest, at: now) }
        return SamplesKept(host: batch.host, kept: kept)
    }

    /// Keeps a sample that was fetched from a host, and shows it when it is committed.
    func keep(_ snapshot: HostSnapshot, at now: Timestamp) async throws {
        _ = try await parts.history.record(contentsOf: [snapshot])
        show(snapshot, at: now)
    }

    private func show(_ snapshot: HostSnapshot, at now: Timestamp) {
        // An older one that is sent again must not undo what is known.
        guard parts.hosts.newest(of: snapshot.host)?.at != snapshot.at, parts.hosts.take(snapshot) else { return }
        bus.publish(.hostSampled(snapshot))
        guard now - snapshot.at < SampleDesk.newsAge else { return }
        parts.alerts.evaluate(snapshot, at: now, monotonic: clock.monotonic())
    }
}
