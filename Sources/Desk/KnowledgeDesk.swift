internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Vocabulary

/// The articles together with the index over them.
///
/// The index is made anew when it is next asked for after a change, so that importing a folder makes it once, and the
/// next question is answered from the new articles.
actor KnowledgeDesk {
    /// The articles.
    let articles: Knowledge
    private let log: @Sendable (String) -> Void
    private var index = KnowledgeIndex([])
    private var changes = 1
    private var indexedChanges = 0
    private var making: Task<Void, Never>?

    /// An empty index until it is first asked for.
    init(articles: Knowledge, log: @escaping @Sendable (String) -> Void) {
        self.articles = articles
        self.log = log
    }

    /// The index over the articles as they are now; the one before when they cannot be read.
    func current() async -> KnowledgeIndex {
        while let making { await making.value }
        guard indexedChanges < changes else { return index }
        let work = Task { await make() }
        making = work
        await work.value
        return index
    }

    /// Puts an article in.
    func put(_ request: PutArticle, by caller: Caller, at now: Timestamp) async throws -> Article {
        let article = try await articles.put(request, by: caller, at: now)
        changes += 1
        return article
    }

    /// Puts the starter articles into an empty knowledge base.
    func prepare(at now: Timestamp) async throws {
        guard try await articles.list().items.isEmpty else { return }
        for document in StarterKnowledge.documents {
            let request = PutArticle(path: document.path, markdown: document.markdown)
            _ = try await put(request, by: .local(name: "watchdesk"), at: now)
        }
    }

    private func make() async {
        let target = changes
        do {
            index = try await KnowledgeDesk.index(of: articles)
            indexedChanges = target
        } catch {
            log("the articles cannot be read: \(error)")
        }
        making = nil
    }

    /// Off the actor: ten thousand passages take most of a second.
    @concurrent private static func index(of articles: Knowledge) async throws -> KnowledgeIndex {
        KnowledgeIndex(try await articles.articles())
    }
}
