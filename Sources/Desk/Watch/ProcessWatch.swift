internal import CLinux
internal import DeskAPI
internal import Host
internal import Monitoring
internal import Threads
internal import Vocabulary

/// Looks at all processes of this host, once a second where that is cheap, and keeps who used most.
///
/// It has a thread of its own, so that a slow scan delays no sample.
actor ProcessWatch {
    private let parts: DeskParts
    private let clock: HostClock
    private let log: @Sendable (String) -> Void
    private let executor: ThreadExecutor
    private let scanner: ScannerBox
    private var cadence = ScanCadence()
    private var lastScan: Monotonic?
    private var isSlow = false

    init(parts: DeskParts, configuration: DeskConfiguration, clock: HostClock) throws {
        self.parts = parts
        self.clock = clock
        log = configuration.log
        executor = try ThreadExecutor("process-watch")
        scanner = ScannerBox(root: configuration.hostRoot)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Watches until the task is cancelled: twice at the start, so that shares are there early, then on full seconds.
    func run() async {
        scan()
        var pause = Duration.milliseconds(250)
        while !Task.isCancelled {
            do {
                try await executor.sleep(for: pause)
            } catch {
                break
            }
            scanIfDue()
            pause = .milliseconds(1000 - clock.now().milliseconds % 1000)
        }
        executor.stop()
    }

    private func scanIfDue() {
        let now = clock.monotonic()
        let interval = cadence.interval(isWatched: parts.processes.isWatched(at: now))
        // Full seconds come a little early or late.
        if let lastScan, interval > .seconds(1), now - lastScan < interval - .milliseconds(200) { return }
        scan()
    }

    private func scan() {
        let monotonic = clock.monotonic()
        lastScan = monotonic
        parts.processes.beginScan()
        let start = wd_thread_cpu_nanoseconds()
        let scan = scanner.value.scan(monotonic: monotonic, boottime: clock.boottime())
        cadence.take(.nanoseconds(wd_thread_cpu_nanoseconds() - start))
        let interval = cadence.interval(isWatched: parts.processes.isWatched(at: monotonic))
        sayPace()
        guard let scan, let host = parts.hosts.own else { return parts.processes.lose() }
        parts.processes.take(scan, of: host, at: clock.now(), interval: interval, cost: cadence.cost)
    }

    /// Says it once when scans become rarer, and once when they do not need to be any more.
    private func sayPace() {
        let isSlowNow = cadence.isDear
        guard isSlowNow != isSlow else { return }
        isSlow = isSlowNow
        let seconds = cadence.interval(isWatched: false).components.seconds
        log(
            isSlow
                ? "process watch: a scan takes \(cadence.cost.wholeMilliseconds) ms of CPU time; it is done every \(seconds) s"
                : "process watch: scans are cheaper again and done more often")
    }
}

/// Holds the scanner, which is one of a kind, inside of the actor.
private final class ScannerBox {
    var value: ProcessScanner

    init(root: String) {
        value = ProcessScanner(root: root)
    }
}
