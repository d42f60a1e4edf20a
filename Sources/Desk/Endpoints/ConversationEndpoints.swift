internal import Conversations
internal import DeskAPI
internal import Security

extension EndpointTable {
    /// What customers and agents do with conversations.
    var conversations: [Endpoint] {
        let conversations = parts.conversations
        let security = parts.security
        let colleagues = ColleagueBook(security: security, conversations: conversations)
        return [
            bind(Operations.createCustomer) { _, input, now in
                security.token(for: try await conversations.createCustomer(input, at: now), at: now)
            },
            bind(Operations.renewToken) { caller, _, now in
                guard case .customer(let customer) = caller.identity else {
                    throw Problem(.forbidden, "only customers' tokens are renewed; keys are made with `keys create`")
                }
                try await conversations.requireWelcome(customer)
                return security.token(for: customer, at: now)
            },
            bind(Operations.createConversation) { caller, input, now in
                try await conversations.create(input, by: caller, at: now)
            },
            bind(Operations.postMessage) { caller, input, now in
                guard input.note, caller.isStaff, input.text.contains("@") else {
                    return try await conversations.post(input, by: caller, at: now)
                }
                let mentioned = Colleague.named(in: input.text, among: try await colleagues.all(at: now))
                return try await conversations.post(input, by: caller, mentioning: mentioned, at: now)
            },
            bind(Operations.listConversations) { caller, input, _ in
                try await conversations.list(input, for: caller)
            },
            bind(Operations.showConversation) { caller, input, _ in
                try await conversations.show(input.id, to: caller)
            },
            bind(Operations.listMessages) { caller, input, _ in
                try await conversations.messages(input, for: caller)
            },
            bind(Operations.claimConversation) { caller, input, now in
                try await conversations.claim(input, by: caller, at: now)
            },
            bind(Operations.releaseConversation) { caller, input, now in
                try await conversations.release(input, by: caller, at: now)
            },
            bind(Operations.resolveConversation) { caller, input, now in
                try await conversations.resolve(input.id, by: caller, at: now)
            },
        ]
    }
}
