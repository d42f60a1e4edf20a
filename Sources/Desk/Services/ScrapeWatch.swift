internal import DeskAPI
internal import Host
internal import Monitoring
internal import Transfer
internal import Vocabulary

/// Reads every exporter at its own pace and makes a host of each; nothing waits for it.
final class ScrapeWatch: Sendable {
    private let targets: [ScrapeTarget]
    private let parts: DeskParts
    private let samples: SampleDesk
    private let clock: HostClock
    private let log: @Sendable (String) -> Void

    init(
        _ targets: [ScrapeTarget], parts: DeskParts, samples: SampleDesk, clock: HostClock,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.targets = targets
        self.parts = parts
        self.samples = samples
        self.clock = clock
        self.log = log
    }

    /// Reads until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            for target in targets {
                group.addTask { await self.watch(target) }
            }
        }
    }

    private func watch(_ target: ScrapeTarget) async {
        var track = NodeTrack(host: target.name)
        var isFailing = false
        while !Task.isCancelled {
            let start = clock.monotonic()
            do {
                let snapshot = try await look(at: target, &track)
                try await samples.keep(snapshot, at: clock.now())
                isFailing = false
            } catch {
                guard !Task.isCancelled else { return }
                // Said once, not with every page.
                if !isFailing { log("scrape \(target.name): \(error)") }
                isFailing = true
            }
            let pause = max(target.every - (clock.monotonic() - start), Duration.milliseconds(100))
            do {
                try await Task.sleep(for: pause, clock: .suspending)
            } catch {
                return
            }
        }
    }

    /// The snapshot of an answer, or of none.
    private func look(at target: ScrapeTarget, _ track: inout NodeTrack) async throws -> HostSnapshot {
        let limit = min(target.every, .seconds(10))
        let patience = Patience(connect: limit, firstByte: limit, idle: limit, total: limit)
        let request = HTTPRequest(.get, target.url, patience: patience, bodyLimit: NodeTrack.largestPage)
        do throws(TransferFailure) {
            let response = try await parts.transfer.request(request)
            let now = clock.now()
            guard response.status == 200 else { return track.missed(at: now) }
            return track.take(response.body, at: now, monotonic: clock.monotonic()) ?? track.missed(at: now)
        } catch {
            if error == .cancelled || error == .stopped { throw error }
            return track.missed(at: clock.now())
        }
    }
}
