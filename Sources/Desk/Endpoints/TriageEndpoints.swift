internal import Conversations
internal import DeskAPI
internal import Security
internal import Vocabulary

extension EndpointTable {
    /// How conversations are filed, put aside, given on, rated and found, and what is done with customers.
    var triage: [Endpoint] {
        let conversations = parts.conversations
        let security = parts.security
        let colleagues = ColleagueBook(security: security, conversations: conversations)
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
                let colleague = try await colleagues.find(input.to, for: caller, at: now)
                return try await conversations.transfer(
                    input, to: colleague.user, named: colleague.name, by: caller, at: now)
            },
            bind(Operations.rateConversation) { caller, input, now in
                try await conversations.rate(input, by: caller, at: now)
            },
            bind(Operations.createRatingLink) { caller, input, now in
                let conversation = try await conversations.show(input.id, to: caller)
                if let rating = conversation.rating {
                    throw Problem(.alreadyRated, "conversation \(input.id) was rated \(rating) of 5; that stays")
                }
                return security.ratingLink(for: input.id, at: now)
            },
            bind(Operations.rateByLink) { _, input, now in
                let id = try security.conversation(ratedBy: input.token, at: now)
                let rated = try await conversations.rate(input, of: id, at: now)
                return RatingReceipt(rating: rated.rating ?? input.rating)
            },
            bind(Operations.readConversation) { caller, input, now in
                try await conversations.read(input, by: caller, at: now)
            },
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
            bind(Operations.listCustomerPresence) { caller, _, _ in
                guard caller.isStaff else { throw Problem(.forbidden, "only staff sees who is there") }
                return List(conversations.presentCustomers())
            },
            bind(Operations.showAttendance) { _, _, now in conversations.attendance(at: now) },
            bind(Operations.leaveContact) { caller, input, now in
                try await conversations.leave(input, by: caller, at: now)
            },
            bind(Operations.listViews) { _, _, _ in List(conversations.plan.views) },
            bind(Operations.listMacros) { _, _, _ in List(conversations.plan.macros) },
            bind(Operations.runMacro) { caller, input, now in
                let macros = conversations.plan.macros
                guard let macro = macros.first(where: { $0.name == input.name }) else {
                    let hint = macros.map(\.name).nearest(to: input.name).map { "; did you mean \($0)?" } ?? ""
                    throw Problem(.invalidField, "name: there is no macro \"\(input.name)\"\(hint)")
                }
                var receiver: Colleague?
                if let step = macro.steps.first(where: { $0.deed == .give }) {
                    receiver = try await colleagues.find(step.with ?? "", for: caller, at: now)
                }
                let notes = macro.steps.filter { $0.deed == .note }.compactMap(\.with).joined(separator: "\n")
                let mentioned =
                    notes.contains("@") ? Colleague.named(in: notes, among: try await colleagues.all(at: now)) : []
                return try await conversations.run(
                    macro, input, to: receiver, mentioning: mentioned, by: caller, at: now)
            },
            bind(Operations.listNotifications) { caller, input, _ in
                try await conversations.notifications(input, of: caller)
            },
            bind(Operations.acknowledgeNotifications) { caller, input, now in
                try await conversations.acknowledge(input, by: caller, at: now)
            },
            bind(Operations.listColleagues) { _, _, now in List(try await colleagues.all(at: now)) },
            bind(Operations.suggestReply) { caller, input, _ in try await suggestions.suggest(input.id, to: caller) },
            bind(Operations.listSuggestionOutcomes) { _, _, _ in try await conversations.suggestionOutcomes() },
            bind(Operations.listReplies) { _, _, _ in List(conversations.plan.replies) },
            bind(Operations.searchMessages) { _, input, _ in try await conversations.search(input) },
            bind(Operations.importConversation) { caller, input, now in
                try await conversations.importing(input, by: caller, at: now)
            },
            bind(Operations.showCustomer) { _, input, _ in try await conversations.customer(input.customer) },
            bind(Operations.updateCustomer) { caller, input, now in
                try await conversations.update(input, by: caller, at: now)
            },
            bind(Operations.mergeCustomers) { caller, input, now in
                try await conversations.merge(input, by: caller, at: now)
            },
            bind(Operations.blockCustomer) { caller, input, now in
                try await conversations.block(input, by: caller, at: now)
            },
            bind(Operations.deleteCustomer) { caller, input, now in
                try await conversations.delete(input.customer, by: caller, at: now)
            },
        ]
    }
}
