internal import DeskAPI
internal import NIOCore
internal import NIOHTTP1
internal import Vocabulary

/// One HTTP connection: puts requests together, has them answered one after the other, writes the answers.
final class EdgeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// What the connection is doing.
    enum Phase {
        case waiting
        case receiving(Incoming)
        case answering(Asked)
        /// Pieces of an answer are written as they come.
        case streaming(Asked)
        case leaving
        case upgraded
    }

    /// A request that is not whole yet.
    struct Incoming {
        var request: EdgeRequest
        let head: HTTPRequestHead
        let destination: Router.Destination
        let allowance: BodyAllowance
        let startedAt: Monotonic
    }

    /// What must be known of a request to write its answer.
    struct Asked {
        let isHead: Bool
        let keepsAlive: Bool
        let startedAt: Monotonic
    }

    /// What arrived while the request before it was still being answered.
    enum Waiting {
        case part(HTTPServerRequestPart)
        case fault(HTTPParserError)
    }

    let worker: Worker
    let router: Router
    let upgrade: RealtimeUpgrade
    private let watch: ByteWatch
    var clock = ConnectionClock(at: .onLoop)
    var bytes = ResponseBytes()
    var phase = Phase.waiting
    /// What makes the answer under way; ended when the client goes.
    var work: Task<Void, Never>?
    /// The events that the answer under way consists of.
    var events: EventStream?
    /// Who waits until the client has taken what was written.
    var patient: ((Bool) -> Void)?
    var waiting = CircularBuffer<Waiting>(initialCapacity: 0)
    private var isReadHeld = false
    var isInputClosed = false
    var isDraining = false
    private var isGoingOn = false
    private var blockedSince: Monotonic?
    var context: ChannelHandlerContext?
    private(set) var number = 0

    init(worker: Worker, router: Router, upgrade: RealtimeUpgrade, watch: ByteWatch) {
        self.worker = worker
        self.router = router
        self.upgrade = upgrade
        self.watch = watch
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.heard = { [weak self] in self?.clock.heard(at: .onLoop) }
        number = worker.residents.enter(self, on: context.eventLoop)
        worker.meter.connectionsChanged(by: 1)
        let (worker, number) = (worker, number)
        context.channel.closeFuture.assumeIsolated().whenComplete { _ in
            worker.residents.leave(number)
            worker.meter.connectionsChanged(by: -1)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        watch.heard = {}
        giveUpAnswer()
    }
}

// MARK: Reading
extension EdgeHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .upgraded: context.fireChannelRead(data)
        case .leaving: break
        case .answering, .streaming: waiting.append(.part(unwrapInboundIn(data)))
        case .waiting, .receiving: take(unwrapInboundIn(data), context)
        }
    }

    func read(context: ChannelHandlerContext) {
        // While an answer is made and the next request waits already, the client waits in its own kernel.
        if isAnswering, !waiting.isEmpty {
            isReadHeld = true
        } else {
            context.read()
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head): begin(head, context)
        case .body(let body): append(body, context)
        case .end: finish(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let now = Monotonic.onLoop
        let request = EdgeRequest(method: head.method.rawValue, target: head.uri, headers: head.headers)
        let destination = router.destination(of: request)
        let allowance = router.allowance(for: destination, of: request)
        clock.enter(.body, at: now)
        phase = .receiving(
            Incoming(request: request, head: head, destination: destination, allowance: allowance, startedAt: now))
        if let fault = EdgeHandler.fault(of: head, allowance) { return refuse(fault, context) }
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            var interim = ByteBuffer()
            interim.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(interim), promise: nil)
        }
    }

    /// What makes a head unacceptable whatever is asked (RFC 9112, sections 3.2 and 6.3).
    private static func fault(of head: HTTPRequestHead, _ allowance: BodyAllowance) -> EdgeProblem? {
        let lengths = head.headers["content-length"]
        if lengths.count > 1 || (!lengths.isEmpty && head.headers.contains(name: "transfer-encoding")) {
            return EdgeProblem(.malformed, "the length of the body must be stated once, and in one way")
        }
        if head.version.minor >= 1, head.headers["host"].count != 1 {
            return EdgeProblem(.malformed, "the header Host must stand exactly once")
        }
        if let length = lengths.first.flatMap({ Int($0) }), length > allowance.bytes { return allowance.refusal }
        return nil
    }

    private func append(_ body: ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .receiving(var incoming) = phase else { return }
        phase = .waiting
        var body = body
        clock.took(body.readableBytes)
        guard incoming.request.body.readableBytes + body.readableBytes <= incoming.allowance.bytes else {
            phase = .receiving(incoming)
            return refuse(incoming.allowance.refusal, context)
        }
        if incoming.request.body.readableBytes == 0 {
            incoming.request.body = body
        } else {
            incoming.request.body.writeBuffer(&body)
        }
        phase = .receiving(incoming)
    }
}

// MARK: Answering
extension EdgeHandler {
    private func finish(_ context: ChannelHandlerContext) {
        guard case .receiving(let incoming) = phase else { return }
        clock.enter(.answer, at: .onLoop)
        let wantsUpgrade = incoming.head.headers.contains(name: "upgrade")
        phase = .answering(
            Asked(
                isHead: incoming.request.method == "HEAD",
                // The decoder reads no further request behind one that asked for an upgrade.
                keepsAlive: incoming.head.isKeepAlive && !wantsUpgrade, startedAt: incoming.startedAt))
        switch incoming.destination {
        case .answer(let response): answered(response, context)
        case .realtime where wantsUpgrade && incoming.request.method == "GET": upgrade(incoming, context)
        case .completions: complete(incoming.request, context)
        case .events(let query): tellEvents(incoming.request, query: query, context)
        case .realtime, .operation, .exposition, .alertmanager, .completionModels:
            ask(incoming.request, incoming.destination, context)
        }
    }

    private func ask(_ request: EdgeRequest, _ destination: Router.Destination, _ context: ChannelHandlerContext) {
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (worker, router) = (worker, router)
        Task {
            let response = await router.answer(request, to: destination)
            worker.execute { handler.value.answeredLater(response) }
        }
    }

    func answeredLater(_ response: EdgeResponse) {
        guard let context else { return }
        answered(response, context)
    }

    func answered(_ response: EdgeResponse, _ context: ChannelHandlerContext) {
        guard case .answering(let asked) = phase else { return }
        let closes =
            !asked.keepsAlive || response.endsConnection || isDraining || (isInputClosed && waiting.isEmpty)
        let now = Monotonic.onLoop
        worker.meter.answered(
            status: response.status, took: now.nanoseconds - asked.startedAt.nanoseconds, at: now)
        let buffer = bytes.write(response, headOnly: asked.isHead, closing: closes, at: worker.now())
        if closes { return leave(context, after: buffer) }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        phase = .waiting
        clock.enter(.idle, at: now)
        goOn(context)
    }

    /// Takes what waited behind the request that is answered now.
    func goOn(_ context: ChannelHandlerContext) {
        // An answer made at once comes back here: the loop below goes on, instead of a call inside a call for each.
        guard !isGoingOn else { return }
        isGoingOn = true
        defer { isGoingOn = false }
        while let next = waiting.popFirst() {
            switch next {
            case .part(let part): take(part, context)
            case .fault(let error): errorCaught(context: context, error: error)
            }
            switch phase {
            case .waiting, .receiving: continue
            case .answering, .streaming: break
            case .leaving, .upgraded: waiting.removeAll()
            }
            break
        }
        if waiting.isEmpty, isInputClosed, clock.stage != .answer { return leave(context, after: ByteBuffer()) }
        guard waiting.isEmpty, isReadHeld else { return }
        isReadHeld = false
        context.read()
    }

    /// Answers a request that cannot be taken, and ends the connection: where the next one would begin is unknown.
    private func refuse(_ problem: EdgeProblem, _ context: ChannelHandlerContext) {
        var response = EdgeResponse(problem)
        response.endsConnection = true
        if case .receiving(let incoming) = phase {
            phase = .answering(
                Asked(
                    isHead: incoming.request.method == "HEAD", keepsAlive: false, startedAt: incoming.startedAt))
        } else {
            phase = .answering(Asked(isHead: false, keepsAlive: false, startedAt: .onLoop))
        }
        answered(response, context)
    }

    /// Writes the last answer and closes so that it arrives: only when it is sent, and at first only our direction,
    /// for the client may still be sending.
    func leave(_ context: ChannelHandlerContext, after last: ByteBuffer) {
        phase = .leaving
        waiting.removeAll()
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            // Whoever takes what is left slowly hears the end of it; whoever takes nothing is stalled.
            clock.enter(.farewell, at: .onLoop)
            context.close(mode: isInputClosed ? .all : .output, promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(last), promise: written)
        guard isReadHeld else { return }
        isReadHeld = false
        context.read()
    }

    private func upgrade(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        do throws(EdgeProblem) {
            let plan = try upgrade.plan(for: incoming.request, head: incoming.head, router: router)
            upgrade.accept(plan, incoming.head, on: self, context)
        } catch {
            var response = EdgeResponse(error)
            response.endsConnection = true
            answered(response, context)
        }
    }

    /// From now on everything that arrives belongs to the handlers behind this one.
    func becomeWebSocket() {
        phase = .upgraded
    }

    /// The watch, to be removed with this handler.
    var byteWatch: ByteWatch { watch }
}

// MARK: What else happens to a connection
extension EdgeHandler {
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .inputClosed? = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        isInputClosed = true
        switch phase {
        case .streaming where events != nil: context.close(promise: nil)
        case .answering, .streaming: break
        case .upgraded: context.fireUserInboundEventTriggered(event)
        case .waiting, .receiving: context.close(promise: nil)
        case .leaving: leave(context, after: ByteBuffer())
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError else {
            context.close(promise: nil)
            return
        }
        switch (phase, fault) {
        case (.upgraded, _), (.leaving, _): break
        case (.answering, _), (.streaming, _): waiting.append(.fault(fault))
        case (_, .invalidEOFState), (_, .closedConnection): context.close(promise: nil)
        case (_, .headerOverflow):
            let limits = worker.limits.http
            refuse(
                EdgeProblem(
                    .headersTooLarge,
                    "address and headers may have at most \(limits.headerBytes) bytes in \(limits.headerFields) fields"
                ), context)
        default: refuse(EdgeProblem(.malformed, "this is not HTTP/1.1: \(fault)"), context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        blockedSince = context.channel.isWritable ? nil : .onLoop
        if context.channel.isWritable, let patient {
            self.patient = nil
            patient(true)
        }
        if context.channel.isWritable { events?.goOn() }
        context.fireChannelWritabilityChanged()
    }
}

extension EdgeHandler: Resident {
    func tick(at now: Monotonic) {
        guard let context else { return }
        if let blockedSince, now - blockedSince > worker.limits.http.stallTime { return context.close(promise: nil) }
        if isDraining, clock.stage == .idle, clock.age(at: now) > .seconds(1) { return context.close(promise: nil) }
        events?.tick(at: now)
        // What is left is under way: it is taken, or it stalls.
        if case .leaving = phase, clock.stage != .farewell { return }
        switch clock.verdict(at: now, limits: worker.limits.http) {
        case .fine: break
        case .close: context.close(promise: nil)
        case .timedOut(let what): refuse(EdgeProblem(.requestTimeout, what), context)
        }
    }

    func drain() {
        isDraining = true
        events?.drain()
        // Who has just connected may still ask whether the gateway is ready, and hear that it is not.
        if case .waiting = phase, clock.stage == .idle, !clock.isFresh { context?.close(promise: nil) }
    }

    func end() {
        context?.close(promise: nil)
    }
}
