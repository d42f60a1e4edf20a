internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Vocabulary

/// One event loop's part of a gateway: its connections, the rooms they are in, its counters.
final class Worker: Sendable {
    let loop: any EventLoop
    let meter = TrafficMeter()
    let limits: GatewayLimits
    let now: @Sendable () -> Timestamp
    private let isOpen = NIOLockedValueBox(true)
    private let boundResidents: NIOLoopBoundBox<Residents>
    private let boundMembers: NIOLoopBoundBox<RoomMembers>

    init(loop: any EventLoop, limits: GatewayLimits, now: @escaping @Sendable () -> Timestamp) {
        self.loop = loop
        self.limits = limits
        self.now = now
        boundResidents = .makeBoxSendingValue(Residents(), eventLoop: loop)
        boundMembers = .makeBoxSendingValue(RoomMembers(), eventLoop: loop)
    }

    /// Runs on the loop what comes from elsewhere; once the loop is about to end, nothing does any more.
    func execute(_ body: @escaping @Sendable () -> Void) {
        isOpen.withLockedValue { isOpen in if isOpen { loop.execute(body) } }
    }

    /// Runs on the loop what comes from elsewhere.
    ///
    /// - Returns: whether it will be run.
    func perform(_ body: @escaping @Sendable () -> Void) -> Bool {
        isOpen.withLockedValue { isOpen in
            if isOpen { loop.execute(body) }
            return isOpen
        }
    }

    /// The loop is about to end: what is answered from now on has nobody to hear it.
    func close() {
        isOpen.withLockedValue { $0 = false }
    }

    /// The connections; only on the loop.
    var residents: Residents { boundResidents.value }

    /// The rooms' members; only on the loop.
    var members: RoomMembers { boundMembers.value }
}

/// Runs short tasks on the loop, so that what a connection asks need not change threads twice.
extension Worker: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = perform { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        // Once the loop is about to end, what is still under way ends elsewhere.
        if !isTaken { globalConcurrentExecutor.enqueue(job) }
    }
}
