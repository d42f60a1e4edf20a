public import DeskAPI
internal import Terminal
public import Vocabulary

extension ConsoleState {
    /// Takes what happened.
    ///
    /// - Returns: what is to be done about it, such as reading what was missed, or ringing the bell.
    @discardableResult
    public mutating func take(_ news: DeskNews, at now: Timestamp) -> [DeskRequest] {
        self.now = max(self.now, now)
        switch news {
        case .event(let event): return take(event)
        case .connection(let state): return take(state)
        case .missed:
            facts.stale = Set(Topic.allCases)
            return start(readingAgain())
        }
    }

    private mutating func take(_ event: DeskEvent) -> [DeskRequest] {
        let call = call(of: event)
        var changes = facts.take(event, at: now)
        if case .conversation(let id)? = changes.last, changes.count == 1 {
            // Putting thousands in order takes milliseconds: once a frame is enough, however many changed.
            unsettled = id
            changes = []
        }
        var requests = tell(changes)
        if let call { requests.append(.call(call)) }
        return requests
    }

    /// Puts the lists of conversations in order, before a key acts on them and before they are drawn.
    @discardableResult
    public mutating func settle() -> [DeskRequest] {
        guard let id = unsettled else { return [] }
        unsettled = nil
        return tell([.conversation(id)])
    }

    private mutating func take(_ state: ConnectionState) -> [DeskRequest] {
        let wasLive = facts.connection.isLive
        facts.take(state, at: now)
        if case .offline(let reason, _) = state, wasLive {
            notices.show("Cut off from the desk: \(reason). Trying again by itself.", .warning, at: now)
        }
        let changes = tell([.status])
        guard facts.connection.isLive, !wasLive else { return changes }
        return changes + start(readingAgain())
    }

    /// What must be read again: every doubtful topic that is not being read.
    private func readingAgain() -> [DeskRequest] {
        let topics = Topic.allCases.filter { facts.stale.contains($0) }.map(\.request)
        return (topics + [.listOccurrences(ListOccurrences())]).filter { !underWay.contains($0) }
    }

    /// Tells every pane what changed.
    mutating func tell(_ changes: [FactChange]) -> [DeskRequest] {
        guard !changes.isEmpty else { return [] }
        var turn = makeTurn()
        for change in changes {
            for pane in Panes.all { pane.receive(change, &self, &turn) }
        }
        return finish(turn)
    }

    /// What calls a person who may look elsewhere: a new critical alert, a new wait in the queue, or a conversation that
    /// somebody else gave them.
    private func call(of event: DeskEvent) -> SafeText? {
        switch event {
        case .alertChanged(let record):
            let isNew = facts.alerts[record.id]?.condition != .firing
            guard record.condition == .firing, record.acknowledgedBy == nil, record.suppression == .none, isNew,
                record.severity == .critical
            else {
                return nil
            }
            return SafeText(untrusted: record.summary, limit: 160).oneLine
        case .notified(let record):
            guard record.user == facts.actor, record.acknowledgedAt == nil, record.kind != .assigned else { return nil }
            let row = NotificationRow(record)
            let who = facts.conversations[row.conversation]?.customerName ?? "#\(row.conversation)"
            return "\(row.reason), \(who): \(row.text)"
        case .conversationChanged(let record):
            let who = SafeText(untrusted: record.customerName, limit: 80).oneLine
            let before = facts.conversations[record.id]
            if record.status == .open, let actor = facts.actor, record.owner == actor, let before,
                before.owner != actor,
                !underWay.contains(where: { $0.takes(record.id) })
            {
                return "\(who) was given to you"
            }
            guard record.status == .waiting, before?.status != .waiting else { return nil }
            return "\(who) waits for a person"
        default: return nil
        }
    }

    /// Lets time pass: messages go, typing is forgotten, what could not be read is asked for again.
    @discardableResult
    public mutating func tick(at now: Timestamp) -> [DeskRequest] {
        self.now = max(self.now, now)
        notices.expire(at: self.now)
        facts.forget(at: self.now)
        let due = retries.filter { $0.value <= self.now }.keys
        guard !due.isEmpty else { return tellPresence() }
        let requests = Topic.allCases.filter(due.contains).map(\.request)
        for topic in due { retries[topic] = nil }
        return (facts.connection.isLive ? start(requests) : []) + tellPresence()
    }

    /// When ``tick(at:)`` and a new frame are wanted at the latest.
    ///
    /// While samples come, each brings a frame with it: the clock alone then needs none. While nobody looks they come
    /// together every five seconds.
    public var nextTick: Timestamp {
        let isFed = facts.host?.newest.map { now - $0.at < .seconds(3) } ?? false
        let wholeSecond = Timestamp(milliseconds: (now.wholeSeconds + 1) * 1000)
        let second = !isFocused ? now + .seconds(6) : isFed ? now + .milliseconds(1250) : wholeSecond
        return min(second, notices.nextExpiry ?? second, retries.values.min() ?? second)
    }
}

extension DeskRequest {
    /// Whether the person takes a conversation with it.
    fileprivate func takes(_ id: ID<Conversation>) -> Bool {
        switch self {
        case .claim(let claim): claim.id == id
        case .post(let post): post.id == id && !post.note
        default: false
        }
    }
}
