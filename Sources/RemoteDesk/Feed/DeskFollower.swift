internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Follows rooms: joins them, resumes them, turns what is said there into the desk's events.
struct DeskFollower: Follower {
    typealias News = DeskNews

    /// The rooms of the staff: together they hold everything that happens.
    static let staffRooms = ["inbox:main", "me", "alerts", "hosts", "models", "status"]

    private let places: RoomPlaces
    private var waiting: Set<Int> = []
    private var joined = 0
    private var hasMissed = false
    /// Something in a rest was missed for good.
    private var owesReload = false
    private var refusal = ""
    private var layouts: [String: MetricLayout] = [:]
    private var answers = AnswerAssembly()

    init(_ places: RoomPlaces) {
        self.places = places
    }

    static func news(of connection: ConnectionState) -> DeskNews { .connection(connection) }

    mutating func connected() -> [String] {
        waiting = Set(1...places.rooms.count)
        (joined, hasMissed) = (0, false)
        answers.clear()
        return places.greeting
    }

    mutating func take(_ object: JSONValue) -> Reaction<DeskNews> {
        if let id = object["id"]?.wholeNumber.flatMap({ Int(exactly: $0) }), (1...places.rooms.count).contains(id) {
            return waiting.contains(id) ? joined(id, object) : joinedAgain(id, object)
        }
        return Reaction(news: pushed(object).map { [.event($0)] } ?? [])
    }

    /// A room that was left for a rest was joined again; one that could not be left is not joined twice.
    private mutating func joinedAgain(_ id: Int, _ reply: JSONValue) -> Reaction<DeskNews> {
        guard let ok = reply["ok"] else { return .nothing }
        let (news, isWhole) = resumed(places.rooms[id - 1], ok)
        if !isWhole { owesReload = true }
        // While nobody looks, the newest of everything is enough; it comes behind the reply.
        guard owesReload, !places.isResting else { return Reaction(news: news) }
        owesReload = false
        return Reaction(news: [.missed])
    }

    private mutating func joined(_ id: Int, _ reply: JSONValue) -> Reaction<DeskNews> {
        waiting.remove(id)
        var reaction = Reaction<DeskNews>()
        if let ok = reply["ok"] {
            let (news, isWhole) = resumed(places.rooms[id - 1], ok)
            reaction.news = news
            joined += 1
            if !isWhole { hasMissed = true }
        } else {
            refusal = reply["error"]?["message"]?.text ?? "the gateway lets this key into no room"
        }
        guard waiting.isEmpty else { return reaction }
        guard joined > 0 else {
            reaction.refusal = refusal
            return reaction
        }
        if hasMissed { reaction.news.append(.missed) }
        reaction.isLive = true
        return reaction
    }

    /// What happened in a room since it was left, and whether that is known.
    private mutating func resumed(_ room: String, _ ok: JSONValue) -> (news: [DeskNews], isWhole: Bool) {
        let isWhole = ok["recovered"] == true
        let missed = isWhole ? ok["missed"]?.elements ?? [] : []
        // The state of the desk is told whole each time: only the newest says anything.
        let telling = missed.suffix(room == "status" ? 1 : missed.count)
        let news = telling.compactMap { pushed($0).map { DeskNews.event($0) } }
        places[room] = RoomPlaces.Place(offset: ok["offset"]?.wholeNumber ?? 0, epoch: ok["epoch"]?.text ?? "")
        return (news, isWhole)
    }

    /// A pushed event; `nil` for one that was seen before, or that this version does not know.
    private mutating func pushed(_ object: JSONValue) -> DeskEvent? {
        guard let name = object["event"]?.text, let data = object["data"] else { return nil }
        if let room = object["room"]?.text, let offset = object["offset"]?.wholeNumber {
            guard offset > places[room]?.offset ?? 0 || object["epoch"]?.text != places[room]?.epoch else {
                return nil
            }
            places[room]?.offset = offset
        }
        // What cannot be read was written by another version: the next reload shows it as far as possible.
        return try? event(name, data)
    }

    private mutating func event(_ name: String, _ data: JSONValue) throws(FieldFault) -> DeskEvent? {
        switch name {
        case "message": return .messagePosted(try Message.read(data, .natural))
        case "conversation": return .conversationChanged(try Conversation.read(data, .natural))
        case "conversation_deleted":
            return .conversationDeleted(try ConversationReference.read(data, .natural))
        case "alert": return .alertChanged(try Alert.read(data, .natural))
        case "model": return .modelChanged(try ModelVersion.read(data, .natural))
        case "model_deleted": return .modelDeleted(try ModelReference.read(data, .natural))
        case "training": return .trainingChanged(try TrainingJob.read(data, .natural))
        case "deployment": return .deploymentChanged(try Deployment.read(data, .natural))
        case "status": return .statusChanged(try DeskStatus.read(data, .natural))
        case "answer": return answers.take(data).map { .answerGrew($0) }
        case "notification": return .notified(try StaffNotification.read(data, .natural))
        case "read": return .conversationRead(try ConversationRead.read(data, .natural))
        case "customer": return .customerPresenceChanged(try CustomerPresence.read(data, .natural))
        case "viewers": return .viewersChanged(try ConversationViewers.read(data, .natural))
        case "typing": return Typing(pushed: data).map { .typed($0) }
        case "host":
            let host = try Host.read(data, .natural)
            guard let snapshot = host.snapshot(reusing: layouts[host.name]) else { return nil }
            layouts[host.name] = snapshot.layout
            return .hostSampled(snapshot)
        default: return nil
        }
    }
}

extension Typing {
    /// Reads typing as it is pushed, with its time of expiry.
    init?(pushed data: JSONValue) {
        guard let conversation = data["conversation"]?.wholeNumber, let actor = data["actor"]?.text,
            let name = data["name"]?.text
        else { return nil }
        self.init(conversation: ID(conversation), actor: actor, name: name)
    }
}
