public import DeskAPI
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import Vocabulary

/// Serves a desk over HTTP and WebSocket on one port.
public final class Gateway: Sendable {
    /// The port it listens on; the one that was found when any was asked for.
    public let port: Int

    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let workers: [Worker]
    private let readiness: Readiness
    let hub: RoomHub
    private let ending: NIOLockedValueBox<EventLoopPromise<Void>?>

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - desk: what is served.
    ///   - address: where to listen.
    ///   - version: the program's version, for `/healthz` and the API description.
    ///   - limits: sizes, counts and times.
    ///   - now: the wall clock.
    ///   - notice: told what whoever runs the gateway should know; called on event loops, must not block.
    /// - Throws: ``GatewayFailure`` when it cannot listen there.
    public static func start(
        desk: any DeskService, listen address: ListenAddress, version: String, limits: GatewayLimits = GatewayLimits(),
        now: @escaping @Sendable () -> Timestamp, notice: @escaping @Sendable (GatewayNotice) -> Void = { _ in }
    ) async throws(GatewayFailure) -> Gateway {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, limits.threads))
        let workers = group.makeIterator().map { Worker(loop: $0, limits: limits, now: now) }
        let readiness = Readiness()
        let hub = RoomHub(desk: desk, workers: workers, startedAt: now(), notice: notice)
        let pipeline = EdgePipeline(
            workers: workers, limits: limits,
            router: Router(desk: desk, version: version, readiness: readiness, limits: limits.http),
            upgrade: RealtimeUpgrade(limits: limits.realtime, hub: hub, readiness: readiness))
        do {
            let listener = try await pipeline.listen(at: address, on: group, notice: notice)
            return Gateway(desk, group, listener, workers, readiness, hub)
        } catch {
            await group.end()
            throw GatewayFailure(error, at: address)
        }
    }

    private init(
        _ desk: any DeskService, _ group: MultiThreadedEventLoopGroup, _ listener: any Channel, _ workers: [Worker],
        _ readiness: Readiness, _ hub: RoomHub
    ) {
        self.group = group
        self.listener = listener
        self.workers = workers
        self.readiness = readiness
        port = listener.localAddress?.port ?? 0
        ending = NIOLockedValueBox(nil)
        self.hub = hub
        hub.follow(limit: 16_384)
        let meters = workers.map(\.meter)
        desk.observeTraffic { TrafficMeter.traffic(of: meters, at: .onLoop) }
    }

    /// Stops: new work is refused at once, what is under way finishes, everybody connected is told to come back.
    ///
    /// - Parameter grace: how long that may take. A second call ends everything now.
    public func stop(grace: Duration = .seconds(8)) async {
        guard readiness.beginDraining() else { return endNow() }
        let over = group.next().makePromise(of: Void.self)
        ending.withLockedValue { $0 = over }
        let drained = EventLoopFuture.andAllComplete(
            workers.map { worker in worker.loop.flatSubmit { worker.residents.drain(on: worker.loop) } },
            on: group.next())
        drained.cascade(to: over)
        let deadline = group.next().scheduleTask(in: .milliseconds(grace.wholeMilliseconds)) { over.succeed() }
        await over.futureResult.settled()
        deadline.cancel()
        await finish(drained)
    }

    private func endNow() {
        ending.withLockedValue { $0 }?.succeed()
    }

    private func finish(_ drained: EventLoopFuture<Void>) async {
        // From here on nothing can end it sooner; the promise belongs to a loop that is about to end.
        ending.withLockedValue { $0 = nil }
        hub.stop()
        await listener.close().settled()
        for worker in workers { await worker.loop.submit { worker.residents.end() }.settled() }
        await gone(drained)
        for worker in workers { worker.close() }
        await group.end()
    }

    /// Every connection was told to end; one that does not is ended with its loop.
    private func gone(_ drained: EventLoopFuture<Void>) async {
        let gone = group.next().makePromise(of: Void.self)
        drained.cascade(to: gone)
        let deadline = group.next().scheduleTask(in: .seconds(2)) { gone.succeed() }
        await gone.futureResult.settled()
        deadline.cancel()
    }
}

extension EventLoopFuture where Value: Sendable {
    /// Waits until the outcome is known, whatever it is.
    fileprivate func settled() async {
        await withCheckedContinuation { continuation in
            whenComplete { _ in continuation.resume() }
        }
    }
}

extension MultiThreadedEventLoopGroup {
    /// Ends the threads; a thread that is ended already is what is wanted.
    fileprivate func end() async {
        await withCheckedContinuation { continuation in
            shutdownGracefully { _ in continuation.resume() }
        }
    }
}
