internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What the knowledge base says about what stands behind a `?`.
struct PassageSearch: Equatable, Sendable {
    /// What was looked for.
    let request: SearchKnowledge
    /// What was found; `nil` while it is looked for.
    var found: [Passage]?
    /// Why nothing could be looked for.
    var problem: SafeText?

    /// What is to be looked for while a reply begins with `?` and at least three letters; `nil` otherwise.
    static func request(for written: String) -> SearchKnowledge? {
        guard written.hasPrefix("?"), !written.contains("\n") else { return nil }
        let words = written.dropFirst().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count >= 3, words.count <= 1000 else { return nil }
        return SearchKnowledge(words)
    }
}

extension ComposerMenu {
    /// The passages that fit what stands behind a `?`; the one that is taken names where it stands.
    init?(passages search: PassageSearch?, written: String, choice: Int) {
        guard let search, PassageSearch.request(for: written) != nil else { return nil }
        let entries = (search.found ?? []).map { passage in
            let title = SafeText(untrusted: passage.title, limit: 80).oneLine
            let section = SafeText(untrusted: passage.section, limit: 80).oneLine
            let place: SafeText = section.isEmpty ? title : "\(title), \(section)"
            let text = SafeText(untrusted: passage.text, limit: Message.maximumLength / 2)
            return Entry(name: place, preview: text.oneLine, text: "\(text)\n(\(place))")
        }
        let isSearching = search.found == nil && search.problem == nil
        self.init(
            "Knowledge base", entries, choice: choice,
            empty: search.problem ?? (isSearching ? "Looking …" : "No article says anything about it."))
    }
}
