public import Vocabulary

/// A link by which a customer rates the help in one conversation, once, without signing in.
public struct RatingLink: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// What stands behind the gateway's address; the token is behind `#`, so that no log keeps it.
    public var path = ""
    /// Until when it can be used.
    public var expires = Timestamp(milliseconds: 0)

    /// A blank link.
    public init() {}

    /// `RatingLink`.
    public static let recordName = "RatingLink"
    /// For the API reference.
    public static let summary = "A link by which a customer rates the help in one conversation."
    /// A link of a month.
    public static var example: RatingLink {
        var value = RatingLink()
        value.conversation = ID(42)
        value.path = "/rate#wd_rate_42_29966060_9f2c4e1b7a8d3c5e6f708192a3b4c5d6e7f80912"
        value.expires = Timestamp(milliseconds: 1_797_963_600_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("path", &path, "What stands behind the gateway's address.", .length(0...300))
        visitor.field("expires", &expires, "Until when it can be used.")
    }
}

/// What a customer says about the help, by a link.
public struct RateByLink: Record {
    /// What stands behind `#` in the link.
    public var token = ""
    /// 1 for very bad to 5 for very good.
    public var rating: Int64 = 0
    /// In their own words.
    public var comment = ""

    /// A blank request.
    public init() {}

    /// A rating.
    public init(_ token: String, rating: Int64, comment: String = "") {
        (self.token, self.rating, self.comment) = (token, rating, comment)
    }

    /// `RateByLink`.
    public static let recordName = "RateByLink"
    /// For the API reference.
    public static let summary = "What a customer says about the help, by a link, once."
    /// Good.
    public static let example = RateByLink(
        "wd_rate_42_29966060_9f2c4e1b7a8d3c5e6f708192a3b4c5d6e7f80912", rating: 4, comment: "Quick, thank you.")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("token", &token, "What stands behind # in the link.", .length(1...128))
        visitor.field("rating", &rating, "1 for very bad to 5 for very good.", .range(1...5))
        visitor.field("comment", &comment, "In their own words.", .length(0...2000), .defaulted)
    }
}

/// That a rating was taken.
public struct RatingReceipt: Record {
    /// The rating that counts.
    public var rating: Int64 = 0

    /// Blank.
    public init() {}

    /// The rating that counts.
    public init(rating: Int64) {
        self.rating = rating
    }

    /// `RatingReceipt`.
    public static let recordName = "RatingReceipt"
    /// For the API reference.
    public static let summary = "That a rating was taken."
    /// Good.
    public static let example = RatingReceipt(rating: 4)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("rating", &rating, "The rating that counts.", .range(1...5))
    }
}
