internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Somebody else answers the same customer.
enum Collision: Equatable, Sendable {
    /// A colleague is writing at this moment.
    case writing(SafeText)
    /// A colleague's reply came that the person did not have before their eyes when they began to write.
    case replied(SafeText, offset: Int64)

    /// What speaks against sending a reply; a reply that is there weighs more than one that is being written.
    ///
    /// - Parameter began: the newest message that was before the person's eyes when they began to write.
    init?(in id: ID<Conversation>, since began: Int64, _ facts: DeskFacts, at now: Timestamp) {
        let own = facts.identity.map { SafeText(untrusted: $0.name, limit: 80).oneLine }
        let unseen = facts.transcripts[id]?.entries.reversed().prefix { $0.offset > began }
        let typist = facts.typists[id]?.filter { $0.key.hasPrefix("u:") && $0.value.until > now }
            .min { $0.key < $1.key }?.value
        if let reply = unseen?.first(where: { $0.author == .agent && $0.authorName != own }) {
            self = .replied(reply.authorName, offset: reply.offset)
        } else if let writer = facts.viewers[id]?.first(where: { $0.state == .busy })?.name ?? typist?.name {
            self = .writing(writer)
        } else {
            return nil
        }
    }

    /// What is the matter, without the end of the sentence.
    var words: SafeText {
        switch self {
        case .writing(let name): "\(SafeText(untrusted: name.text, limit: 24)) is writing too"
        case .replied(let name, _): "\(SafeText(untrusted: name.text, limit: 24)) has replied meanwhile"
        }
    }

    /// Whether who was told of this knows of the other too.
    fileprivate func covers(_ other: Collision) -> Bool {
        switch (self, other) {
        case (_, .writing): true
        case (.writing, .replied): false
        case (.replied(_, let known), .replied(_, let offset)): offset <= known
        }
    }
}

/// The question whether a reply is to be sent although somebody else answers: sending once more says yes, any change
/// of the reply takes the question away.
struct SendQuestion: Equatable, Sendable {
    let conversation: ID<Conversation>
    /// The reply that is held.
    let text: SafeText
    let collision: Collision
    let at: Timestamp

    /// Whether it was asked about this reply, knowing as much.
    fileprivate func isAbout(_ text: SafeText, _ collision: Collision) -> Bool {
        self.text == text && self.collision.covers(collision)
    }
}

extension ConversationsPane.State {
    /// The question that the composer shows.
    var openQuestion: SendQuestion? {
        guard let asked = question, composing == .reply, opened == asked.conversation,
            drafts[DraftPlace(conversation: asked.conversation, kind: .reply)]?.text == asked.text
        else { return nil }
        return asked
    }

    /// The person begins to write to a customer: what stands there is before their eyes.
    mutating func begin(_ id: ID<Conversation>, _ facts: DeskFacts) {
        let newest = facts.transcripts[id]?.last ?? facts.conversations[id]?.lastOffset ?? 0
        began[id] = min(newest, anchor?.offset ?? newest)
    }

    /// Holds a reply back when somebody else answers the same customer and the person was not asked about it.
    mutating func holds(_ id: ID<Conversation>, _ facts: DeskFacts, at now: Timestamp) -> Bool {
        guard let draft = drafts[DraftPlace(conversation: id, kind: .reply)], !draft.isEmpty,
            let collision = Collision(in: id, since: began[id] ?? .max, facts, at: now)
        else {
            question = nil
            return false
        }
        if let asked = openQuestion, asked.isAbout(draft.text, collision) {
            guard TypeAhead.isOver(since: asked.at, now: now) else { return true }
            question = nil
            return false
        }
        question = SendQuestion(conversation: id, text: draft.text, collision: collision, at: now)
        return true
    }
}
