internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Vocabulary

/// Opens the listening socket and equips each connection that is accepted.
struct EdgePipeline: Sendable {
    let workers: [Worker]
    let limits: GatewayLimits
    let router: Router
    let upgrade: RealtimeUpgrade

    /// The kernel's send buffer of a connection: the rest waits where it is counted.
    private static let sendBuffer: ChannelOptions.Types.SocketOption.Value = 128 * 1024

    func listen(
        at address: ListenAddress, on group: MultiThreadedEventLoopGroup,
        notice: @escaping @Sendable (GatewayNotice) -> Void
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .serverChannelInitializer { [limits] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptGate(limit: limits.connections, notice: notice))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_sndbuf), value: EdgePipeline.sendBuffer)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try equip(channel) }
            }
            .bind(host: address.host, port: address.port)
            .get()
    }

    private func equip(_ channel: any Channel) throws {
        guard let worker = workers.first(where: { $0.loop === channel.eventLoop }) else {
            preconditionFailure("a connection runs on a loop that is not the gateway's")
        }
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.http.headerBytes
        decoding.maxHeaderListSize = limits.http.headerBytes
        decoding.maxHeaderFieldCount = limits.http.headerFields
        let watch = ByteWatch()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(watch)
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding)),
            name: RealtimeUpgrade.decoderName)
        try pipeline.addHandler(EdgeHandler(worker: worker, router: router, upgrade: upgrade, watch: watch))
    }
}
