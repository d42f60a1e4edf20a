extension Answer {
    /// Whether it says that it does not know, and offers a person.
    public var isRefusal: Bool { kind == .unknown || PersonRequest.isOffered(in: text) }

    /// The one of its sources that its words fit best; `nil` when they fit none, or it refuses.
    ///
    /// Its sources are what was found for the question; which of them it rests on is measured by its own words.
    public func passage(in knowledge: KnowledgeIndex) -> KnowledgeArticle.Passage? {
        guard !isRefusal, !sources.isEmpty else { return nil }
        return knowledge.search(text, limit: 24).first { hit in sources.contains { $0.passage == hit.passage } }?
            .passage
    }
}
