internal import DeskAPI
internal import Vocabulary

/// Where events go: a conversation, or one of the staff's rooms.
enum Room: Hashable, Sendable {
    /// One conversation, `c:NUMBER`; its offsets are those of its messages.
    case conversation(ID<Conversation>)
    /// Everything that happens in conversations.
    case inbox
    /// Alerts.
    case alerts
    /// Samples of hosts.
    case hosts
    /// Versions of the assistant.
    case models
    /// The desk at a glance.
    case status
    /// What one person of the staff has to know, `me` to them; its offsets are those of their notifications.
    case person(String)

    /// The rooms whose events the gateway itself numbers and keeps for a while.
    static let feeds: [Room] = [.inbox, .alerts, .hosts, .models, .status]

    /// What the names of rooms look like, for faults.
    static let forms = "c:NUMBER, inbox:main, me, alerts, hosts, models or status"

    /// Reads `c:42`, `inbox:main`, `me`, `alerts`, `hosts`, `models` or `status`.
    ///
    /// - Throws: the fault of the field `room`.
    init(named name: String, for caller: Caller) throws(Problem) {
        switch name {
        case "inbox:main": self = .inbox
        case "alerts": self = .alerts
        case "hosts": self = .hosts
        case "models": self = .models
        case "status": self = .status
        case "me": self = .person(caller.actor)
        default:
            guard name.hasPrefix("c:"), let number = Int64(name.dropFirst(2)), number > 0,
                name == "c:\(number)"
            else {
                throw Problem(FieldFault("must be \(Room.forms)").at("room"))
            }
            self = .conversation(ID(number))
        }
    }

    /// The name on the wire.
    var name: String {
        switch self {
        case .conversation(let id): "c:\(id)"
        case .inbox: "inbox:main"
        case .alerts: "alerts"
        case .hosts: "hosts"
        case .models: "models"
        case .status: "status"
        case .person: "me"
        }
    }

    /// What one must be allowed to be in the room.
    var scope: Scope {
        switch self {
        case .conversation, .inbox, .person: .conversationsRead
        case .alerts, .status: .alertsRead
        case .hosts: .hostsRead
        case .models: .modelsRead
        }
    }

    /// Whether the desk keeps the room's events, so that it is asked for what was missed.
    var isKeptByDesk: Bool {
        switch self {
        case .conversation, .person: true
        case .inbox, .alerts, .hosts, .models, .status: false
        }
    }

    /// Whether only staff may be there.
    var isForStaff: Bool {
        if case .conversation = self { false } else { true }
    }

    /// The conversation of the room.
    ///
    /// - Throws: the fault of the field `room` when it is another kind of room.
    func conversation() throws(Problem) -> ID<Conversation> {
        guard case .conversation(let id) = self else {
            throw Problem(FieldFault("must be a conversation here, such as c:42").at("room"))
        }
        return id
    }
}
