internal import DeskAPI
internal import JSON
internal import NIOCore
internal import Vocabulary

extension RoomHub.State {
    /// Encodes an event for each room it belongs to.
    mutating func publish(_ event: DeskEvent, epoch: String, into deliveries: inout [Delivery]) {
        switch event {
        case .messagePosted(let message): publish(message, epoch: epoch, into: &deliveries)
        case .conversationChanged(let conversation): publish(conversation, into: &deliveries)
        case .conversationDeleted(let reference):
            let data = reference.encoded
            pass("conversation_deleted", to: .conversation(reference.id), data, .kept, into: &deliveries)
            keep("conversation_deleted", in: .inbox, data, .kept, into: &deliveries)
        case .answerGrew(let progress):
            guard let data = answers.grow(progress) else { return }
            pass("answer", to: .conversation(progress.conversation), data, .passing, into: &deliveries)
            pass("answer", to: .inbox, data, .passing, into: &deliveries)
        case .typed(let typing): publish(typing, into: &deliveries)
        case .notified(let notification): publish(notification, epoch: epoch, into: &deliveries)
        case .conversationRead(let read):
            let urgency = Outbox.Urgency.newest("read \(read.conversation) \(read.reader.user)")
            for room in [Room.conversation(read.conversation), .inbox] {
                pass("read", to: room, read.encoded, urgency, for: .staff, into: &deliveries)
            }
        case .viewersChanged(let viewers):
            let urgency = Outbox.Urgency.newest("viewers \(viewers.conversation)")
            for room in [Room.conversation(viewers.conversation), .inbox] {
                pass("viewers", to: room, viewers.encoded, urgency, for: .staff, into: &deliveries)
            }
        case .customerPresenceChanged(let presence):
            let urgency = Outbox.Urgency.newest("customer \(presence.conversation)")
            for room in [Room.conversation(presence.conversation), .inbox] {
                pass("customer", to: room, presence.encoded, urgency, for: .staff, into: &deliveries)
            }
        case .alertChanged(let alert): keep("alert", in: .alerts, alert.encoded, .kept, into: &deliveries)
        case .hostSampled(let snapshot):
            renew("host", in: .hosts, key: snapshot.host, into: &deliveries) { snapshot.record.encoded }
        case .modelChanged(let model):
            renew("model", in: .models, key: "\(model.id)", into: &deliveries) { model.encoded }
        case .modelDeleted(let reference):
            feeds[.models]?.forget("\(reference.id)")
            keep("model_deleted", in: .models, reference.encoded, .kept, into: &deliveries)
        case .trainingChanged(let job):
            renew("training", in: .models, key: "training \(job.id)", into: &deliveries) { job.encoded }
        case .deploymentChanged(let deployment):
            renew("deployment", in: .models, key: "deployment \(deployment.id)", into: &deliveries) {
                deployment.encoded
            }
        case .statusChanged(let status):
            renew("status", in: .status, key: "", into: &deliveries) { status.encoded }
        case .keyRevoked, .customerMerged: break
        }
    }

    /// Begins every feed anew: what was missed is not known.
    mutating func lose() {
        generation += 1
        answers = AnswerStreams()
        for room in Room.feeds { feeds[room]?.begin(epoch: "\(start)-\(generation)") }
    }

    /// What is known about a room at this moment.
    func entry(_ room: Room, since place: Position?) -> RoomHub.Entry {
        var entry = RoomHub.Entry(sequence: sequence, position: nil, missed: nil, present: [])
        if case .conversation(let id) = room {
            if let answer = answers.current(in: id) { entry.present = [push("answer", room, answer)] }
            return entry
        }
        guard let feed = feeds[room] else { return entry }
        entry.position = feed.position
        entry.missed = place.flatMap { feed.missed(since: $0) }
        if room == .inbox { entry.present = answers.all.map { push("answer", room, $0) } }
        // Who knows everything up to now needs no state; for who comes new, it is the newest of everything.
        if entry.missed == nil { entry.present += feed.states.map { push($0.event, room, $0.data.bytes) } }
        return entry
    }

    /// Tells the staff in a conversation who is there.
    mutating func presence(of room: Room) -> [Delivery] {
        guard case .conversation = room, let roster = rosters[room], roster.staff > 0 else { return [] }
        let message = push("presence", room, roster.encoded)
        return [delivery(to: room, message, .newest("presence \(room.name)"), audience: .staff)]
    }

    private func push(_ event: String, _ room: Room, _ data: [UInt8]) -> [UInt8] {
        ServerMessage.push(event, room: room, position: nil, data: data)
    }

    /// Encodes what somebody is there to read; most conversations have no staff in their room, and some no customer.
    private mutating func publish(_ conversation: Conversation, into deliveries: inout [Delivery]) {
        let room = Room.conversation(conversation.id)
        let data = conversation.encoded
        if let roster = rosters[room] {
            if roster.staff > 0 { pass("conversation", to: room, data, .kept, for: .staff, into: &deliveries) }
            if roster.customers > 0 {
                let data = conversation.seen(by: .anonymous).encoded
                pass("conversation", to: room, data, .kept, for: .customers, into: &deliveries)
            }
        }
        keep("conversation", in: .inbox, data, .kept, into: &deliveries)
    }

    private mutating func publish(_ message: Message, epoch: String, into deliveries: inout [Delivery]) {
        let data = message.encoded
        if message.author == .assistant { answers.settle(message.conversation) }
        let room = Room.conversation(message.conversation)
        if rosters[room] != nil {
            var position = Position()
            (position.offset, position.epoch) = (message.offset, epoch)
            let bytes = ServerMessage.push("message", room: room, position: position, data: data)
            deliveries.append(
                delivery(
                    to: room, bytes, .kept, offset: message.offset,
                    audience: message.author == .note ? .staff : .everybody))
        }
        keep("message", in: .inbox, data, .kept, into: &deliveries)
    }

    /// A new notification has a place in its person's room; that it is acknowledged is told to their other devices.
    private mutating func publish(
        _ notification: StaffNotification, epoch: String, into deliveries: inout [Delivery]
    ) {
        let room = Room.person(notification.user)
        guard rosters[room] != nil else { return }
        var position: Position?
        if notification.acknowledgedAt == nil {
            var place = Position()
            (place.offset, place.epoch) = (notification.offset, epoch)
            position = place
        }
        let bytes = ServerMessage.push("notification", room: room, position: position, data: notification.encoded)
        deliveries.append(delivery(to: room, bytes, .kept, offset: position?.offset))
    }

    private mutating func publish(_ typing: Typing, into deliveries: inout [Delivery]) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("conversation")
            writer.integer(typing.conversation.number)
            writer.name("actor")
            writer.string(typing.actor)
            writer.name("name")
            writer.string(typing.name)
            writer.name("exp_ms")
            writer.integer(5000)
        }
        for room in [Room.conversation(typing.conversation), .inbox] where rosters[room] != nil {
            let urgency = Outbox.Urgency.newest("typing \(typing.conversation) \(typing.actor)")
            deliveries.append(
                delivery(to: room, push("typing", room, writer.bytes), urgency, exceptActor: typing.actor))
        }
    }

    /// Sends an event that is not kept.
    private mutating func pass(
        _ event: String, to room: Room, _ data: [UInt8], _ urgency: Outbox.Urgency, for audience: Audience = .everybody,
        into deliveries: inout [Delivery]
    ) {
        guard rosters[room] != nil else { return }
        deliveries.append(delivery(to: room, push(event, room, data), urgency, audience: audience))
    }

    /// Numbers an event, keeps it for those who are away for a moment, and sends it.
    private mutating func keep(
        _ event: String, in room: Room, _ data: [UInt8], _ urgency: Outbox.Urgency, into deliveries: inout [Delivery]
    ) {
        guard let position = feeds[room]?.nextPosition else { return }
        let message = ServerMessage.push(event, room: room, position: position, data: data)
        feeds[room]?.append(.ready(message))
        guard rosters[room] != nil else { return }
        deliveries.append(delivery(to: room, message, urgency, offset: position.offset))
    }

    /// The same for a room in which the newest of each thing is what counts; encoded only when somebody reads it.
    private mutating func renew(
        _ event: String, in room: Room, key: String, into deliveries: inout [Delivery],
        data make: @escaping @Sendable () -> [UInt8]
    ) {
        guard let position = feeds[room]?.nextPosition else { return }
        guard rosters[room] != nil else {
            feeds[room]?.remember(key, event, .later(make))
            feeds[room]?.append(.later { ServerMessage.push(event, room: room, position: position, data: make()) })
            return
        }
        let data = make()
        feeds[room]?.remember(key, event, .ready(data))
        keep(event, in: room, data, .newest("\(event) \(key)"), into: &deliveries)
    }

    private mutating func delivery(
        to room: Room, _ message: [UInt8], _ urgency: Outbox.Urgency, offset: Int64? = nil,
        audience: Audience = .everybody, exceptActor: String? = nil
    ) -> Delivery {
        sequence += 1
        return Delivery(
            sequence: sequence, room: room, frame: ServerFrame.text(message), offset: offset, urgency: urgency,
            audience: audience, exceptActor: exceptActor)
    }
}
