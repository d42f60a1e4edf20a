internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Does with a conversation what a macro says, in one commit: all of it, or nothing.
    ///
    /// The caller's draft stays as it is: only the words of the macro are sent.
    ///
    /// - Parameters:
    ///   - colleague: who the macro gives the conversation to, if it gives it to anybody.
    ///   - mentioned: who its note names.
    /// - Throws: ``Problem`` `.notFound`, `.alreadyClaimed`, `.conversationClosed`, `.invalidField`; ``StorageFailure``.
    public func run(
        _ macro: Macro, _ request: RunMacro, to colleague: Colleague?, mentioning mentioned: [Colleague] = [],
        by caller: Caller, at now: Timestamp
    ) async throws -> Conversation {
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: request.id, by: caller, plan, in: transaction)
            if let cid = request.cid, try transaction.message(in: request.id, cid: cid) != nil {
                return change.conversation
            }
            try change.conversation.requireUnresolved()
            try change.conversation.requireRight(of: caller)
            for step in macro.steps {
                try transaction.take(step, of: request, to: colleague, mentioned, by: caller, &change, at: now)
            }
            try change.readToEnd(at: now)
            try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: "conversation.macro",
                    subject: "conversation:\(request.id)", detail: macro.name),
                in: transaction)
            return try change.save(publishingOn: bus, at: now)
        }
    }
}

extension Transaction {
    fileprivate func take(
        _ step: MacroStep, of request: RunMacro, to colleague: Colleague?, _ mentioned: [Colleague],
        by caller: Caller, _ change: inout ConversationChange, at now: Timestamp
    ) throws {
        let with = step.with ?? ""
        switch step.deed {
        case .reply:
            if let marker = change.conversation.takeByReplying(caller, at: now) {
                try change.append(.marker(marker), at: now)
            }
            try run("DELETE FROM assignment WHERE conversation = ?", request.id)
            let text = filled(with, change.conversation, caller)
            try change.append(.init(author: .agent, name: caller.name, text: text, cid: request.cid), at: now)
        case .note:
            let text = filled(with, change.conversation, caller)
            let note = try change.append(.init(author: .note, name: caller.name, text: text), at: now)
            for colleague in mentioned where colleague.user != caller.actor {
                change.notify(colleague.user, .mention, text, about: note.offset, at: now)
            }
        case .tag, .untag, .priority:
            var update = UpdateConversation(request.id)
            switch step.deed {
            case .tag: update.tags = change.conversation.tags + [with]
            case .untag: update.tags = change.conversation.tags.filter { $0 != with }
            default: update.priority = Conversation.Priority(rawValue: with)
            }
            _ = try change.conversation.file(update, at: now)
        case .give:
            guard let colleague else { return }
            let marker = try change.conversation.give(to: colleague.user, named: colleague.name, by: caller, at: now)
            if let marker { try change.append(.marker(marker), at: now) }
        case .snooze:
            let until = Int64(with).map { now + .seconds(60 * $0) }
            let marker = try change.conversation.snooze(by: caller, until: until, at: now)
            if let marker { try change.append(.remark(marker), at: now) }
        case .release:
            let target = ReleaseConversation.Target(rawValue: with) ?? .queue
            let marker = try change.conversation.release(by: caller, to: target, at: now)
            if let marker { try change.append(.marker(marker), at: now) }
        case .resolve:
            if let marker = try change.conversation.resolve(by: caller, at: now) {
                try change.append(.marker(marker), at: now)
            }
        }
    }

    private func filled(_ text: String, _ conversation: Conversation, _ caller: Caller) -> String {
        CannedReply(name: "", text: text).filled(
            customer: conversation.customerName, agent: caller.name, conversation: conversation.id,
            subject: conversation.subject)
    }
}
