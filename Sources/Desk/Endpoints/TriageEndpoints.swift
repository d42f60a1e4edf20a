internal import Conversations
internal import DeskAPI
internal import Security
internal import Vocabulary

extension EndpointTable {
    /// How conversations are filed, put aside, given on, rated and found, and what is done with customers.
    var triage: [Endpoint] {
        let conversations = parts.conversations
        let security = parts.security
        let suggestions = SuggestionDesk(parts: parts, models: modelDesk, clock: clock)
        return [
            bind(Operations.updateConversation) { caller, input, now in
                try await conversations.update(input, by: caller, at: now)
            },
            bind(Operations.snoozeConversation) { caller, input, now in
                try await conversations.snooze(input, by: caller, at: now)
            },
            bind(Operations.wakeConversation) { caller, input, now in
                try await conversations.wake(input.id, by: caller, at: now)
            },
            bind(Operations.transferConversation) { caller, input, now in
                let colleague = try await EndpointTable.colleague(input.to, caller, security, at: now)
                return try await conversations.transfer(
                    input, to: colleague.actor, named: colleague.name, by: caller, at: now)
            },
            bind(Operations.rateConversation) { caller, input, now in
                try await conversations.rate(input, by: caller, at: now)
            },
            bind(Operations.readConversation) { caller, input, _ in try await conversations.read(input, by: caller) },
            bind(Operations.keepDraft) { caller, input, now in
                try await conversations.keep(input, of: caller, at: now)
            },
            bind(Operations.showDraft) { caller, input, _ in
                try await conversations.draft(in: input.id, of: caller)
            },
            bind(Operations.setAvailability) { caller, input, now in
                let availability = try await conversations.set(input, of: caller, at: now)
                try await conversations.assignWaiting(at: now)
                return availability
            },
            bind(Operations.listAvailability) { _, _, now in try await conversations.availability(at: now) },
            bind(Operations.setPresence) { caller, input, now in try conversations.set(input, of: caller, at: now) },
            bind(Operations.listPresence) { caller, _, _ in
                guard caller.isStaff else { throw Problem(.forbidden, "only staff sees who is there") }
                return List(conversations.present())
            },
            bind(Operations.suggestReply) { caller, input, _ in try await suggestions.suggest(input.id, to: caller) },
            bind(Operations.listSuggestionOutcomes) { _, _, _ in try await conversations.suggestionOutcomes() },
            bind(Operations.listReplies) { _, _, _ in List(conversations.plan.replies) },
            bind(Operations.searchMessages) { _, input, _ in try await conversations.search(input) },
            bind(Operations.importConversation) { caller, input, now in
                try await conversations.importing(input, by: caller, at: now)
            },
            bind(Operations.showCustomer) { _, input, _ in try await conversations.customer(input.customer) },
            bind(Operations.blockCustomer) { caller, input, now in
                try await conversations.block(input, by: caller, at: now)
            },
            bind(Operations.deleteCustomer) { caller, input, now in
                try await conversations.delete(input.customer, by: caller, at: now)
            },
        ]
    }

    /// Who a name or an actor means: a key that is in force and may take conversations.
    private static func colleague(
        _ text: String, _ caller: Caller, _ security: Security, at now: Timestamp
    ) async throws -> (actor: String, name: String) {
        if text == caller.actor || text.lowercased() == caller.name.lowercased() { return (caller.actor, caller.name) }
        let keys = try await security.listKeys().items.filter { key in
            key.revokedAt == nil && key.expiresAt.map { $0 > now } ?? true
                && key.role.scopes.contains(.conversationsClaim)
        }
        let found = keys.filter { "u:\($0.id)" == text || $0.name.lowercased() == text.lowercased() }
        if found.count > 1 {
            let actors = found.map { "u:\($0.id)" }.joined(separator: ", ")
            throw Problem(.invalidField, "to: \"\(text)\" is the name of several keys: say which of \(actors)")
        }
        guard let key = found.first else {
            let names = keys.map(\.name).sorted().prefix(20).joined(separator: ", ")
            let known = names.isEmpty ? "no key may take conversations" : "there are \(names)"
            throw Problem(.invalidField, "to: nobody is called \"\(text)\"; \(known)")
        }
        return ("u:\(key.id)", key.name)
    }
}
