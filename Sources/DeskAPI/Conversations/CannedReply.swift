public import Vocabulary

/// A text that is kept ready for replies; `{{customer.name}}` and the like stand for what is known when it is used.
public struct CannedReply: Record {
    /// What is typed behind `/` to get it.
    public var name = ""
    /// The text, with variables.
    public var text = ""

    /// A blank text.
    public init() {}

    /// A text.
    public init(name: String, text: String) {
        (self.name, self.text) = (name, text)
    }

    /// `CannedReply`.
    public static let recordName = "CannedReply"
    /// For the API reference.
    public static let summary = "A text that is kept ready for replies."
    /// A greeting.
    public static let example = CannedReply(name: "hello", text: "Hello {{customer.name}}, this is {{agent.name}}.")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What is typed behind / to get it.", .length(1...40))
        visitor.field("text", &text, "The text, with variables such as {{customer.name}}.", .length(1...4000))
    }

    /// The variables that a text may hold.
    public static let known = ["customer.name", "agent.name", "conversation.id", "conversation.subject"]

    /// The names between double braces.
    public static func variables(in text: String) -> [String] {
        var names: [String] = []
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            names.append(String(rest[start.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return names
    }

    /// The text with what is known in place of its variables; what is unknown stays as it is written.
    public func filled(_ value: (String) -> String?) -> String {
        var filled = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            filled += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end.lowerBound])
            filled += value(name) ?? String(rest[start.lowerBound..<end.upperBound])
            rest = rest[end.upperBound...]
        }
        return filled + rest
    }

    /// The text with what is known of a conversation in place of its variables; what is `nil` stays as it is written.
    public func filled(
        customer: String?, agent: String?, conversation: ID<Conversation>, subject: String
    ) -> String {
        filled { variable in
            switch variable {
            case "customer.name": customer
            case "agent.name": agent
            case "conversation.id": "\(conversation)"
            case "conversation.subject": subject
            default: nil
            }
        }
    }
}
