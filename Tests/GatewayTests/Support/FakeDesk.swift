import Bus
import DeskAPI
import NIOConcurrencyHelpers
import Vocabulary

/// A desk in memory with the rules that a gateway relies on: who may see what, offsets without gaps, one winner.
final class FakeDesk: DeskService {
    let bus = Bus<DeskEvent>()
    let epoch = "k3f"
    let state = NIOLockedValueBox(State())
    /// What posting waits for before it answers.
    let commit: @Sendable () async -> Void

    struct State {
        var callers: [String: Caller] = [:]
        var conversations: [Int64: Conversation] = [:]
        var messages: [Int64: [Message]] = [:]
        var lastID: Int64 = 0
        /// Pieces of streams that were taken.
        var written = 0
        /// Whether a stream came to its end.
        var isOver = false
        var traffic: (@Sendable () -> Traffic)?
        /// What devices said of themselves, by who has them.
        var present: [String: [String: SetPresence]] = [:]
        var notifications: [StaffNotification] = []
        /// Devices whose connections broke.
        var cutOff: [String] = []
        /// Customers' connections by conversation.
        var attending: Set<String> = []

        mutating func nextID() -> Int64 {
            lastID += 1
            return lastID
        }
    }

    init(commit: @escaping @Sendable () async -> Void = {}) {
        self.commit = commit
        state.withLockedValue { state in
            for (token, role, key) in [("agent", Role.agent, 3), ("sre", .sre, 4), ("admin", .admin, 5)] {
                state.callers[token] = Caller(identity: .key(ID(Int64(key))), role: role, name: token)
            }
            state.callers["host"] = Caller(identity: .key(ID(6)), role: .hostAgent, name: "host")
            for number in 7...9 {
                state.callers["customer\(number)"] = Caller(
                    identity: .customer(ID(Int64(number))), role: .customer, name: "Crystal")
            }
        }
    }

    func caller(holding token: String) throws(Problem) -> Caller {
        guard let caller = state.withLockedValue({ $0.callers[token] }) else {
            throw Problem(.unauthenticated, "this token is unknown, expired or revoked")
        }
        return caller
    }

    /// Gives a further token to whoever holds one already; with `nil` it is worth nothing any more.
    func grant(_ token: String, as caller: String?) {
        state.withLockedValue { state in state.callers[token] = caller.flatMap { state.callers[$0] } }
    }

    func may(_ caller: Caller, see conversation: ID<Conversation>) async -> Bool {
        guard let found = state.withLockedValue({ $0.conversations[conversation.number] }) else { return false }
        return caller.isStaff || caller.identity == .customer(found.customer)
    }

    func exposition(for caller: Caller) throws(Problem) -> [UInt8] {
        try endpoints[Operations.listHosts.route.name]?.permit(caller)
        return Array("# TYPE watchdesk_load_1 gauge\nwatchdesk_load_1{host=\"a\"} 0.5\n".utf8)
    }

    func complete(
        _ body: [UInt8], thread: String?, for caller: Caller, to responder: any CompletionResponder
    ) async {
        guard caller.role != nil else {
            return await responder.answer(status: 401, headers: [], body: Array("{}".utf8))
        }
        guard body.starts(with: Array("stream".utf8)) else {
            return await responder.answer(status: 200, headers: [("X-Thread", thread ?? "none")], body: body)
        }
        await responder.begin(headers: [])
        let count = Int(String(decoding: body.dropFirst(7), as: UTF8.self)) ?? 3
        let padding = count > 1000 ? String(repeating: "x", count: 65_536) : ""
        for number in 0..<count {
            guard await responder.write(Array("data: \(number)\(padding)\n\n".utf8)) else { break }
            state.withLockedValue { $0.written = number + 1 }
        }
        await responder.end()
        state.withLockedValue { $0.isOver = true }
    }

    func completionModels(named name: String?, for caller: Caller) throws(Problem) -> [UInt8]? {
        try endpoints[Operations.listModels.route.name]?.permit(caller)
        return name == "gone" ? nil : Array("{\"object\":\"list\"}".utf8)
    }

    func cutOff(_ device: String, of caller: Caller) {
        state.withLockedValue { $0.cutOff.append("\(caller.actor) \(device)") }
    }

    func attend(_ conversation: ID<Conversation>, connection: Int, isThere: Bool) {
        let isKnown = state.withLockedValue { state in
            isThere
                ? state.attending.insert("\(conversation) \(connection)").inserted
                : state.attending.remove("\(conversation) \(connection)") != nil
        }
        guard isKnown else { return }
        bus.publish(
            .customerPresenceChanged(
                CustomerPresence(conversation, isOnline: isThere, since: Timestamp(milliseconds: 0))))
    }

    func observeTraffic(_ source: @escaping @Sendable () -> Traffic) {
        state.withLockedValue { $0.traffic = source }
    }

    /// What the gateway says of itself.
    var traffic: Traffic? { state.withLockedValue { $0.traffic }?() }

    var endpoints: [String: Endpoint] {
        var endpoints: [String: Endpoint] = [:]
        for endpoint in reading + writing + presence + notifying { endpoints[endpoint.route.name] = endpoint }
        return endpoints
    }

    private var reading: [Endpoint] {
        [
            Endpoint(Operations.listConversations) { [self] (_, input) throws(Problem) in
                List(
                    state.withLockedValue { state in
                        state.conversations.values.sorted { $0.id < $1.id }.filter {
                            input.status == nil || $0.status == input.status
                        }
                    })
            },
            Endpoint(Operations.showConversation) { [self] (caller, input) throws(Problem) in
                try await conversation(input.id, for: caller)
            },
            Endpoint(Operations.listMessages) { [self] (caller, input) throws(Problem) in
                _ = try await conversation(input.id, for: caller)
                let messages = state.withLockedValue { $0.messages[input.id.number] ?? [] }
                return List(
                    messages.filter { $0.offset > input.after && (caller.isStaff || $0.author != .note) }
                        .prefix(Int(input.limit)).map { $0 })
            },
            Endpoint(Operations.listHosts) { (_, _) throws(Problem) in List([Host.example]) },
            Endpoint(Operations.listAlerts) { (_, _) throws(Problem) in List([Alert.example]) },
            Endpoint(Operations.listKeys) { (_, _) throws(Problem) in List([APIKey.example]) },
            Endpoint(Operations.showIdentity) { (caller, _) throws(Problem) in
                var identity = Identity()
                (identity.actor, identity.name, identity.role) = (caller.actor, caller.name, caller.role)
                return identity
            },
        ]
    }

    private var presence: [Endpoint] {
        [
            Endpoint(Operations.setPresence) { [self] (caller, input) throws(Problem) in
                guard caller.isStaff else { throw Problem(.forbidden, "only staff") }
                state.withLockedValue { $0.present[caller.actor, default: [:]][input.device] = input }
                if let conversation = input.viewing {
                    var viewer = ConversationViewer()
                    (viewer.user, viewer.name, viewer.state) = (caller.actor, caller.name, input.state)
                    bus.publish(.viewersChanged(ConversationViewers(conversation, [viewer])))
                }
                return present(caller.actor)
            },
            Endpoint(Operations.listPresence) { [self] (_, _) throws(Problem) in
                List(state.withLockedValue { $0.present.keys.sorted() }.map(present))
            },
        ]
    }

    private var notifying: [Endpoint] {
        [
            Endpoint(Operations.listNotifications) { [self] (caller, input) throws(Problem) in
                var list = NotificationList()
                let all = state.withLockedValue { $0.notifications }.filter { $0.user == caller.actor }
                list.items = all.filter {
                    $0.offset > input.after && (input.acknowledged || $0.acknowledgedAt == nil)
                }
                list.lastOffset = all.last?.offset ?? 0
                return list
            },
            Endpoint(Operations.acknowledgeNotifications) { [self] (caller, input) throws(Problem) in
                var list = NotificationList()
                list.items = state.withLockedValue { state in
                    var known: [StaffNotification] = []
                    for index in state.notifications.indices
                    where state.notifications[index].user == caller.actor
                        && state.notifications[index].offset <= input.through ?? 0
                        && state.notifications[index].acknowledgedAt == nil
                    {
                        state.notifications[index].acknowledgedAt = Timestamp(milliseconds: 0)
                        known.append(state.notifications[index])
                    }
                    list.lastOffset = state.notifications.last?.offset ?? 0
                    return known
                }
                for notification in list.items { bus.publish(.notified(notification)) }
                return list
            },
        ]
    }

    /// Tells somebody something.
    func notify(_ user: String, _ text: String) {
        let told = state.withLockedValue { state in
            var told = StaffNotification.example
            (told.user, told.text, told.conversation, told.message) = (user, text, ID(1), nil)
            told.offset = Int64(state.notifications.count { $0.user == user }) + 1
            told.id = ID(told.offset)
            told.at = Timestamp(milliseconds: 0)
            state.notifications.append(told)
            return told
        }
        bus.publish(.notified(told))
    }

    private func present(_ actor: String) -> Presence {
        var presence = Presence()
        presence.user = actor
        presence.devices = state.withLockedValue { $0.present[actor] ?? [:] }.values.map { said in
            var device = PresentDevice()
            (device.device, device.state, device.viewing) = (said.device, said.state, said.viewing)
            return device
        }
        presence.state = presence.devices.first?.state ?? .gone
        return presence
    }

    private var writing: [Endpoint] {
        [
            Endpoint(Operations.createCustomer) { [self] (_, input) throws(Problem) in newCustomer(input) },
            Endpoint(Operations.createConversation) { [self] (caller, input) throws(Problem) in
                guard case .customer(let customer) = caller.identity else {
                    throw Problem(.forbidden, "only customers here")
                }
                return newConversation(of: customer, subject: input.subject)
            },
            Endpoint(Operations.postMessage) { [self] (caller, input) throws(Problem) in
                _ = try await conversation(input.id, for: caller)
                await commit()
                return try post(input, as: caller)
            },
            Endpoint(Operations.claimConversation) { [self] (caller, input) throws(Problem) in
                try claim(input, as: caller)
            },
            Endpoint(Operations.releaseConversation) { [self] (caller, input) throws(Problem) in
                change(input.id) { ($0.owner, $0.status) = (Conversation.assistantOwner, .assistant) }
                return try await conversation(input.id, for: caller)
            },
            Endpoint(Operations.readConversation) { [self] (caller, input) throws(Problem) in
                var found = try await conversation(input.id, for: caller)
                guard caller.isStaff else { return found }
                let mark = ReadMark(
                    caller.actor, named: caller.name, offset: input.offset, at: Timestamp(milliseconds: 0))
                (found.seenBy, found.readOffset) = ([mark], input.offset)
                state.withLockedValue { $0.conversations[input.id.number] = found }
                bus.publish(.conversationRead(ConversationRead(input.id, mark)))
                return found
            },
            Endpoint(Operations.acknowledgeAlert) { (_, input) throws(Problem) in
                var alert = Alert.example
                (alert.id, alert.note) = (input.id, input.note)
                return alert
            },
            Endpoint(Operations.putArticle) { (_, input) throws(Problem) in
                var article = Article()
                (article.path, article.passages) = (input.path, Int64(input.markdown.utf8.count))
                return article
            },
            Endpoint(Operations.revokeKey) { [self] (_, input) throws(Problem) in revoke(input.id) },
        ]
    }
}

// MARK: What it does
extension FakeDesk {
    @discardableResult
    func newConversation(of customer: ID<Customer>, subject: String = "") -> Conversation {
        let made = state.withLockedValue { state in
            var made = Conversation()
            (made.id, made.customer, made.subject) = (ID(state.nextID()), customer, subject)
            made.owner = Conversation.assistantOwner
            state.conversations[made.id.number] = made
            return made
        }
        bus.publish(.conversationChanged(made))
        return made
    }

    /// Writes a message as the desk itself, and tells the bus.
    @discardableResult
    func write(_ text: String, in id: ID<Conversation>, author: Message.Author = .assistant) -> Message {
        let (message, conversation) = state.withLockedValue { state in
            append(text, cid: nil, author, "", to: id, &state)
        }
        bus.publish(.messagePosted(message))
        if let conversation { bus.publish(.conversationChanged(conversation)) }
        return message
    }

    func revoke(_ key: ID<APIKey>) -> APIKey {
        state.withLockedValue { state in
            state.callers = state.callers.filter { $0.value.identity != .key(key) }
        }
        bus.publish(.keyRevoked(key))
        var revoked = APIKey.example
        revoked.id = key
        return revoked
    }

    func change(_ id: ID<Conversation>, _ body: (inout Conversation) -> Void) {
        let changed: Conversation? = state.withLockedValue { state in
            guard var conversation = state.conversations[id.number] else { return nil }
            body(&conversation)
            state.conversations[id.number] = conversation
            return conversation
        }
        if let changed { bus.publish(.conversationChanged(changed)) }
    }

    private func conversation(_ id: ID<Conversation>, for caller: Caller) async throws(Problem) -> Conversation {
        guard await may(caller, see: id), let found = state.withLockedValue({ $0.conversations[id.number] }) else {
            throw Problem(.notFound, "there is no conversation \(id)")
        }
        return found
    }

    private func newCustomer(_ input: CreateCustomer) -> Customer {
        state.withLockedValue { state in
            var customer = Customer()
            customer.customer = ID(state.nextID() + 1000)
            customer.token = "customer\(customer.customer)"
            state.callers[customer.token] = Caller(
                identity: .customer(customer.customer), role: .customer, name: input.name)
            return customer
        }
    }

    private func post(_ input: PostMessage, as caller: Caller) throws(Problem) -> Message {
        let author: Message.Author = input.note ? .note : caller.isStaff ? .agent : .customer
        guard caller.isStaff || !input.note else { throw Problem(.forbidden, "notes are for staff") }
        let result: (Message, Conversation?) = state.withLockedValue { state in
            let known = state.messages[input.id.number]?.first { $0.cid == input.cid && input.cid != nil }
            if var known {
                known.duplicate = true
                return (known, nil)
            }
            return append(input.text, cid: input.cid, author, caller.name, to: input.id, &state)
        }
        if result.0.duplicate == nil { bus.publish(.messagePosted(result.0)) }
        if let conversation = result.1 { bus.publish(.conversationChanged(conversation)) }
        return result.0
    }

    private func append(
        _ text: String, cid: ULID?, _ author: Message.Author, _ name: String, to id: ID<Conversation>,
        _ state: inout State
    ) -> (Message, Conversation?) {
        var message = Message()
        (message.id, message.conversation, message.text) = (ID(state.nextID()), id, text)
        (message.author, message.authorName, message.cid) = (author, name, cid)
        message.offset = Int64(state.messages[id.number, default: []].count + 1)
        state.messages[id.number, default: []].append(message)
        state.conversations[id.number]?.lastOffset = message.offset
        return (message, state.conversations[id.number])
    }

    private func claim(_ input: ClaimConversation, as caller: Caller) throws(Problem) -> Conversation {
        let outcome: (Conversation?, Bool) = state.withLockedValue { state in
            guard var found = state.conversations[input.id.number] else { return (nil, false) }
            guard found.owner == Conversation.assistantOwner || found.owner == caller.actor else {
                return (found, false)
            }
            (found.owner, found.ownerName, found.status) = (caller.actor, caller.name, .open)
            state.conversations[input.id.number] = found
            return (found, true)
        }
        guard let conversation = outcome.0 else { throw Problem(.notFound, "there is no conversation \(input.id)") }
        guard outcome.1 else {
            throw Problem(
                .alreadyClaimed, "\(conversation.ownerName ?? "somebody") has it",
                current: ["owner": .string(conversation.owner ?? "")])
        }
        bus.publish(.conversationChanged(conversation))
        return conversation
    }
}
