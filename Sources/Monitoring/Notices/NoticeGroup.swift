internal import DeskAPI
internal import Vocabulary

/// The notices for one receiver that are told together: decides when a message goes out, and what it says.
///
/// It is loaded and stored in the transaction that changes it, so that what it decided and what it knows never part.
struct NoticeGroup: Equatable, Sendable {
    /// A notice that waits to be told.
    struct Waiting: Equatable, Sendable {
        /// The delivery's number.
        let delivery: Int64
        var entry: NoticeEntry
    }

    /// What is known of an alert at the moment of the decision.
    struct Knowledge: Equatable, Sendable {
        /// The alert now; `nil` when it is no longer kept.
        var now: Alert?
        /// Whether the receiver was told that it fires.
        var isTold: Bool
        /// Whether a message that tells the receiver is still on its way.
        var isBeingTold: Bool
    }

    /// What a decision makes of the waiting notices.
    struct Decision: Equatable {
        /// What the message says; empty for no message.
        var entries: [NoticeEntry] = []
        /// The deliveries that the message carries.
        var carried: [Int64] = []
        /// Those that need not be told any more.
        var superseded: [Int64] = []

        /// Whether the message tells already that this alert is over: several steps of it lead here.
        func tells(endOf entry: NoticeEntry) -> Bool {
            entry.isEnd && entries.contains { $0.isEnd && $0.alert.id == entry.alert.id }
        }
    }

    /// How many notices go into one message.
    static let messageLimit = 100

    var timing: NoticeTiming
    var flushAt: Timestamp?
    var repeatAt: Timestamp?
    var lastSentAt: Timestamp?

    /// A notice was added: the first waits for others, later ones until the interval since the last message is over.
    mutating func note(timing: NoticeTiming, at now: Timestamp) {
        self.timing = timing
        guard flushAt == nil else { return }
        let soonest = now + timing.wait
        flushAt = lastSentAt.map { max(soonest, $0 + timing.interval) } ?? soonest
    }

    /// The time has come: which of the waiting notices are told.
    ///
    /// - Parameters:
    ///   - waiting: In the order in which they happened.
    ///   - quiet: What must wait, and until when.
    mutating func flush(
        _ waiting: [Waiting], at now: Timestamp, quiet: QuietMoment, knowing: (ID<Alert>) -> Knowledge
    ) -> Decision {
        var decision = Decision()
        var known: [ID<Alert>: Knowledge] = [:]
        var next: Timestamp?
        for notice in waiting {
            let id = notice.entry.alert.id
            let knowledge = known[id] ?? knowing(id)
            known[id] = knowledge
            if let end = quiet.end(for: notice.entry.alert.severity), !isNeedless(notice.entry, knowledge) {
                next = min(next ?? end, end)
            } else if notice.entry.isEnd, knowledge.isBeingTold, !knowledge.isTold {
                // The end follows the beginning, which is still on its way in another message.
                next = min(next ?? .distant, now + .seconds(5))
            } else if isNeedless(notice.entry, knowledge) || decision.tells(endOf: notice.entry) {
                decision.superseded.append(notice.delivery)
            } else if decision.entries.count == NoticeGroup.messageLimit {
                next = now
            } else {
                decision.carried.append(notice.delivery)
                decision.entries.append(current(notice.entry, knowledge))
                known[id]?.isTold = true
            }
        }
        flushAt = next
        return decision
    }

    /// The time has come to tell again what fires and nobody acknowledged.
    ///
    /// - Parameter told: The alerts of the group that the receiver was told of, as they are now.
    mutating func remind(_ told: [Alert], at now: Timestamp, quiet: QuietMoment) -> [NoticeEntry] {
        let calling = told.filter(\.callsForPeople)
        let loud = calling.filter { quiet.end(for: $0.severity) == nil }
        if calling.isEmpty {
            repeatAt = nil
        } else {
            let held = calling.compactMap { quiet.end(for: $0.severity) }.min()
            repeatAt = loud.isEmpty ? held : now + timing.again
        }
        return loud.map { NoticeEntry(alert: $0, reason: nil, at: now) }
    }

    /// The receiver took a message.
    mutating func sent(_ entries: [NoticeEntry], at now: Timestamp) {
        lastSentAt = now
        if entries.contains(where: { !$0.isEnd }) { repeatAt = now + timing.again }
    }

    /// The clock was set: every moment moves with it.
    mutating func shift(by step: Duration) {
        flushAt = flushAt.map { $0 + step }
        repeatAt = repeatAt.map { $0 + step }
        lastSentAt = lastSentAt.map { $0 + step }
    }

    private func isNeedless(_ entry: NoticeEntry, _ knowledge: Knowledge) -> Bool {
        switch entry.reason {
        // Nobody is told of an end whose beginning they never heard of.
        case .resolved: return !knowledge.isTold && !knowledge.isBeingTold
        // It was over, or somebody had it, before the call went out.
        case .calledAgain, .escalated: return knowledge.now?.callsForPeople == false
        case .fired, .flapping, nil: return knowledge.now?.isOpen == false && !knowledge.isTold
        }
    }

    private func current(_ entry: NoticeEntry, _ knowledge: Knowledge) -> NoticeEntry {
        guard !entry.isEnd, let alert = knowledge.now, alert.isOpen else { return entry }
        var entry = entry
        entry.alert = alert
        return entry
    }
}

extension Alert {
    /// Whether a person must look, nobody does, and nothing keeps it quiet.
    var callsForPeople: Bool { condition == .firing && !isAcknowledged && suppression == .none }
}

extension Timestamp {
    fileprivate static var distant: Timestamp { Timestamp(milliseconds: 253_402_300_799_000) }
}
