internal import DeskAPI
internal import Vocabulary

/// How much of a target is used up: it runs while the customer waits for the desk, and stands still otherwise.
struct ServiceClock: Equatable, Sendable {
    /// Working time that was used before it began to run last; `nil` before it ever ran.
    var spent: Duration?
    /// Since when it runs; `nil` while it stands still.
    var since: Timestamp?

    /// Runs, the first time from the beginning of the wait, later from now.
    mutating func run(first: Timestamp, at now: Timestamp) {
        guard since == nil else { return }
        since = spent == nil ? first : now
        spent = spent ?? .zero
    }

    mutating func pause(at now: Timestamp, _ hours: BusinessHours) {
        guard let since else { return }
        spent = (spent ?? .zero) + hours.elapsed(from: since, to: now)
        self.since = nil
    }

    /// When a share of the target is used up if it goes on running; `nil` while it stands still.
    func end(of target: Duration, share: Double = 1, _ hours: BusinessHours) -> Timestamp? {
        guard let since else { return nil }
        let left = target * share - (spent ?? .zero)
        // What is late already was so when the last of it was used.
        return left <= .zero ? since : hours.moment(left, after: since)
    }
}

/// The clocks of one conversation, and what was said about them.
struct ServiceClocks: Equatable, Sendable {
    /// The wait for a reply, begun anew with every question that follows one.
    var reply = ServiceClock()
    /// The question that ``reply`` belongs to: since when its customer waits.
    var question: Timestamp?
    /// Everything that the customer waited for.
    var resolution = ServiceClock()
    /// The question whose lateness was told.
    var toldQuestion: Timestamp?
    /// Whether it was told that the whole takes too long.
    var isResolutionTold = false

    /// The share of a target after which it is urgent.
    static let warning = 0.8

    /// Follows where the conversation stands now, and writes into it what is due next.
    mutating func follow(_ conversation: inout Conversation, _ plan: SupportPlan, at now: Timestamp) {
        let runs = conversation.waitingSince != nil && (conversation.status == .waiting || conversation.status == .open)
        if conversation.waitingSince != question {
            reply = ServiceClock()
            question = conversation.waitingSince
        }
        if runs, let since = conversation.waitingSince {
            reply.run(first: since, at: now)
            resolution.run(first: since, at: now)
        } else {
            reply.pause(at: now, plan.hours)
            resolution.pause(at: now, plan.hours)
        }
        judge(&conversation, plan)
    }

    /// Writes what is due next: the nearer of the reply and the whole; a whole that was told to be late hides no reply.
    func judge(_ conversation: inout Conversation, _ plan: SupportPlan) {
        let kind: Conversation.Target = conversation.firstReplyAt == nil ? .firstReply : .nextReply
        let found = [(kind, reply), (.resolution, resolution)].compactMap { kind, clock -> Due? in
            guard let length = plan.targets.length(of: kind, for: conversation.priority),
                let end = clock.end(of: length, plan.hours)
            else { return nil }
            return Due(
                kind: kind, end: end, warn: clock.end(of: length, share: ServiceClocks.warning, plan.hours) ?? end)
        }
        let open = isResolutionTold && found.count > 1 ? found.filter { $0.kind != .resolution } : found
        let next = open.min { ($0.end, $0.kind.rawValue) < ($1.end, $1.kind.rawValue) }
        conversation.dueAt = next?.end
        conversation.dueFor = next?.kind
        conversation.warnAt = next?.warn
    }

    private struct Due {
        let kind: Conversation.Target
        let end, warn: Timestamp
    }
}
