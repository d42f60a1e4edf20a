public import DeskAPI
internal import JSON
internal import NIOCore
internal import NIOPosix
internal import Transfer
public import Vocabulary

/// A customer's side of one conversation: ask, and follow what is answered.
public final class CustomerSession: Sendable {
    /// The token that proves the customer; kept, it opens the same customer again.
    public let token: String
    /// The conversation.
    public let conversation: ID<Conversation>

    private let calls: OperationCalls
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let outlet = Outlet()

    private init(token: String, conversation: ID<Conversation>, calls: OperationCalls) {
        self.token = token
        self.conversation = conversation
        self.calls = calls
    }

    deinit {
        // Whatever still runs on the thread ends with it.
        group.shutdownGracefully { _ in }
    }

    /// Opens a conversation.
    ///
    /// - Parameters:
    ///   - url: the gateway, such as `http://127.0.0.1:7180`.
    ///   - name: what agents see of a new customer.
    ///   - token: a customer of before; `nil` makes a new one.
    ///   - conversation: a conversation of that customer; `nil` starts a new one.
    /// - Throws: ``Problem``: `.unreachable` without a gateway, `.unauthenticated` for a token that is over.
    public static func open(
        url: String, name: String, token: String? = nil, conversation: ID<Conversation>? = nil
    ) async throws(Problem) -> CustomerSession {
        let address = try GatewayAddress(url)
        if let problem = address.realtimeProblem { throw problem }
        let transfer = try Transfer.toGateways()
        let proof: String
        if let token {
            proof = token
        } else {
            let strangers = OperationCalls(address: address, token: nil, transfer: transfer)
            proof = try await strangers.call(Operations.createCustomer, CreateCustomer(name: name)).token
        }
        let calls = OperationCalls(address: address, token: proof, transfer: transfer)
        let id: ID<Conversation>
        if let conversation {
            id = try await calls.call(Operations.showConversation, ConversationReference(conversation)).id
        } else {
            id = try await calls.call(Operations.createConversation, CreateConversation()).id
        }
        return CustomerSession(token: proof, conversation: id, calls: calls)
    }

    /// Writes a message; it is durable when this returns.
    ///
    /// While the gateway cannot be reached the same message is tried again, which its `cid` makes harmless.
    ///
    /// - Parameters:
    ///   - text: what is written.
    ///   - cid: the idempotency key; a new one for each message.
    ///   - attempts: how often it is tried, 1 or more.
    /// - Throws: ``Problem`` as the desk states it, or of the last attempt.
    public func send(_ text: String, cid: ULID, attempts: Int = 4) async throws(Problem) -> Message {
        var backoff = Backoff()
        var randomness = SystemRandomNumberGenerator()
        var left = attempts
        while true {
            left -= 1
            do throws(Problem) {
                return try await calls.call(
                    Operations.postMessage, PostMessage(to: conversation, cid: cid, text: text))
            } catch {
                guard left > 0, error.code == .unreachable || error.code == .unavailable, !Task.isCancelled else {
                    throw error
                }
                let seconds = error.retryAfter.map(Double.init) ?? backoff.next(&randomness)
                do {
                    try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
                } catch {
                    throw Problem(.unreachable, "sending was given up")
                }
            }
        }
    }

    /// Tells the desk that the customer is typing; lost while there is no connection.
    public func type() async {
        _ = await outlet.say(Request.frame(nil, "typing", [.init("room", .string("c:\(conversation)"))]))
    }

    /// Follows the conversation from its beginning, until the feed is stopped.
    ///
    /// - Parameter deliver: called in order, from any one thread at a time; it must not block.
    public func follow(_ deliver: @escaping @Sendable (CustomerNews) -> Void) -> any DeskFeed {
        let socket = RealtimeSocket(address: calls.address, token: token, group: group)
        return RemoteFeed(deliver) { [self] deliver in
            await FollowLoop<CustomerFollower>(socket: socket, outlet: outlet, deliver: deliver)
                .run(CustomerFollower(conversation))
        }
    }
}
