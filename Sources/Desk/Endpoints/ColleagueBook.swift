internal import Conversations
internal import DeskAPI
internal import Security
internal import Vocabulary

/// Who works at the desk: whoever has a key that may take conversations, and whoever sits at the machine itself.
struct ColleagueBook: Sendable {
    let security: Security
    let conversations: Conversations

    /// Everybody, by name, with what they are doing now.
    ///
    /// - Throws: `StorageFailure`.
    func all(at now: Timestamp) async throws -> [Colleague] {
        let present = Dictionary(conversations.present().map { ($0.user, $0) }) { first, _ in first }
        var colleagues = try await security.listKeys().items.filter { key in
            key.revokedAt == nil && key.expiresAt.map { $0 > now } ?? true
                && key.role.scopes.contains(.conversationsClaim)
        }.map { Colleague(user: "u:\($0.id)", name: $0.name, state: present["u:\($0.id)"]?.state) }
        let known = Set(colleagues.map(\.user))
        for person in present.values where person.user == "u:local" && !known.contains(person.user) {
            colleagues.append(Colleague(user: person.user, name: person.name, state: person.state))
        }
        return colleagues.sorted { ($0.name.lowercased(), $0.user) < ($1.name.lowercased(), $1.user) }
    }

    /// Who a name or an actor means.
    ///
    /// - Throws: ``Problem`` `.invalidField` when nobody, or several; `StorageFailure`.
    func find(_ text: String, for caller: Caller, at now: Timestamp) async throws -> Colleague {
        if text == caller.actor || text.lowercased() == caller.name.lowercased() {
            return Colleague(user: caller.actor, name: caller.name)
        }
        let all = try await all(at: now)
        let found = all.filter { $0.user == text || $0.name.lowercased() == text.lowercased() }
        if found.count > 1 {
            let actors = found.map(\.user).joined(separator: ", ")
            throw Problem(.invalidField, "to: \"\(text)\" is the name of several keys: say which of \(actors)")
        }
        guard let colleague = found.first else {
            let names = all.map(\.name).prefix(20).joined(separator: ", ")
            let known = names.isEmpty ? "no key may take conversations" : "there are \(names)"
            throw Problem(.invalidField, "to: nobody is called \"\(text)\"; \(known)")
        }
        return colleague
    }
}
