internal import DeskAPI
internal import Vocabulary

/// A client's request that the desk answers.
enum DeskRequest: Sendable {
    case post(PostMessage)
    case history(ListMessages)
    case claim(ClaimConversation)
    case release(ReleaseConversation)
    case setPresence(SetPresence)
    case listPresence
    case acknowledge(AcknowledgeNotifications)
    case read(ReadConversation)

    /// Reads the request from a frame.
    ///
    /// - Parameter device: what the connection is called among the devices of its caller.
    /// - Throws: the problem the client is told.
    init(_ frame: ClientFrame, from device: String) throws(Problem) {
        switch frame.op {
        case "send", "note":
            let request = try frame.read(SendRequest.self)
            self = .post(
                PostMessage(
                    to: try Self.conversation(request.room), cid: request.cid, text: request.text,
                    note: frame.op == "note", after: request.after))
        case "history":
            let request = try frame.read(HistoryRequest.self)
            self = .history(
                ListMessages(
                    of: try Self.conversation(request.room), after: request.after, limit: request.limit))
        case "claim":
            let request = try frame.read(ClaimRequest.self)
            self = .claim(
                ClaimConversation(try Self.conversation(request.room), ifOwner: request.ifOwner))
        case "release":
            let request = try frame.read(ReleaseRequest.self)
            self = .release(
                ReleaseConversation(
                    try Self.conversation(request.room), to: request.to, note: request.note))
        case "presence":
            let request = try frame.read(PresenceRequest.self)
            guard let state = request.state else {
                guard request.viewing == nil else { throw Problem(FieldFault("must say what is done").at("state")) }
                self = .listPresence
                return
            }
            let viewing = try request.viewing.map { name throws(Problem) in try Self.conversation(name) }
            self = .setPresence(SetPresence(device: device, state: state, viewing: viewing))
        case "read", "ack":
            let request = try frame.read(CursorRequest.self)
            guard case .conversation(let id) = try Room(named: request.room, for: .anonymous) else {
                self = .acknowledge(AcknowledgeNotifications(through: request.offset))
                return
            }
            self = .read(ReadConversation(id, offset: request.offset, device: request.device))
        default:
            let known = [
                "hello", "join", "leave", "send", "note", "typing", "history", "claim", "release", "read", "ack",
                "presence", "ping",
            ]
            let hint = known.nearest(to: frame.op).map { "; did you mean \($0)?" } ?? ""
            throw Problem(FieldFault("is not known\(hint)").at("op"))
        }
    }

    /// The conversation whose room is named.
    private static func conversation(_ name: String) throws(Problem) -> ID<Conversation> {
        // Only conversations are meant: it does not matter who `me` would be.
        try Room(named: name, for: .anonymous).conversation()
    }

    /// Whether neither the request nor its answer takes longer to make than a message.
    var isShort: Bool {
        switch self {
        case .post, .setPresence, .listPresence, .read: true
        case .history, .claim, .release, .acknowledge: false
        }
    }

    /// Asks the desk, and gives its answer as JSON.
    func carryOut(at desk: any DeskService, as caller: Caller) async -> Result<[UInt8], Problem> {
        do throws(Problem) {
            switch self {
            case .post(let input):
                return .success(try await desk.call(Operations.postMessage, input, as: caller).encoded)
            case .history(let input):
                return .success(try await desk.call(Operations.listMessages, input, as: caller).encoded)
            case .claim(let input):
                return .success(try await desk.call(Operations.claimConversation, input, as: caller).encoded)
            case .release(let input):
                return .success(try await desk.call(Operations.releaseConversation, input, as: caller).encoded)
            case .setPresence(let input):
                return .success(try await desk.call(Operations.setPresence, input, as: caller).encoded)
            case .acknowledge(let input):
                return .success(try await desk.call(Operations.acknowledgeNotifications, input, as: caller).encoded)
            case .read(let input):
                let read = try await desk.call(Operations.readConversation, input, as: caller)
                return .success(CursorReply(of: caller, in: read).encoded)
            case .listPresence:
                return .success(try await desk.call(Operations.listPresence, Nothing(), as: caller).encoded)
            }
        } catch {
            return .failure(error)
        }
    }
}
