public import Vocabulary

/// An API key; its secret is never stored and shown only once.
public struct APIKey: Record {
    /// The number of the key.
    public var id = ID<APIKey>(0)
    /// What it is for, also the name that others see.
    public var name = ""
    /// What its holder may do.
    public var role = Role.agent
    /// The part of the token that may be shown.
    public var prefix = ""
    /// The whole token; only in the answer to its creation.
    public var token: String?
    /// When it was made.
    public var createdAt = Timestamp(milliseconds: 0)
    /// Until when it is valid; absent means until revoked.
    public var expiresAt: Timestamp?
    /// When it was last used, to the minute.
    public var lastUsedAt: Timestamp?
    /// When it was revoked.
    public var revokedAt: Timestamp?

    /// A blank key.
    public init() {}

    /// `APIKey`.
    public static let recordName = "APIKey"
    /// For the API reference.
    public static let summary = "An API key; its secret is shown only once."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the key.")
        visitor.field("name", &name, "What it is for.", .length(1...100))
        visitor.field("role", &role, "What its holder may do.")
        visitor.field("prefix", &prefix, "The part of the token that may be shown.")
        visitor.field("token", &token, "The whole token; only in the answer to its creation.")
        visitor.field("created_at", &createdAt, "When it was made.")
        visitor.field("expires_at", &expiresAt, "Until when it is valid.")
        visitor.field("last_used_at", &lastUsedAt, "When it was last used, to the minute.")
        visitor.field("revoked_at", &revokedAt, "When it was revoked.")
    }

    /// A key of the front desk.
    public static var example: APIKey {
        var value = APIKey()
        value.id = ID(3)
        value.name = "front-desk"
        value.prefix = "wd_live_00000003"
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        return value
    }
}

/// A new API key.
public struct CreateKey: Record {
    /// What it is for, also the name that others see.
    public var name = ""
    /// What its holder may do.
    public var role = Role.agent
    /// For how many days it is valid; absent means until revoked.
    public var days: Int64?

    /// A blank request.
    public init() {}

    /// A key of a role.
    public init(name: String, role: Role, days: Int64? = nil) {
        self.name = name
        self.role = role
        self.days = days
    }

    /// `CreateKey`.
    public static let recordName = "CreateKey"
    /// For the API reference.
    public static let summary = "A new API key."
    /// A key of the front desk.
    public static let example = CreateKey(name: "front-desk", role: .agent)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What it is for, also the name that others see.", .length(1...100))
        visitor.field("role", &role, "What its holder may do.")
        visitor.field("days", &days, "For how many days it is valid.", .range(1...3650))
    }
}

/// Names one key.
public struct KeyReference: Record {
    /// The key.
    public var id = ID<APIKey>(0)

    /// A blank reference.
    public init() {}

    /// The key of this number.
    public init(_ id: ID<APIKey>) {
        self.id = id
    }

    /// `KeyReference`.
    public static let recordName = "KeyReference"
    /// For the API reference.
    public static let summary = "Names one key."
    /// Key 3.
    public static let example = KeyReference(ID(3))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The key.")
    }
}
