/// The articles about Watchdesk itself, compiled in so that the installed binary has them.
///
/// Written in `knowledge/` at the top level; a test keeps both equal and records the copies on demand.
public enum StarterKnowledge {
    /// One article as it stands in its file.
    public struct Document: Equatable, Sendable {
        /// The file's name.
        public let path: String
        /// Its text.
        public let markdown: String
    }

    /// All articles in the order of their paths.
    public static let documents: [Document] = [
        alerts, consoleKeys, conversations, dataAndBackup, gettingStarted, hostMetrics, keysAndRoles, knowledgeBase,
        languageModel, remoteConsole,
    ]

    /// All articles, taken apart.
    public static var articles: [KnowledgeArticle] {
        documents.map { KnowledgeArticle(path: $0.path, markdown: $0.markdown) }
    }
}
