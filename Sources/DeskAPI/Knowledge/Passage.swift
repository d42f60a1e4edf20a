/// Looks for passages of the knowledge base.
public struct SearchKnowledge: Record {
    /// What is looked for, in words or as a question.
    public var query = ""
    /// At most so many.
    public var limit: Int64 = 6

    /// A blank request.
    public init() {}

    /// Looks for some words.
    public init(_ query: String, limit: Int64 = 6) {
        self.query = query
        self.limit = limit
    }

    /// `SearchKnowledge`.
    public static let recordName = "SearchKnowledge"
    /// For the API reference.
    public static let summary = "Looks for passages of the knowledge base."
    /// How long one may return.
    public static let example = SearchKnowledge("how long can I return something")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("query", &query, "What is looked for, in words or as a question.", .length(1...1000))
        visitor.field("limit", &limit, "At most so many.", .range(1...50), .defaulted)
    }
}

/// A passage of the knowledge base that fits a question.
public struct Passage: Record {
    /// The article's path.
    public var path = ""
    /// The article's title.
    public var title = ""
    /// The heading within the article.
    public var section = ""
    /// What it says.
    public var text = ""
    /// How much of the question's weight the passage has, 0 to 1.
    public var confidence = 0.0

    /// The longest text: as long as an article may be.
    static let maximumLength = 1 << 20

    /// A blank passage.
    public init() {}

    /// `Passage`.
    public static let recordName = "Passage"
    /// For the API reference.
    public static let summary = "A passage of the knowledge base that fits a question."
    /// About returns.
    public static var example: Passage {
        var value = Passage()
        (value.path, value.title, value.section) = ("returns.md", "Returns", "How long")
        (value.text, value.confidence) = ("You can return items within 90 days.", 0.8)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("path", &path, "The article's path.", .length(0...1024))
        visitor.field("title", &title, "The article's title.", .length(0...Passage.maximumLength))
        visitor.field("section", &section, "The heading within the article.", .length(0...Passage.maximumLength))
        visitor.field("text", &text, "What it says.", .length(0...Passage.maximumLength))
        visitor.field("confidence", &confidence, "How much of the question's weight the passage has, 0 to 1.")
    }
}
