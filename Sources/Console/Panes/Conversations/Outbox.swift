internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Messages that were sent and are not known to have arrived, by conversation.
struct Outbox: Equatable, Sendable {
    struct Letter: Equatable, Sendable {
        let cid: ULID
        let text: SafeText
        let isNote: Bool
        /// The newest message that the person knew of; `nil` when a colleague's reply does not matter.
        var after: Int64?
        let at: Timestamp
        /// Why it did not arrive; `nil` while it is under way.
        var failure: SafeText?
    }

    private(set) var letters: [ID<Conversation>: [Letter]] = [:]

    /// A conversation with something that did not arrive.
    var unsent: ID<Conversation>? { letters.keys.min() }

    func letters(to conversation: ID<Conversation>) -> [Letter] { letters[conversation] ?? [] }

    func hasFailure(in conversation: ID<Conversation>?) -> Bool {
        conversation.map { letters(to: $0).contains { $0.failure != nil } } ?? false
    }

    mutating func add(_ letter: Letter, to conversation: ID<Conversation>) {
        letters[conversation, default: []].append(letter)
    }

    /// The message of this key was committed.
    mutating func arrived(_ cid: ULID, in conversation: ID<Conversation>) {
        guard letters[conversation] != nil else { return }
        letters[conversation]?.removeAll { $0.cid == cid }
        if letters(to: conversation).isEmpty { letters[conversation] = nil }
    }

    /// The message of this key was refused or lost; its text stays.
    ///
    /// - Parameter isOvertaken: whether a colleague's reply was there before it: sending it again is then meant.
    mutating func failed(
        _ cid: ULID, in conversation: ID<Conversation>, why: SafeText, isOvertaken: Bool = false
    ) {
        guard let index = letters(to: conversation).firstIndex(where: { $0.cid == cid }) else { return }
        letters[conversation]?[index].failure = why
        if isOvertaken { letters[conversation]?[index].after = nil }
    }

    /// The failed messages of a conversation, under way once more with their old keys: what arrived after all is not
    /// written twice.
    mutating func sendAgain(in conversation: ID<Conversation>) -> [PostMessage] {
        var posts: [PostMessage] = []
        for (index, letter) in letters(to: conversation).enumerated() where letter.failure != nil {
            letters[conversation]?[index].failure = nil
            posts.append(
                PostMessage(
                    to: conversation, cid: letter.cid, text: letter.text.text, note: letter.isNote,
                    after: letter.after))
        }
        return posts
    }

    /// Takes the failed messages out and gives their texts back, one paragraph each.
    mutating func takeBack(from conversation: ID<Conversation>) -> SafeText? {
        let failed = letters(to: conversation).filter { $0.failure != nil }
        guard !failed.isEmpty else { return nil }
        for letter in failed { arrived(letter.cid, in: conversation) }
        return failed.map(\.text).joined(separator: "\n")
    }
}
