internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary
internal import YAML

extension Conversations {
    /// However quiet it is, the shares of the last day are counted anew when they are this old.
    static let longestQuiet = Duration.seconds(10)

    /// Takes up again what was put aside until now, and says in the transcript of what is late that it is; each once.
    ///
    /// The store is read only when something was written since, or something is due.
    ///
    /// - Returns: how many conversations changed; with many at once more may be left for the next call.
    /// - Throws: ``StorageFailure``.
    @discardableResult
    public nonisolated(nonsending) func lookAfter(at now: Timestamp) async throws -> Int {
        let version = database.version
        if quietBox.withLockedValue({ $0.lookAfter?.lasts(in: database, at: now) }) ?? false { return 0 }
        let timeout = plan.queueTimeout
        let outlook = try await database.read { try Outlook(in: $0, timeout: timeout, at: now) }
        pulseBox.withLockedValue { $0 = outlook.pulse }
        let due = outlook.sleeping.count + outlook.late.count + outlook.left.count
        guard due > 0 else {
            let quiet = QuietTime(
                version: version, from: now, until: outlook.next, longest: Conversations.longestQuiet)
            quietBox.withLockedValue { $0.lookAfter = quiet }
            return 0
        }
        for id in outlook.sleeping { try await wake(id, at: now) }
        for id in outlook.late { try await tellLate(id, at: now) }
        for id in outlook.left { try await giveToAssistant(id, at: now) }
        return due
    }

    private func wake(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let until = change.conversation.snoozedUntil, until <= now,
                let marker = try change.conversation.wake(by: nil, at: now)
            else { return }
            try change.append(.remark(marker), at: now)
            _ = try change.save(publishingOn: bus, at: now)
        }
    }

    /// Ends a wait in the queue that nobody came for.
    private func giveToAssistant(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let timeout = plan.queueTimeout, let since = change.conversation.waitingSince,
                since <= now - timeout,
                let marker = change.conversation.stopWaiting(after: timeout.shorthand, at: now)
            else { return }
            try change.append(.marker(marker), at: now)
            _ = try change.save(publishingOn: bus, at: now)
        }
    }

    private func tellLate(_ id: ID<Conversation>, at now: Timestamp) async throws {
        let plan = plan
        _ = try await database.write { [bus] transaction in
            var change = try ConversationChange(of: id, by: .assistant, plan, in: transaction)
            guard let due = change.conversation.dueAt, due <= now, let kind = change.conversation.dueFor,
                change.clocks.tell(kind)
            else { return }
            let target = plan.targets.length(of: kind, for: change.conversation.priority)?.shorthand ?? ""
            let words = "\(kind.title) is late: the target is \(target)"
            let remark = try change.append(.remark(words), at: now)
            if let owner = change.conversation.owner, owner.hasPrefix("u:") {
                change.notify(owner, .late, words, about: remark.offset, at: now)
            }
            _ = try change.save(publishingOn: bus, at: now)
        }
    }
}

extension ServiceClocks {
    /// Notes that lateness is told; `false` when it was before.
    fileprivate mutating func tell(_ kind: Conversation.Target) -> Bool {
        if kind == .resolution {
            defer { isResolutionTold = true }
            return !isResolutionTold
        }
        guard toldQuestion != question else { return false }
        toldQuestion = question
        return true
    }
}

extension Conversation.Target {
    fileprivate var title: String {
        switch self {
        case .firstReply: "The first reply"
        case .nextReply: "The next reply"
        case .resolution: "The solution"
        }
    }
}
