public import DeskAPI
internal import Host
internal import Threads
internal import Vocabulary

/// Samples this host once a second and brings every sample to a gateway, however long that is away.
///
/// A sample is on the disk before it is sent, and is forgotten only once the gateway has it. It has a thread of its own,
/// because reading `/proc` and writing the disk can block.
public actor HostAgent {
    private let configuration: AgentConfiguration
    private let client: any DeskClient
    private let executor: ThreadExecutor
    private let spool: SampleSpool
    private let sampler: SamplerBox
    private let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private var layout: (source: SampleLayout, value: MetricLayout)?
    private var pace = AgentPace()
    private var randomness = SystemRandomNumberGenerator()
    private var report = AgentReport()

    /// An agent on a spool folder that exists and belongs to this process.
    ///
    /// - Throws: ``SpoolFailure``, or what the system says when it has no thread.
    public init(_ configuration: AgentConfiguration, client: any DeskClient) throws {
        self.configuration = configuration
        self.client = client
        executor = try ThreadExecutor("host-agent")
        spool = try SampleSpool(folder: configuration.folder, limit: configuration.mostWaiting)
        sampler = SamplerBox(root: configuration.hostRoot)
        (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The thread that everything here runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// How many samples are not with the gateway yet.
    public var waiting: Int { spool.waiting }

    /// Samples and sends until the task is cancelled; then sends what waits, for a few seconds at most.
    public func run() async {
        say(report.begin(spool.findings))
        await withTaskGroup { group in
            group.addTask { await self.sampleAlways() }
            group.addTask { await self.sendAlways() }
        }
        let grace = configuration.grace
        // In a task of its own, which the end of this one does not cancel.
        await Task { await self.drain(for: grace) }.value
        say(report.end(waiting: spool.waiting))
        ring.finish()
        executor.stop()
    }

    private func sampleAlways() async {
        while !Task.isCancelled {
            take()
            let pause = Duration.milliseconds(1000 - configuration.clock.now().milliseconds % 1000)
            do {
                try await executor.sleep(for: pause)
            } catch {
                break
            }
        }
        ring.finish()
    }

    /// Samples the host now and keeps the sample.
    func take() {
        let clock = configuration.clock
        let sample = sampler.value.sample(at: clock.now(), monotonic: clock.monotonic(), boottime: clock.boottime())
        keep(SpoolSegment.Sample(at: sample.at, layout: layout(of: sample.layout), values: sample.values))
    }

    /// Keeps a sample until the gateway has it.
    func keep(_ sample: SpoolSegment.Sample) {
        do throws(SpoolFailure) {
            say(report.dropped(try spool.append(sample)))
            say(report.diskWorks())
        } catch {
            say(report.diskFailed(error))
        }
        ring.yield()
    }

    private func sendAlways() async {
        for await _ in bell {
            while let pause = await sendOnce(), !Task.isCancelled {
                do {
                    try await Task.sleep(for: pause, clock: .suspending)
                } catch {
                    return
                }
            }
        }
    }

    /// Sends the oldest batch.
    ///
    /// - Returns: How long to wait before the next; `nil` when nothing waits.
    func sendOnce() async -> Duration? {
        do throws(SpoolFailure) {
            let rows = pace.rows(ofMetrics: layout?.value.names.count ?? 100)
            guard let batch = try spool.next(atMost: rows) else { return nil }
            let problem = await send(batch)
            guard let step = try settle(batch, problem) else { return nil }
            return step
        } catch {
            say(report.diskFailed(error))
            return .seconds(1)
        }
    }

    /// Sends the oldest batch without a second try; whether the gateway took one.
    private func sendLast() async -> Bool {
        do throws(SpoolFailure) {
            let rows = pace.rows(ofMetrics: layout?.value.names.count ?? 100)
            guard let batch = try spool.next(atMost: rows), await send(batch) == nil else { return false }
            try spool.acknowledge(batch)
            return true
        } catch {
            say(report.diskFailed(error))
            return false
        }
    }

    private func send(_ batch: SampleSpool.Batch) async -> Problem? {
        let request = SendSamples(host: configuration.name, layout: batch.layout, rows: batch.rows)
        do throws(Problem) {
            _ = try await client.call(Operations.sendSamples, request)
            return nil
        } catch {
            return error
        }
    }

    private func settle(_ batch: SampleSpool.Batch, _ problem: Problem?) throws(SpoolFailure) -> Duration? {
        guard let problem else {
            try spool.acknowledge(batch)
            say(report.answered(at: configuration.clock.monotonic(), waiting: spool.waiting))
            guard case .goOn(let pause) = pace.succeeded(waiting: spool.waiting, &randomness) else { return .zero }
            return spool.waiting > 0 ? pause : nil
        }
        switch pace.failed(problem, sent: batch.rows.count, &randomness) {
        case .goOn(let pause): return pause
        case .retry(let pause):
            if pause > .zero { say(report.failed(problem, at: configuration.clock.monotonic())) }
            return pause
        case .giveUp:
            try spool.acknowledge(batch)
            say(report.refused(batch.rows.first?.at, problem))
            return .zero
        }
    }

    /// Sends what waits until the gateway does not answer or the time is over.
    private func drain(for grace: Duration) async {
        await withTaskGroup { group in
            group.addTask {
                while await self.sendLast(), !Task.isCancelled {}
            }
            group.addTask {
                // Ended early when everything is sent.
                _ = try? await Task.sleep(for: grace, clock: .suspending)
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// The desk's layout for the sampler's; kept, so that all samples of the same devices share one.
    private func layout(of source: SampleLayout) -> MetricLayout {
        if let layout, layout.source === source { return layout.value }
        let value = MetricLayout(
            names: source.metrics.map(\.name),
            units: source.metrics.map { MetricUnit(rawValue: $0.unit.rawValue) ?? .count })
        layout = (source, value)
        return value
    }

    private func say(_ line: String?) {
        if let line { configuration.notice(line) }
    }
}

/// Holds the sampler, which is one of a kind, inside of the actor.
private final class SamplerBox {
    var value: Sampler

    init(root: String) {
        value = Sampler(root: root)
    }
}
