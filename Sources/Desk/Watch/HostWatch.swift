internal import Bus
internal import DeskAPI
internal import Host
internal import Monitoring
internal import Security
internal import Threads
internal import Vocabulary

/// Samples this host once a second, keeps the sample, judges it by the alert rules, and tells everybody.
///
/// It has a thread of its own, because reading `/proc` can block.
actor HostWatch {
    private let parts: DeskParts
    private let status: StatusReader
    private let services: ServiceWatch
    private let clock: HostClock
    private let bus: Bus<DeskEvent>
    private let log: @Sendable (String) -> Void
    private let executor: ThreadExecutor
    private var sampler: SamplerBox
    private var isFailing = false
    private var usesWrittenAt: Monotonic?
    private var keeping = 0

    /// Samples that may wait for the disk; more are lost, and a gap says so.
    private static let mostKeptAtOnce = 60

    init(
        parts: DeskParts, status: StatusReader, services: ServiceWatch, configuration: DeskConfiguration,
        clock: HostClock, bus: Bus<DeskEvent>
    ) throws {
        self.parts = parts
        self.status = status
        self.services = services
        self.clock = clock
        self.bus = bus
        log = configuration.log
        executor = try ThreadExecutor("host-watch")
        sampler = SamplerBox(root: configuration.hostRoot)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Watches until the task is cancelled: twice at the start, so that rates are there early, then on full seconds.
    func run() async {
        await look()
        var pause = Duration.milliseconds(250)
        while !Task.isCancelled {
            do {
                try await executor.sleep(for: pause)
            } catch {
                break
            }
            await look()
            pause = .milliseconds(1000 - clock.now().milliseconds % 1000)
        }
        executor.stop()
    }

    private func look() async {
        let monotonic = clock.monotonic()
        let status = await readStatus(at: monotonic)
        let now = clock.now()
        let sample = sampler.value.sample(at: now, monotonic: clock.monotonic(), boottime: clock.boottime())
        let extras = self.status.metrics(of: status, at: now, monotonic: monotonic) + services.metrics
        let snapshot = parts.hosts.take(sample, adding: extras)
        bus.publish([.hostSampled(snapshot)] + (status.map { [.statusChanged($0)] } ?? []))
        parts.alerts.evaluate(snapshot, at: now, monotonic: monotonic)
        keepBeside(snapshot, at: monotonic)
    }

    /// Keeps the sample without waiting for the disk: a slow or locked one must not stop what is seen live.
    private func keepBeside(_ snapshot: HostSnapshot, at monotonic: Monotonic) {
        guard keeping < HostWatch.mostKeptAtOnce else { return }
        keeping += 1
        Task {
            await keep(snapshot, at: monotonic)
            keeping -= 1
        }
    }

    private func readStatus(at monotonic: Monotonic) async -> DeskStatus? {
        do {
            return try await status.read(at: monotonic)
        } catch {
            report(error)
            return nil
        }
    }

    private func keep(_ snapshot: HostSnapshot, at monotonic: Monotonic) async {
        do {
            try await parts.history.record(snapshot)
            if usesWrittenAt.map({ monotonic - $0 >= .seconds(60) }) ?? true {
                usesWrittenAt = monotonic
                try await parts.security.writeUses()
            }
            isFailing = false
        } catch {
            report(error)
        }
    }

    /// Says a failure once, not once a second.
    private func report(_ error: any Error) {
        if !isFailing { log("host watch: \(error)") }
        isFailing = true
    }
}

/// Holds the sampler, which is one of a kind, inside of the actor.
private final class SamplerBox {
    var value: Sampler

    init(root: String) {
        value = Sampler(root: root)
    }
}
