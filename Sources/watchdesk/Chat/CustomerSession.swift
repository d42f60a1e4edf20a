internal import DeskAPI
internal import RemoteDesk
internal import Vocabulary

/// A customer with a conversation at a gateway.
struct CustomerSession: Sendable {
    /// The conversation.
    let conversation: ID<Conversation>
    private let desk: RemoteDesk

    /// Makes a customer and starts a conversation.
    ///
    /// - Throws: ``Problem``.
    static func start(at url: String, as name: String) async throws -> CustomerSession {
        let guest = try RemoteDesk(url: url, key: "")
        let customer = try await guest.call(Operations.createCustomer, CreateCustomer(name: name))
        await guest.close()
        let desk = try RemoteDesk(url: url, key: customer.token)
        let conversation = try await desk.call(Operations.createConversation, CreateConversation())
        return CustomerSession(conversation: conversation.id, desk: desk)
    }

    /// Sends a message; tried again with the same idempotency key while the gateway cannot be reached.
    ///
    /// - Throws: ``Problem`` when it is refused, or after half a minute without a connection.
    func send(_ text: String) async throws -> Message {
        var random = SystemRandomNumberGenerator()
        let request = PostMessage(to: conversation, cid: ULID(at: .now, randomness: &random), text: text)
        var pause = Duration.milliseconds(250)
        while true {
            do throws(Problem) {
                return try await desk.call(Operations.postMessage, request)
            } catch {
                guard error.code == .unreachable || error.code == .unavailable, pause < .seconds(16) else {
                    throw error
                }
            }
            try await Task.sleep(for: pause)
            pause *= 2
        }
    }

    /// Everything that happens in the conversation, until the stream's reader stops.
    func news() -> AsyncStream<DeskNews> {
        let (news, sink) = AsyncStream.makeStream(of: DeskNews.self)
        let feed = desk.follow(conversation: ConversationReference(conversation)) { sink.yield($0) }
        sink.onTermination = { _ in feed.stop() }
        return news
    }

    /// The messages behind an offset.
    func messages(after offset: Int64) async throws -> [Message] {
        try await desk.call(Operations.listMessages, ListMessages(of: conversation, after: offset, limit: 1000)).items
    }

    /// Rates the help, once, when the conversation is over.
    ///
    /// - Throws: ``Problem``.
    func rate(_ stars: Int64, comment: String) async throws {
        let request = RateConversation(conversation, rating: stars, comment: comment)
        _ = try await desk.call(Operations.rateConversation, request)
    }

    /// Ends the session.
    func close() async {
        await desk.close()
    }
}
