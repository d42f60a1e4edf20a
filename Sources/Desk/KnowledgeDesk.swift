internal import Assistant
internal import Conversations
internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// The articles together with the index over them, which is made anew when an article changes.
final class KnowledgeDesk: Sendable {
    /// The articles.
    let articles: Knowledge
    private let index: NIOLockedValueBox<KnowledgeIndex>

    /// An empty index until ``refresh()``.
    init(articles: Knowledge) {
        self.articles = articles
        index = NIOLockedValueBox(KnowledgeIndex([]))
    }

    /// The index as it is now.
    var current: KnowledgeIndex { index.withLockedValue { $0 } }

    /// Puts an article in and makes the index anew.
    func put(_ request: PutArticle, by caller: Caller, at now: Timestamp) async throws -> Article {
        let article = try await articles.put(request, by: caller, at: now)
        try await refresh()
        return article
    }

    /// Puts the starter articles into an empty knowledge base, then makes the index.
    func prepare(at now: Timestamp) async throws {
        if try await articles.list().items.isEmpty {
            for document in StarterKnowledge.documents {
                let request = PutArticle(path: document.path, markdown: document.markdown)
                _ = try await articles.put(request, by: .local(name: "watchdesk"), at: now)
            }
        }
        try await refresh()
    }

    /// Makes the index anew from all articles.
    func refresh() async throws {
        let fresh = KnowledgeIndex(try await articles.articles())
        index.withLockedValue { $0 = fresh }
    }
}
