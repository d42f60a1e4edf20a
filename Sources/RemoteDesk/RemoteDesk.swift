public import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
internal import Transfer

/// A desk behind a gateway: calls over HTTP, events over a WebSocket that is resumed when it breaks.
public final class RemoteDesk: DeskClient {
    private let calls: OperationCalls
    private let token: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let outlet = Outlet()

    private init(calls: OperationCalls, token: String) {
        self.calls = calls
        self.token = token
    }

    deinit {
        // Whatever still runs on the thread ends with it.
        group.shutdownGracefully { _ in }
    }

    /// A desk at an address; nothing is sent before the first call.
    ///
    /// - Parameters:
    ///   - url: the gateway, such as `http://127.0.0.1:7180`.
    ///   - key: the API key.
    /// - Throws: ``Problem`` `.invalidField` for an address that is none, `.unreachable` when the system has no thread.
    public static func connect(url: String, key: String) throws(Problem) -> RemoteDesk {
        let calls = OperationCalls(address: try GatewayAddress(url), token: key, transfer: try Transfer.toGateways())
        return RemoteDesk(calls: calls, token: key)
    }

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
        let socket = RealtimeSocket(address: calls.address, token: token, group: group)
        return RemoteFeed(deliver) { [self] deliver in
            if let problem = calls.address.realtimeProblem {
                return deliver(.connection(.refused(reason: problem.detail)))
            }
            await FollowLoop<DeskFollower>(socket: socket, outlet: outlet, deliver: deliver).run(DeskFollower())
        }
    }

    /// Tells the others that the caller is typing; lost while there is no connection.
    public func type(in conversation: ConversationReference) async {
        _ = await outlet.say(Request.frame(nil, "typing", [.init("room", .string("c:\(conversation.id)"))]))
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
