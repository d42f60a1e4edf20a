/// One article of the knowledge base, taken apart into passages that can be found and shown by themselves.
public struct KnowledgeArticle: Equatable, Sendable {
    /// The article's name, its path below the folder it came from, such as `returns.md`.
    public let path: String
    /// The title: the first heading, or the file name without one.
    public let title: String
    /// The passages in the order of the article.
    public let passages: [Passage]

    /// One part of an article under one heading.
    public struct Passage: Equatable, Sendable {
        /// The path of the article it is from.
        public let path: String
        /// The article's title.
        public let title: String
        /// The heading above it; empty for the beginning of the article.
        public let section: String
        /// The text, readable in a terminal: lists and code are kept, emphasis and links are plain.
        public let text: String
        /// Further words it is to be found by, never shown.
        let keywords: String
    }

    /// Reads an article from Markdown.
    ///
    /// Headings divide it; `<!-- keywords: … -->` adds words to be found by to the part it stands in.
    public init(path: String, markdown: String) {
        var reader = MarkdownReader(path: path)
        for line in markdown.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            reader.take(Substring(line.last == 13 ? line.dropLast() : line))
        }
        let (title, passages) = reader.finish()
        self.path = path
        self.title = title
        self.passages = passages
    }
}
