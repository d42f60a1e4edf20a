internal import DeskAPI
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// Turns an HTTP connection into a WebSocket, if the request may have one.
struct RealtimeUpgrade: Sendable {
    /// What was decided about a request.
    struct Plan {
        /// Who proved itself with the request; `nil` has to do so in its first message.
        var caller: Caller?
        /// The token it proved itself with.
        var token: String?
        /// Whether the client offered our subprotocol.
        var hasSubprotocol: Bool
    }

    /// The only subprotocol.
    static let subprotocol = "watchdesk.v1.json"
    /// The name of the HTTP decoder in the pipeline.
    static let decoderName = "http"

    let limits: RealtimeLimits
    let hub: RoomHub
    let readiness: Readiness

    /// Checks a request for a WebSocket (RFC 6455, section 4.2.1).
    ///
    /// - Throws: a problem that says what is wrong with it.
    func plan(for request: EdgeRequest, head: HTTPRequestHead, router: Router) throws(EdgeProblem) -> Plan {
        guard !readiness.isDraining else {
            throw EdgeProblem(Problem(.unavailable, "the gateway is stopping; try again in a moment", retryAfter: 2))
        }
        try checkHandshake(request)
        try checkOrigin(request)
        let offered = head.headers[canonicalForm: "sec-websocket-protocol"]
        guard offered.isEmpty || offered.contains(where: { $0 == RealtimeUpgrade.subprotocol }) else {
            throw EdgeProblem(.malformed, "the subprotocol must be \(RealtimeUpgrade.subprotocol), or none")
        }
        var plan = Plan(hasSubprotocol: !offered.isEmpty)
        plan.token = try Bearer.token(of: request)
        if plan.token != nil { plan.caller = try router.caller(of: request) }
        return plan
    }

    private func checkHandshake(_ request: EdgeRequest) throws(EdgeProblem) {
        let tokens = request.headers[canonicalForm: "connection"]
        guard try request.single("upgrade")?.lowercased() == "websocket",
            tokens.contains(where: { $0.lowercased() == "upgrade" })
        else {
            throw EdgeProblem(.malformed, "this address speaks WebSocket: Connection: Upgrade, Upgrade: websocket")
        }
        guard try request.single("sec-websocket-version") == "13" else {
            throw EdgeProblem(
                .malformed, "the header Sec-WebSocket-Version must be 13",
                headers: [.init("Sec-WebSocket-Version", "13")])
        }
        guard let key = try request.single("sec-websocket-key"), key.utf8.count == 24, key.hasSuffix("==") else {
            throw EdgeProblem(.malformed, "the header Sec-WebSocket-Key must be 16 bytes in base 64")
        }
    }

    /// Web pages of other origins may not connect with what a browser knows of its user; programs send no origin.
    private func checkOrigin(_ request: EdgeRequest) throws(EdgeProblem) {
        guard let origin = try request.single("origin")?.lowercased() else { return }
        let host = try request.single("host")?.lowercased() ?? ""
        let isOwn = origin == "http://\(host)" || origin == "https://\(host)"
        guard isOwn || limits.origins.contains(where: { $0.lowercased() == origin }) else {
            throw EdgeProblem(.forbidden, "pages of this origin may not connect: allow it in the gateway's settings")
        }
    }

    /// Answers with 101 and puts the WebSocket's handlers in the place of HTTP's.
    func accept(_ plan: Plan, _ head: HTTPRequestHead, on edge: EdgeHandler, _ context: ChannelHandlerContext) {
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        upgrader.buildUpgradeResponse(
            channel: context.channel, upgradeRequest: head, initialResponseHeaders: HTTPHeaders()
        ).assumeIsolated().whenComplete { result in
            guard case .success(let headers) = result, let accept = headers.first(name: "sec-websocket-accept") else {
                return edge.answered(
                    EdgeResponse(EdgeProblem(.malformed, "this is no WebSocket handshake", endsConnection: true)),
                    context)
            }
            switchProtocol(plan, accept, on: edge, context)
        }
    }

    private func switchProtocol(
        _ plan: Plan, _ accept: String, on edge: EdgeHandler, _ context: ChannelHandlerContext
    ) {
        edge.becomeWebSocket()
        var answer = ByteBufferAllocator().buffer(capacity: 256)
        answer.writeStaticString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
        answer.writeString("Sec-WebSocket-Accept: \(accept)\r\n")
        if plan.hasSubprotocol { answer.writeString("Sec-WebSocket-Protocol: \(RealtimeUpgrade.subprotocol)\r\n") }
        answer.writeStaticString("\r\n")
        context.writeAndFlush(NIOAny(answer), promise: nil)

        let socket = WebSocketHandler(
            messageBytes: limits.messageBytes, fragments: limits.fragments, farewellTime: limits.farewellTime)
        let connection = RealtimeConnection(plan: plan, socket: socket, hub: hub, worker: edge.worker)
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandlers(
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.messageBytes)), socket, connection)
        } catch {
            return context.close(promise: nil)
        }
        edge.worker.residents.replace(edge.number, with: connection)
        removeHTTP(edge, context)
    }

    /// Removes HTTP's handlers; bytes that came behind the request are given to the WebSocket's.
    private func removeHTTP(_ edge: EdgeHandler, _ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        let removed = context.eventLoop.makePromise(of: Void.self)
        removed.futureResult.assumeIsolated().whenComplete { _ in
            pipeline.removeHandler(edge.byteWatch, promise: nil)
            pipeline.removeHandler(edge, promise: nil)
        }
        pipeline.removeHandler(name: RealtimeUpgrade.decoderName, promise: removed)
    }
}
