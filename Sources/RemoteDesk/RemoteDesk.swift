public import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Transfer

/// A desk behind a gateway: calls over HTTP, events over a WebSocket that is resumed when it breaks.
public final class RemoteDesk: DeskClient {
    private let calls: OperationCalls
    private let thread = LoopThread()
    private let outlet = Outlet()

    private init(calls: OperationCalls) {
        self.calls = calls
    }

    /// A desk at an address; nothing is sent before it is used.
    ///
    /// - Parameters:
    ///   - url: the gateway, such as `http://127.0.0.1:7180`.
    ///   - key: an API key, a customer's token, or empty for public operations only.
    /// - Throws: ``Problem`` `.invalidField` for an address that is none, `.unreachable` when the system has no thread.
    public convenience init(url: String, key: String) throws(Problem) {
        let address = try GatewayAddress(url)
        self.init(
            calls: OperationCalls(
                address: address, token: key.isEmpty ? nil : key, transfer: try Transfer.toGateways()))
    }

    deinit {
        calls.transfer.stop()
    }

    /// Where answers are decoded.
    public var taskExecutor: (any TaskExecutor)? { thread }

    /// Asks for an operation and waits for its answer.
    ///
    /// - Throws: ``Problem`` as the desk states it, or `.unreachable` when there is no answer.
    public func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output {
        try await calls.call(operation, input)
    }

    /// Follows everything that happens; after each break what was missed is delivered, or ``DeskNews/missed``.
    ///
    /// The first connection begins with ``DeskNews/missed``, too: what was asked for before it stood may be old.
    public func follow(_ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed {
        follow(rooms: DeskFollower.staffRooms, deliver)
    }

    /// Follows one conversation, like ``follow(_:)``; this is what a customer may do.
    public func follow(
        conversation: ConversationReference, _ deliver: @escaping @Sendable (DeskNews) -> Void
    ) -> any DeskFeed {
        follow(rooms: ["c:\(conversation.id)"], deliver)
    }

    private func follow(
        rooms: [String], _ deliver: @escaping @Sendable (DeskNews) -> Void
    ) -> any DeskFeed {
        let socket = RealtimeSocket(address: calls.address, token: calls.token ?? "", loop: thread.loop)
        let places = RoomPlaces(rooms: rooms)
        let rest = FeedRest(places: places, outlet: outlet, thread: thread)
        return RemoteFeed(rest: rest, on: thread, deliver) { [self] deliver in
            if let problem = calls.address.realtimeProblem {
                return deliver(.connection(.refused(reason: problem.detail)))
            }
            await FollowLoop<DeskFollower>(socket: socket, outlet: outlet, thread: thread, deliver: deliver)
                .run(DeskFollower(places))
        }
    }

    /// Tells the others that the caller is typing; lost while there is no connection.
    public func type(in conversation: ConversationReference) async {
        _ = await outlet.say(Request.frame(nil, "typing", [.init("room", .string("c:\(conversation.id)"))]))
    }

    /// Ends the calls under way; feeds are stopped by whoever holds them.
    public func close() async {
        calls.transfer.stop()
    }
}

extension GatewayAddress {
    /// Why there can be no WebSocket to this address; `nil` when there can.
    var realtimeProblem: Problem? {
        guard isSecure else { return nil }
        return Problem(
            .unreachable,
            "wss is not supported yet: use http:// through an ssh tunnel (ssh -L 7180:127.0.0.1:7180 HOST) or a TLS proxy on this machine"
        )
    }
}

extension Transfer {
    /// A transfer for gateways, which may stand on this machine or in a private network.
    static func toGateways() throws(Problem) -> Transfer {
        do throws(TransferFailure) {
            return try Transfer.start(reach: .alsoPrivate)
        } catch {
            throw Problem(.unreachable, error.description)
        }
    }
}
