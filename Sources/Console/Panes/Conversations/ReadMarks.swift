internal import DeskAPI
internal import Vocabulary

/// How far the person has read here, by conversation, and what the desk was told of it.
struct ReadMarks: Equatable, Sendable {
    private var read: [ID<Conversation>: Int64] = [:]
    /// What the desk was told last; one word about a conversation at a time.
    private var told: [ID<Conversation>: Int64] = [:]
    private var onTheirWay: Set<ID<Conversation>> = []
    private var hasBaseline = false

    /// What was there when the console started counts as read, unless it waits for the person: then the desk knows.
    mutating func start(_ rows: some Collection<ConversationRow>, for actor: String?) {
        guard !hasBaseline, !rows.isEmpty else { return }
        hasBaseline = true
        for row in rows where !row.waits(for: actor) { read[row.id] = row.lastOffset }
    }

    /// The person has seen a conversation up to a message.
    mutating func saw(_ conversation: ID<Conversation>, upTo offset: Int64) {
        read[conversation] = max(offset, read[conversation] ?? 0)
    }

    /// Whether the desk is to be told now how far the person has read; it then counts as on its way.
    mutating func tell(_ conversation: ID<Conversation>, _ offset: Int64) -> Bool {
        guard offset > told[conversation] ?? 0, onTheirWay.insert(conversation).inserted else { return false }
        told[conversation] = offset
        return true
    }

    /// The desk has answered; what it refused is told again at the next look.
    mutating func settle(_ conversation: ID<Conversation>, isKnown: Bool) {
        onTheirWay.remove(conversation)
        if !isKnown { told[conversation] = nil }
    }

    /// The messages that the person has not seen in a conversation that waits for a person or is theirs.
    ///
    /// - Parameter known: how far they have read by what the desk knows, on whatever device.
    func unread(in row: ConversationRow, for actor: String?, known: Int64) -> Int64 {
        guard row.waits(for: actor) else { return 0 }
        return max(0, row.lastOffset - max(read[row.id] ?? 0, known))
    }
}

extension ConversationRow {
    /// Whether somebody's words are waited for here, and the person is one who could say them.
    fileprivate func waits(for actor: String?) -> Bool { isWaiting || (owner != nil && owner == actor) }
}
