internal import NIOCore
internal import Vocabulary

/// One event loop's part of a gateway: its connections, the rooms they are in, its counters.
final class Worker: Sendable {
    let loop: any EventLoop
    let meter = TrafficMeter()
    let limits: GatewayLimits
    let now: @Sendable () -> Timestamp
    private let boundResidents: NIOLoopBoundBox<Residents>
    private let boundMembers: NIOLoopBoundBox<RoomMembers>

    init(loop: any EventLoop, limits: GatewayLimits, now: @escaping @Sendable () -> Timestamp) {
        self.loop = loop
        self.limits = limits
        self.now = now
        boundResidents = .makeBoxSendingValue(Residents(), eventLoop: loop)
        boundMembers = .makeBoxSendingValue(RoomMembers(), eventLoop: loop)
    }

    /// The connections; only on the loop.
    var residents: Residents { boundResidents.value }

    /// The rooms' members; only on the loop.
    var members: RoomMembers { boundMembers.value }
}
