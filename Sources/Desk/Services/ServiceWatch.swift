internal import DeskAPI
internal import Host
internal import NIOConcurrencyHelpers
internal import Transfer
internal import Vocabulary

/// Asks every service again and again, each at its own pace, and knows how it was last.
///
/// Nothing waits for it: whoever samples the host takes what is known.
final class ServiceWatch: Sendable {
    private let targets: [ServiceTarget]
    private let transfer: Transfer
    private let clock: HostClock
    private let state: NIOLockedValueBox<[Service]>

    init(_ targets: [ServiceTarget], transfer: Transfer, clock: HostClock) {
        self.targets = targets
        self.transfer = transfer
        self.clock = clock
        state = NIOLockedValueBox(
            targets.map { target in
                var service = Service()
                service.name = target.name
                service.kind = target.kind
                // A query may hold a secret, and is not needed to know which service is meant.
                service.target = String(target.target.prefix { $0 != "?" && $0 != "#" })
                return service
            })
    }

    /// Every service as it was last, in the order of the configuration.
    var services: [Service] { state.withLockedValue { $0 } }

    /// `service.NAME.up` and `service.NAME.latency` of every service, and `service.NAME.certificate` of those that have
    /// one, for the sample of the gateway's host.
    var metrics: [MetricValue] {
        let now = clock.now()
        return services.flatMap { service in
            let certificate = service.certificateEnd.map { end in
                MetricValue(
                    name: "service.\(service.name).certificate", unit: .seconds, value: max(0, (end - now).inSeconds))
            }
            return [
                MetricValue(name: "service.\(service.name).up", unit: .count, value: service.isUp.map { $0 ? 1 : 0 }),
                MetricValue(name: "service.\(service.name).latency", unit: .milliseconds, value: service.latency),
            ] + (certificate.map { [$0] } ?? [])
        }
    }

    /// Asks until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            for index in targets.indices {
                group.addTask { await self.watch(index) }
            }
        }
    }

    private func watch(_ index: Int) async {
        let target = targets[index]
        while !Task.isCancelled {
            let start = clock.monotonic()
            await ask(index)
            let pause = target.every - (clock.monotonic() - start)
            do {
                try await Task.sleep(for: max(pause, Duration.milliseconds(100)), clock: .suspending)
            } catch {
                return
            }
        }
    }

    /// Asks one service once.
    func ask(_ index: Int) async {
        let probe = ServiceProbe(target: targets[index], transfer: transfer)
        let start = clock.monotonic()
        do throws(ServiceProbe.Failure) {
            let certificateEnd = try await probe.ask()
            let took = (clock.monotonic() - start).inSeconds * 1000
            note(index) { service in
                service.isUp = true
                service.latency = took
                service.certificateEnd = certificateEnd ?? service.certificateEnd
            }
        } catch {
            guard !Task.isCancelled else { return }
            let now = clock.now()
            note(index) { service in
                service.isUp = false
                service.latency = nil
                service.lastFailure = String(error.reason.unicodeScalars.prefix(500).map(Character.init))
                service.lastFailedAt = now
            }
        }
    }

    private func note(_ index: Int, _ change: (inout Service) -> Void) {
        let now = clock.now()
        state.withLockedValue { services in
            services[index].checkedAt = now
            change(&services[index])
        }
    }
}
