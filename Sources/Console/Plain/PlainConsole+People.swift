internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Who is there, and who has read what, in lines.
extension PlainConsole {
    /// A conversation with who is there besides.
    func told(_ row: ConversationRow) -> SafeText {
        PlainWords.conversation(row, facts.actor, at: now) + around(row.id)
    }

    /// The messages of a conversation, each with who has read up to it and no further.
    func told(_ entries: [TranscriptEntry], of id: ID<Conversation>) -> [SafeText] {
        guard !entries.isEmpty else { return [line("conversation \(id) has no messages")] }
        let seen = SeenMarks(id, facts)
        return entries.enumerated().flatMap { place, entry in
            let next = place + 1 < entries.count ? entries[place + 1] : nil
            let names = seen.marks(of: entry, before: next).map(\.name)
            let message = line(PlainWords.message(entry, in: id))
            return names.isEmpty ? [message] : [message, line("in \(id), seen by \(names.joined(separator: ", "))")]
        }
    }

    /// Whether the customer is there, and which colleagues have the conversation before their eyes.
    private func around(_ id: ID<Conversation>) -> SafeText {
        guard !isPast else { return "" }
        var people: [SafeText] = []
        if let customer = facts.customers[id] {
            people.append(
                customer.isOnline
                    ? "the customer is online" : "the customer is gone since \((now - customer.since).age)")
        }
        people += (facts.viewers[id] ?? []).map { viewer in
            switch viewer.state {
            case .busy: "\(viewer.name) is writing"
            case .active: "\(viewer.name) looks at it"
            case .idle, .gone: "\(viewer.name) has it open"
            }
        }
        return people.isEmpty ? "" : ". Now: \(people.joined(separator: ", "))"
    }
}
