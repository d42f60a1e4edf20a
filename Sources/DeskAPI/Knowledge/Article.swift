public import Vocabulary

/// An article of the knowledge base, as lists show it.
public struct Article: Record {
    /// The article's path, its name in the knowledge base.
    public var path = ""
    /// Its title.
    public var title = ""
    /// How many passages it was divided into.
    public var passages: Int64 = 0
    /// When it was last imported.
    public var updatedAt = Timestamp(milliseconds: 0)

    /// A blank article.
    public init() {}

    /// `Article`.
    public static let recordName = "Article"
    /// For the API reference.
    public static let summary = "An article of the knowledge base."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("path", &path, "The article's path.", .length(1...1024))
        visitor.field("title", &title, "Its title.", .length(0...Passage.maximumLength))
        visitor.field("passages", &passages, "How many passages it was divided into.")
        visitor.field("updated_at", &updatedAt, "When it was last imported.")
    }

    /// An article about returns.
    public static var example: Article {
        var value = Article()
        value.path = "returns.md"
        value.title = "Returns"
        value.passages = 4
        value.updatedAt = Timestamp(milliseconds: 1_795_371_500_000)
        return value
    }
}

/// An article to put into the knowledge base, replacing the one at the same path.
public struct PutArticle: Record {
    /// The article's path, its name in the knowledge base.
    public var path = ""
    /// The article as Markdown.
    public var markdown = ""

    /// A blank request.
    public init() {}

    /// An article.
    public init(path: String, markdown: String) {
        self.path = path
        self.markdown = markdown
    }

    /// `PutArticle`.
    public static let recordName = "PutArticle"
    /// For the API reference.
    public static let summary = "An article to put into the knowledge base."
    /// An article about returns.
    public static let example = PutArticle(path: "returns.md", markdown: "# Returns\n\nWithin 90 days.")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("path", &path, "The article's path.", .length(1...1024))
        visitor.field("markdown", &markdown, "The article as Markdown.", .length(1...200_000))
    }
}
