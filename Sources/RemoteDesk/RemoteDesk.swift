public import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import Transfer
internal import Vocabulary

/// A desk behind a gateway: operations over HTTP, everything that happens over a WebSocket.
public final class RemoteDesk: DeskClient {
    let address: GatewayAddress
    let token: String
    private let transfer: Transfer
    private let sockets = NIOLockedValueBox<RealtimeSocket?>(nil)

    /// A desk at an address; nothing is sent before it is used.
    ///
    /// - Parameters:
    ///   - url: such as `http://127.0.0.1:7180`.
    ///   - key: an API key, a customer's token, or empty for public operations only.
    /// - Throws: ``Problem`` `.unreachable` for an address that cannot be used.
    public init(url: String, key: String) throws(Problem) {
        address = try GatewayAddress(url)
        token = key
        do throws(TransferFailure) {
            transfer = try Transfer.start(reach: .alsoPrivate)
        } catch {
            throw Problem(.unreachable, error.description)
        }
    }

    /// Asks for an operation over HTTP.
    public func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output {
        var request = try OperationRequest(operation, input)
        let response: HTTPResponse
        do throws(TransferFailure) {
            response = try await transfer.request(request.http(to: address, token: token))
        } catch {
            throw Problem(.unreachable, "\(address.base) cannot be reached: \(error)")
        }
        guard (200..<300).contains(response.head.status) else {
            throw Problem(document: response.body, status: response.head.status)
        }
        do {
            return try Output.read(try JSONParser.parse(response.body, maximumDepth: 64), .natural)
        } catch {
            throw Problem(
                .internalFailure, "\(address.base) is no Watchdesk gateway, or a newer one: its answer cannot be read")
        }
    }

    /// Follows everything that happens at the desk; for staff.
    public func follow(_ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed {
        follow(["inbox:main", "alerts", "hosts", "models", "status"], deliver)
    }

    /// Follows one conversation; for its customer.
    public func follow(
        conversation: ConversationReference, _ deliver: @escaping @Sendable (DeskNews) -> Void
    ) -> any DeskFeed {
        follow(["c:\(conversation.id)"], deliver)
    }

    /// Tells the others that the caller is typing; lost without a connection.
    public func type(in conversation: ConversationReference) async {
        sockets.withLockedValue { $0 }?.send(
            Array(#"{"op":"typing","data":{"room":"c:\#(conversation.id)"}}"#.utf8))
    }

    /// Ends the transfers under way.
    public func close() async {
        transfer.stop()
    }

    private func follow(_ rooms: [String], _ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed {
        let sockets = sockets
        let feed = RealtimeFeed(address: address, token: token, rooms: rooms, deliver: deliver) { socket in
            sockets.withLockedValue { $0 = socket }
        }
        feed.start()
        return feed
    }
}
