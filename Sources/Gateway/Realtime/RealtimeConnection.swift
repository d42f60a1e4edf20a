internal import DeskAPI
internal import JSON
internal import NIOCore
internal import Vocabulary

/// One WebSocket connection of a person or a program: proves who it is, is in rooms, asks and is told.
///
/// Lives on its event loop. Requests are carried out one after the other, so that what was sent first is first.
final class RealtimeConnection: ChannelInboundHandler, RoomListener {
    typealias InboundIn = WebSocketHandler.Incoming
    typealias OutboundOut = ByteBuffer

    let hub: RoomHub
    let worker: Worker
    let limits: RealtimeLimits
    private let socket: WebSocketHandler
    private let plan: RealtimeUpgrade.Plan
    var session: Session?
    private(set) var number = 0
    private var outbox: Outbox
    /// Frames in the outbox as the meter knows them.
    private var meteredFrames = 0
    private var requests = CircularBuffer<ClientFrame>(initialCapacity: 0)
    var isBusy = false
    private(set) var isOpen = true
    private var isDraining = false
    private var life: SignsOfLife
    /// What goes out together at the next flush; `nil` for a client that wants one object a frame.
    private var batch: FrameBatch?
    private var blockedSince: Monotonic?
    var context: ChannelHandlerContext?

    init(plan: RealtimeUpgrade.Plan, socket: WebSocketHandler, hub: RoomHub, worker: Worker) {
        self.plan = plan
        self.socket = socket
        self.hub = hub
        self.worker = worker
        limits = worker.limits.realtime
        outbox = Outbox(maximumBytes: limits.queueBytes, maximumFrames: limits.queueFrames)
        life = SignsOfLife(pingTime: limits.pingTime, pongTime: limits.pongTime, at: .onLoop)
    }

    /// What the connection is called among the devices of its caller.
    var device: String { "connection-\(number)" }

    /// Who is connected; `nil` until it is proved.
    var caller: Caller? { session?.caller }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        worker.meter.webSocketsChanged(by: 1)
        if let caller = plan.caller, let token = plan.token { admit(caller, token) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        isOpen = false
        worker.meter.webSocketsChanged(by: -1)
        outbox.clear()
        meterOutbox()
        guard let session else { return }
        for room in session.places.keys {
            worker.members.leave(room, self)
            hub.leave(room, connection: number)
        }
        worker.members.leave(self)
        if session.presence != nil { hub.desk.cutOff(device, of: session.caller) }
        hub.disconnect(session.caller)
        if session.caller.isStaff { worker.meter.consolesChanged(by: -1) }
        self.session = nil
    }

    private func admit(_ caller: Caller, _ token: String) {
        let limit = caller.isStaff ? limits.connectionsPerKey : limits.connectionsPerCustomer
        guard let number = hub.connect(caller, limit: limit) else {
            return close(.connectionLimit, "\(caller.name) has \(limit) connections already")
        }
        self.number = number
        session = Session(caller: caller, token: token, limits: limits, at: .onLoop)
        worker.members.enter(self)
        if caller.isStaff { worker.meter.consolesChanged(by: 1) }
        say(ServerMessage.push("hello", room: nil, position: nil, data: greeting(caller)))
    }

    private func greeting(_ caller: Caller) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("conn")
            writer.string(String(number))
            writer.name("user")
            writer.string(caller.actor)
            writer.name("name")
            writer.string(caller.name)
            writer.name("role")
            writer.string(caller.role?.rawValue ?? "none")
            writer.name("ping_ms")
            writer.integer(limits.pingTime.wholeMilliseconds)
            writer.name("pong_ms")
            writer.integer(limits.pongTime.wholeMilliseconds)
            writer.name("max_bytes")
            writer.integer(limits.messageBytes)
            writer.name("resume_events")
            writer.integer(RoomFeed.maximumEvents)
            writer.name("epoch")
            writer.string(hub.desk.epoch)
            writer.name("time")
            writer.string(worker.now().rfc3339)
        }
        return writer.bytes
    }
}

// MARK: Hearing
extension RealtimeConnection {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = Monotonic.onLoop
        life.heard(at: now)
        switch unwrapInboundIn(data) {
        case .control: spendOnControl(at: now)
        case .binary: close(.unacceptableData, "frames must be text")
        case .text(let text):
            do throws(ClientFrameFault) {
                take(try ClientFrame(text), at: now)
            } catch {
                refuse(error.id, error.problem, at: now)
            }
        }
    }

    /// Control frames cost too: a flood of pings is a flood.
    private func spendOnControl(at now: Monotonic) {
        guard session?.spend(at: now) != nil, session?.forgive(at: now) == false else { return }
        close(.tooManyErrors, "too many control frames")
    }

    private func take(_ frame: ClientFrame, at now: Monotonic) {
        guard isOpen else { return }
        guard session != nil else { return introduce(frame, at: now) }
        if let wait = session?.spend(at: now) {
            return refuse(
                frame.id, Problem(.rateLimited, "too many requests; wait \(wait) ms"), at: now, retryMilliseconds: wait
            )
        }
        guard frame.id != nil || frame.op == "typing" else {
            return refuse(nil, Problem(FieldFault("is missing; only typing needs no id").at("id")), at: now)
        }
        guard session?.begin(frame.id) == true else {
            return refuse(nil, Problem(FieldFault("is still unanswered; choose another").at("id")), at: now)
        }
        guard !isDraining else {
            return answer(frame, .failure(Problem(.unavailable, "the gateway is stopping", retryAfter: 2)))
        }
        if let reply = quickReply(to: frame, at: now) { return answer(frame, reply) }
        requests.append(frame)
        goOn()
    }

    /// The first request of a connection that has not proved who it is.
    private func introduce(_ frame: ClientFrame, at now: Monotonic) {
        do throws(Problem) {
            guard frame.op == "hello" else {
                throw Problem(.unauthenticated, "the first request must be hello with the token")
            }
            let hello = try frame.read(HelloRequest.self)
            guard let token = hello.token else {
                throw Problem(.unauthenticated, "the first request must be hello with the token")
            }
            let caller = try hub.desk.caller(holding: token)
            if hello.batch { beginBatches() }
            if frame.id != nil { say(ServerMessage.ok(frame.id) { $0.object { _ in } }) }
            admit(caller, token)
        } catch {
            say(ServerMessage.error(frame.id, error))
            close(.badToken, error.detail)
        }
    }

    /// Carries out the next request, when none is under way.
    func goOn() {
        guard !isBusy, isOpen else { return }
        guard let frame = requests.popFirst() else {
            if isDraining { farewell() }
            return
        }
        isBusy = true
        carryOut(frame)
    }

    /// The request under way is done.
    func done(_ frame: ClientFrame, _ reply: Result<Reply, Problem>) {
        isBusy = false
        answer(frame, reply)
        goOn()
    }

    func answer(_ frame: ClientFrame, _ reply: Result<Reply, Problem>) {
        guard isOpen else { return }
        session?.finish(frame.id)
        switch reply {
        case .success(let body): if frame.id != nil { say(ServerMessage.ok(frame.id, body)) }
        case .failure(let problem): refuse(frame.id, problem, at: .onLoop)
        }
    }

    private func refuse(_ id: UInt32?, _ problem: Problem, at now: Monotonic, retryMilliseconds: Int64? = nil) {
        say(ServerMessage.error(id, problem, retryMilliseconds: retryMilliseconds))
        if session?.forgive(at: now) == false { close(.tooManyErrors, "too many faulty requests") }
    }

    /// Writes the value of a reply's `ok`.
    typealias Reply = (inout JSONWriter) -> Void
}

// MARK: Telling
extension RealtimeConnection {
    /// Puts a delivery on its way; ``flush()`` sends it.
    func queue(_ delivery: Delivery) {
        queue(delivery.frame, delivery.urgency)
    }

    /// Sends a message of the server.
    func say(_ message: [UInt8]) {
        queue(ServerFrame.text(message), .kept)
        flush()
    }

    func flush() {
        guard let context else { return }
        writeBatch(to: context)
        context.flush()
    }

    /// From now on several objects may share a frame.
    func beginBatches() {
        batch = batch ?? FrameBatch(maximumBytes: limits.messageBytes)
    }

    private func write(_ frame: ByteBuffer, to context: ChannelHandlerContext) {
        guard batch != nil else { return context.write(wrapOutboundOut(frame), promise: nil) }
        if let full = batch?.add(frame) { context.write(wrapOutboundOut(full), promise: nil) }
    }

    private func writeBatch(to context: ChannelHandlerContext) {
        if let last = batch?.take() { context.write(wrapOutboundOut(last), promise: nil) }
    }

    private func queue(_ frame: ByteBuffer, _ urgency: Outbox.Urgency) {
        guard isOpen, let context else { return }
        if outbox.isEmpty, context.channel.isWritable {
            return write(frame, to: context)
        }
        if outbox.add(frame, urgency) == .overflows {
            outbox.clear()
            close(.slow, "too much waits for this connection: connect again and resume")
        }
        meterOutbox()
    }

    private func meterOutbox() {
        guard outbox.count != meteredFrames else { return }
        worker.meter.waitingFramesChanged(by: Int64(outbox.count - meteredFrames))
        meteredFrames = outbox.count
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        blockedSince = context.channel.isWritable ? nil : .onLoop
        while context.channel.isWritable, let frame = outbox.next() { write(frame, to: context) }
        writeBatch(to: context)
        meterOutbox()
        context.flush()
        context.fireChannelWritabilityChanged()
    }

    /// Ends the connection; it hears and tells nothing more.
    func close(_ code: CloseCode, _ reason: String) {
        guard isOpen, let context else { return }
        isOpen = false
        requests.removeAll()
        while let frame = outbox.next() { write(frame, to: context) }
        writeBatch(to: context)
        meterOutbox()
        // The close frame is written from where the frames' handler stands.
        socket.close(code, reason)
    }

    private func farewell() {
        guard session != nil else { return close(.goingAway, "the gateway is stopping") }
        close(.shutdown, retryReason)
    }
}

extension RealtimeConnection: Resident {
    func tick(at now: Monotonic) {
        guard isOpen, let context else { return }
        if let blockedSince, now - blockedSince > worker.limits.http.stallTime { return context.close(promise: nil) }
        switch life.look(at: now) {
        case .fine: break
        case .ping:
            context.writeAndFlush(wrapOutboundOut(ServerFrame.ping), promise: nil)
            renewPresence()
        case .gone: close(.slow, "no sign of life")
        }
        checkToken(at: now)
        if session == nil, life.age(at: now) > limits.authenticationTime {
            close(.tokenExpired, "say hello with a token within \(limits.authenticationTime.inSeconds) s")
        }
    }

    /// A token may have expired since it was shown.
    private func checkToken(at now: Monotonic) {
        guard let session, now - session.tokenSeen > limits.pingTime else { return }
        self.session?.tokenSeen = now
        do throws(Problem) {
            _ = try hub.desk.caller(holding: session.token)
        } catch {
            close(.tokenExpired, error.detail)
        }
    }

    /// A device counts as long as its connection lives.
    private func renewPresence() {
        guard let session, let presence = session.presence, presence.state != .gone else { return }
        let (desk, caller) = (hub.desk, session.caller)
        // What is refused now is told again with the next sign of life.
        Task { _ = try? await desk.call(Operations.setPresence, presence, as: caller) }
    }

    func drain() {
        guard !isDraining else { return }
        isDraining = true
        goOn()
    }

    func end() {
        context?.close(promise: nil)
    }
}
