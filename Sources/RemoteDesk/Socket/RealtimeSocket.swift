internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Opens WebSockets to a gateway.
struct RealtimeSocket: Sendable {
    let address: GatewayAddress
    let token: String
    let loop: any EventLoop

    /// Connects and shakes hands, within ten seconds.
    ///
    /// - Throws: ``SocketFailure``.
    func open() async throws(SocketFailure) -> NIOAsyncChannel<SocketEvent, String> {
        let established = loop.makePromise(of: NIOAsyncChannel<SocketEvent, String>.self)
        let deadline = loop.scheduleTask(in: .seconds(10)) { [address] in
            established.fail(SocketFailure.unreachable("\(address.authority) took too long to answer"))
        }
        defer { deadline.cancel() }
        do {
            let channel = try await bootstrap(on: loop, established).connect(host: address.host, port: address.port)
                .get()
            do {
                return try await established.futureResult.get()
            } catch {
                channel.close(promise: nil)
                throw error
            }
        } catch let failure as SocketFailure {
            throw failure
        } catch {
            let failure = SocketFailure.unreachable("\(address.authority) cannot be reached: \(Self.reason(error))")
            established.fail(failure)
            throw failure
        }
    }

    private func bootstrap(
        on loop: any EventLoop, _ established: EventLoopPromise<NIOAsyncChannel<SocketEvent, String>>
    ) -> ClientBootstrap {
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(3))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [address, token] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(HTTPRequestEncoder(), name: Handshake.encoderName)
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes)),
                        name: Handshake.decoderName)
                    try pipeline.addHandler(Handshake(address: address, token: token, established: established))
                }
            }
    }

    /// The system's reason in a few words.
    private static func reason(_ error: any Error) -> String {
        let causes = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
        switch causes.compactMap({ ($0 as? IOError)?.errnoCode }).first {
        case 111: return "nobody listens there; is the gateway running?"
        case 110: return "it does not answer"
        case 113, 101: return "there is no way to it in the network"
        default: break
        }
        if causes.contains(where: { ($0 as? ChannelError) == .connectTimeout(.seconds(3)) }) {
            return "it does not answer"
        }
        return (error as? NIOConnectionError) != nil && causes.isEmpty
            ? "the name is unknown" : causes.first.map { String(describing: $0) } ?? "unknown"
    }
}
