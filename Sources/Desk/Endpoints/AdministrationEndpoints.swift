internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Security

extension EndpointTable {
    /// Keys, audit, articles, and who the caller is.
    var administration: [Endpoint] {
        let security = parts.security
        let knowledge = parts.knowledge
        return [
            bind(Operations.listKeys) { _, _, _ in try await security.listKeys() },
            bind(Operations.createKey) { caller, input, now in
                guard input.role != .customer else {
                    throw Problem(FieldFault("role must be agent, sre, admin or host-agent: customers get tokens"))
                }
                return try await security.createKey(input, by: caller, at: now)
            },
            bind(Operations.revokeKey) { caller, input, now in
                try await security.revokeKey(input.id, by: caller, at: now)
            },
            bind(Operations.listAudit) { _, input, _ in try await security.listAudit(input) },
            bind(Operations.searchKnowledge) { _, input, _ in
                List(
                    await knowledge.current().search(input.query, limit: Int(input.limit)).map { hit in
                        var passage = Passage()
                        (passage.path, passage.title) = (hit.passage.path, hit.passage.title)
                        (passage.section, passage.text) = (hit.passage.section, hit.passage.text)
                        passage.confidence = hit.confidence
                        return passage
                    })
            },
            bind(Operations.listArticles) { _, _, _ in try await knowledge.articles.list() },
            bind(Operations.putArticle) { caller, input, now in
                try await knowledge.put(input, by: caller, at: now)
            },
            bind(Operations.showIdentity) { caller, _, _ in Identity(of: caller) },
        ]
    }
}

extension Identity {
    fileprivate init(of caller: Caller) {
        self.init()
        actor = caller.actor
        name = caller.name
        role = caller.role
        scopes = (caller.role?.scopes ?? []).map(\.rawValue).sorted()
    }
}
