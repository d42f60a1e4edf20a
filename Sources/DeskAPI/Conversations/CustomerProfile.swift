public import Vocabulary

/// A customer as the desk knows them.
public struct CustomerProfile: Record {
    /// The number of the customer.
    public var customer = ID<Customer>(0)
    /// The name as they gave it; hostile until made safe.
    public var name = ""
    /// When they came first.
    public var createdAt = Timestamp(milliseconds: 0)
    /// Whether they may write no more.
    public var blocked = false
    /// What colleagues or programs noted of them, by name.
    public var attributes: [CustomerAttribute] = []
    /// Their conversations, the newest first, at most a hundred.
    public var conversations: [Conversation] = []

    /// A blank profile.
    public init() {}

    /// `CustomerProfile`.
    public static let recordName = "CustomerProfile"
    /// For the API reference.
    public static let summary = "A customer as the desk knows them."
    /// Crystal.
    public static var example: CustomerProfile {
        var value = CustomerProfile()
        value.customer = ID(7)
        value.name = "Crystal"
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        value.attributes = [.example]
        value.conversations = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The number of the customer.")
        visitor.field("name", &name, "The name as they gave it.", .length(0...200))
        visitor.field("created_at", &createdAt, "When they came first.")
        visitor.field("blocked", &blocked, "Whether they may write no more.", .natural, .defaulted)
        visitor.field(
            "attributes", &attributes, "What was noted of them, by name.", .length(0...CustomerAttribute.most))
        visitor.field("conversations", &conversations, "Their conversations, the newest first.", .length(0...100))
    }
}

/// Names one customer.
public struct CustomerReference: Record {
    /// The customer.
    public var customer = ID<Customer>(0)

    /// A blank reference.
    public init() {}

    /// The customer of this number.
    public init(_ customer: ID<Customer>) {
        self.customer = customer
    }

    /// `CustomerReference`.
    public static let recordName = "CustomerReference"
    /// For the API reference.
    public static let summary = "Names one customer."
    /// Customer 7.
    public static let example = CustomerReference(ID(7))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
    }
}

/// Blocks a customer, or lets them write again.
public struct BlockCustomer: Record {
    /// The customer.
    public var customer = ID<Customer>(0)
    /// Whether they may write no more.
    public var blocked = true

    /// A blank request.
    public init() {}

    /// Blocks, or lets write.
    public init(_ customer: ID<Customer>, blocked: Bool) {
        (self.customer, self.blocked) = (customer, blocked)
    }

    /// `BlockCustomer`.
    public static let recordName = "BlockCustomer"
    /// For the API reference.
    public static let summary = "Blocks a customer, or lets them write again."
    /// No more of customer 7.
    public static let example = BlockCustomer(ID(7), blocked: true)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
        visitor.field("blocked", &blocked, "Whether they may write no more.", .natural, .defaulted)
    }
}

/// What proves that everything of a customer is gone.
public struct DeletionReceipt: Record {
    /// The customer.
    public var customer = ID<Customer>(0)
    /// Conversations that were deleted.
    public var conversations: Int64 = 0
    /// Messages that were deleted.
    public var messages: Int64 = 0
    /// Rows of that customer that were found afterwards, over every table and the search index: 0.
    public var left: Int64 = 0
    /// The number of the entry in the audit trail, whose hash chain holds this receipt.
    public var audit: Int64 = 0
    /// When it was done.
    public var at = Timestamp(milliseconds: 0)

    /// A blank receipt.
    public init() {}

    /// `DeletionReceipt`.
    public static let recordName = "DeletionReceipt"
    /// For the API reference.
    public static let summary = "What proves that everything of a customer is gone."
    /// Two conversations.
    public static var example: DeletionReceipt {
        var value = DeletionReceipt()
        value.customer = ID(7)
        (value.conversations, value.messages, value.audit) = (2, 31, 812)
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
        visitor.field("conversations", &conversations, "Conversations that were deleted.")
        visitor.field("messages", &messages, "Messages that were deleted.")
        visitor.field("left", &left, "Rows of that customer that were found afterwards: 0.")
        visitor.field("audit", &audit, "The number of the entry in the audit trail.")
        visitor.field("at", &at, "When it was done.")
    }
}

/// Something that was noted of a customer, such as their plan or their mail address.
public struct CustomerAttribute: Record {
    /// What it is.
    public var name = ""
    /// What it is for this customer; in a change, empty takes it away.
    public var value = ""

    /// Blank.
    public init() {}

    /// An attribute.
    public init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }

    /// The most of one customer.
    public static let most = 50

    /// `CustomerAttribute`.
    public static let recordName = "CustomerAttribute"
    /// For the API reference.
    public static let summary = "Something that was noted of a customer."
    /// A plan.
    public static let example = CustomerAttribute("plan", "gold")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What it is: lower-case letters, digits, - and _.", .length(1...40))
        visitor.field("value", &value, "What it is for this customer; empty takes it away.", .length(0...500))
    }
}

/// Changes what is known of a customer; what is left out stays.
public struct UpdateCustomer: Record {
    /// The customer.
    public var customer = ID<Customer>(0)
    /// Their name.
    public var name: String?
    /// Attributes that are set, or taken away by an empty value; others stay.
    public var attributes: [CustomerAttribute]?

    /// A blank request.
    public init() {}

    /// A change of one customer.
    public init(_ customer: ID<Customer>) {
        self.customer = customer
    }

    /// `UpdateCustomer`.
    public static let recordName = "UpdateCustomer"
    /// For the API reference.
    public static let summary = "Changes what is known of a customer; what is left out stays."
    /// A plan.
    public static var example: UpdateCustomer {
        var value = UpdateCustomer(ID(7))
        value.attributes = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
        visitor.field("name", &name, "Their name.", .length(1...200))
        visitor.field("attributes", &attributes, "Attributes that are set.", .length(0...CustomerAttribute.most))
    }
}

/// Says that two customers are the same person.
public struct MergeCustomers: Record {
    /// The customer who stays.
    public var customer = ID<Customer>(0)
    /// The one who goes into them, with every conversation.
    public var from = ID<Customer>(0)

    /// A blank request.
    public init() {}

    /// Merges one customer into another.
    public init(_ from: ID<Customer>, into customer: ID<Customer>) {
        (self.from, self.customer) = (from, customer)
    }

    /// `MergeCustomers`.
    public static let recordName = "MergeCustomers"
    /// For the API reference.
    public static let summary = "Says that two customers are the same person; it cannot be taken back."
    /// The eighth is the seventh.
    public static let example = MergeCustomers(ID(8), into: ID(7))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer who stays.")
        visitor.field("from", &from, "The one who goes into them.")
    }
}
