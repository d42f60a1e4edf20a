internal import Bus
internal import DeskAPI
internal import JSON
internal import NIOCore
internal import Vocabulary

// MARK: Asking
extension RealtimeConnection {
    /// Answers what needs nobody else; `nil` for the rest.
    func quickReply(to frame: ClientFrame, at now: Monotonic) -> Result<Reply, Problem>? {
        do throws(Problem) {
            switch frame.op {
            case "hello": return .success(try greet(frame.read(HelloRequest.self)))
            case "ping": return .success { $0.object { _ in } }
            case "typing": return .success(try type(frame.read(RoomRequest.self), at: now))
            case "read", "ack": return try read(frame.read(CursorRequest.self))
            case "presence": return try frame.read(PresenceRequest.self).room.map(attendance)
            default: return nil
            }
        } catch {
            return .failure(error)
        }
    }

    /// Who came with a token in the header may still say how it wants to be told, and everybody may show another token
    /// before the first expires.
    private func greet(_ request: HelloRequest) throws(Problem) -> Reply {
        guard request.token != nil || request.batch else {
            throw Problem(.malformed, "this connection has said hello already")
        }
        if let token = request.token {
            let caller = try hub.desk.caller(holding: token)
            guard let session, caller.actor == session.caller.actor, caller.role == session.caller.role else {
                throw Problem(.forbidden, "the token is of somebody else; they need a connection of their own")
            }
            self.session?.token = token
        }
        if request.batch { beginBatches() }
        return { $0.object { _ in } }
    }

    private func type(_ request: RoomRequest, at now: Monotonic) throws(Problem) -> Reply {
        let room = try named(request.room)
        let conversation = try room.conversation()
        guard let caller, caller.may(.conversationsWrite), caller.isStaff || session?.isIn(room) == true else {
            throw Problem(.forbidden, "join \(room.name) first")
        }
        if session?.type(in: room, at: now) == true {
            hub.desk.bus.publish(
                .typed(Typing(conversation: conversation, actor: caller.actor, name: caller.name)))
        }
        return { $0.object { _ in } }
    }

    /// Moves a mark of this connection; `nil` for conversations and the person's own room, whose marks the desk keeps.
    private func read(_ request: CursorRequest) throws(Problem) -> Result<Reply, Problem>? {
        let room = try named(request.room)
        switch room {
        case .person: return nil
        case .conversation where request.offset > 0: return nil
        default: break
        }
        guard let offset = session?.read(room, to: request.offset) else {
            throw Problem(.forbidden, "join \(room.name) first")
        }
        return .success { writer in
            writer.object { writer in
                writer.name("room")
                writer.string(room.name)
                writer.name("offset")
                writer.integer(offset)
            }
        }
    }

    /// The room of a name, as this caller means it.
    private func named(_ name: String) throws(Problem) -> Room { try Room(named: name, for: caller ?? .anonymous) }

    private func attendance(of name: String) throws(Problem) -> Result<Reply, Problem> {
        let room = try named(name)
        guard caller?.isStaff == true, caller?.may(room.scope) == true else {
            throw Problem(.forbidden, "only staff sees who is in a room")
        }
        let attendance = hub.attendance(of: room)
        return .success { $0.raw(attendance) }
    }

    /// Carries out a request that takes its turn.
    func carryOut(_ frame: ClientFrame) {
        guard let session else { return }
        do throws(Problem) {
            switch frame.op {
            case "join": try join(frame, session)
            case "leave": try leave(frame)
            default:
                let request = try DeskRequest(frame, from: device)
                if case .setPresence(let presence) = request { self.session?.presence = presence }
                try ask(request, frame, session.caller)
            }
        } catch {
            done(frame, .failure(error))
        }
    }

    private func ask(_ request: DeskRequest, _ frame: ClientFrame, _ caller: Caller) throws(Problem) {
        guard let context else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (worker, desk) = (worker, hub.desk)
        // Writing is short and frequent; what may be long must not hold up the loop.
        Task(executorPreference: request.isShort ? worker : nil) {
            let reply = await request.carryOut(at: desk, as: caller)
            worker.execute { connection.value.done(frame, reply.map { body in { $0.raw(body) } }) }
        }
    }
}

// MARK: Rooms
extension RealtimeConnection {
    private func leave(_ frame: ClientFrame) throws(Problem) {
        let room = try named(frame.read(RoomRequest.self).room)
        guard session?.leave(room) == true else {
            throw Problem(.malformed, "this connection is not in \(room.name)")
        }
        worker.members.leave(room, self)
        hub.leave(room, connection: number)
        done(frame, .success { $0.object { _ in } })
    }

    private func join(_ frame: ClientFrame, _ session: Session) throws(Problem) {
        let request = try frame.read(JoinRequest.self)
        let room = try named(request.room)
        try session.checkJoin(room)
        let caller = session.caller
        let attendee = Roster.Attendee(
            connection: number, actor: caller.actor, name: caller.name, isStaff: caller.isStaff, since: worker.now())
        let entry = hub.enter(room, attendee, since: request.since)
        self.session?.join(room)
        guard room.isKeptByDesk else {
            worker.members.join(room, .init(connection: self, joinedAt: entry.sequence, held: nil))
            done(frame, .success(JoinReply(room, entry, since: request.since).write))
            for message in entry.present { say(message) }
            return
        }
        worker.members.join(room, .init(connection: self, joinedAt: entry.sequence, held: []))
        readPast(of: room, frame, request.since, entry, caller)
    }

    /// Reads from the desk what was missed, while what happens now is held back.
    private func readPast(
        of room: Room, _ frame: ClientFrame, _ since: Position?, _ entry: RoomHub.Entry, _ caller: Caller
    ) {
        guard let context else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (worker, desk) = (worker, hub.desk)
        Task {
            let reply = await JoinReply.read(room, since: since, from: desk, as: caller)
            worker.execute { connection.value.joined(room, frame, reply, entry) }
        }
    }

    private func joined(_ room: Room, _ frame: ClientFrame, _ reply: Result<JoinReply, Problem>, _ entry: RoomHub.Entry)
    {
        guard isOpen else { return }
        switch reply {
        case .failure(let problem):
            _ = session?.leave(room)
            worker.members.leave(room, self)
            hub.leave(room, connection: number)
            done(frame, .failure(problem))
        case .success(let reply):
            if let caller { hub.settle(room, connection: number, caller) }
            let held = worker.members.release(room, self, knownUpTo: reply.position.offset)
            isBusy = false
            answer(frame, .success(reply.write))
            for message in entry.present { say(message) }
            for delivery in held { queue(delivery) }
            flush()
            goOn()
        }
    }
}
