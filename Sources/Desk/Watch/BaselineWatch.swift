internal import DeskAPI
internal import Host
internal import Monitoring
internal import Vocabulary

/// Keeps what is usual at this hour of this weekday for the rules that look for what is unusual.
struct BaselineWatch: Sendable {
    let parts: DeskParts
    let clock: HostClock
    let log: @Sendable (String) -> Void

    /// How often what is usual is looked up anew.
    private static let interval = Duration.seconds(300)
    /// How soon a changed rules file is noticed.
    private static let pause = Duration.seconds(10)

    /// Watches until the task is cancelled; without such a rule it only asks whether there is one.
    func run() async {
        var lookedAt: Monotonic?
        var watched: [MetricPattern] = []
        while !Task.isCancelled {
            let patterns = parts.alerts.unusual
            let isDue = lookedAt.map { clock.monotonic() - $0 >= BaselineWatch.interval } ?? true
            if patterns != watched || (isDue && !patterns.isEmpty) {
                await look(patterns)
                (watched, lookedAt) = (patterns, clock.monotonic())
            }
            do {
                try await Task.sleep(for: BaselineWatch.pause, clock: .suspending)
            } catch {
                return
            }
        }
    }

    /// Looks up what is usual for every host.
    func look(_ patterns: [MetricPattern]) async {
        var usual: [String: [String: AlertBaseline]] = [:]
        for host in parts.hosts.newest where !patterns.isEmpty {
            let names = host.layout.names.filter { name in patterns.contains { $0.device(in: name) != nil } }
            do {
                usual[host.host] = try await parts.history.usual(host: host.host, names: names, at: clock.now())
            } catch is HistoryFailure {
                // A host or metric of which nothing was kept yet has nothing usual.
                continue
            } catch {
                log("what is usual on \(host.host) cannot be read: \(error)")
            }
        }
        parts.alerts.follow(usual: usual)
    }
}
