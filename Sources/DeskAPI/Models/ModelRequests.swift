public import Vocabulary

/// Names a version.
public struct ModelReference: Record {
    /// The version's number.
    public var id = ID<ModelVersion>(0)

    /// A blank reference.
    public init() {}

    /// A reference.
    public init(_ id: ID<ModelVersion>) {
        self.id = id
    }

    /// `ModelReference`.
    public static let recordName = "ModelReference"
    /// For the API reference.
    public static let summary = "Names a version."
    /// The second.
    public static let example = ModelReference(ID(2))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The version's number.")
    }
}

/// Registers a version of a chat model.
public struct AddModelVersion: Record {
    /// The provider's name of the model, or `knowledge-base`.
    public var model = ""
    /// The name of an endpoint in the configuration; `assistant` is the one of `assistant.url`.
    public var route = "assistant"
    /// Who the language model is told to be; absent for the built-in text.
    public var prompt: String?
    /// The version that it was made from.
    public var parent: ID<ModelVersion>?
    /// What to say about it.
    public var notes = ""

    /// A blank request.
    public init() {}

    /// `AddModelVersion`.
    public static let recordName = "AddModelVersion"
    /// For the API reference.
    public static let summary = "Registers a version of a chat model."
    /// A friendlier prompt.
    public static var example: AddModelVersion {
        var value = AddModelVersion()
        value.model = "gpt-4o-mini"
        value.prompt = "You are the friendly assistant of a toy shop."
        value.notes = "friendlier"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("model", &model, "The provider's name of the model.", .length(1...200))
        visitor.field("route", &route, "The name of an endpoint in the configuration.", .length(1...64), .defaulted)
        visitor.field("prompt", &prompt, "Who the language model is told to be.", .length(1...20_000))
        visitor.field("parent", &parent, "The version that it was made from.")
        visitor.field("notes", &notes, "What to say about it.", .length(0...2000), .defaulted)
    }
}

/// Lets a name point to another version, at once and for everybody: a deployment, or a rollback.
public struct MoveAlias: Record {
    /// The name, such as `production`.
    public var name = ""
    /// The version.
    public var version = ID<ModelVersion>(0)
    /// Why.
    public var reason = ""

    /// A blank request.
    public init() {}

    /// Lets a name point to a version.
    public init(_ name: String, to version: ID<ModelVersion>, reason: String = "") {
        self.name = name
        self.version = version
        self.reason = reason
    }

    /// `MoveAlias`.
    public static let recordName = "MoveAlias"
    /// For the API reference.
    public static let summary = "Lets a name point to another version, at once and for everybody."
    /// Back to the first.
    public static let example = MoveAlias("production", to: ID(1), reason: "answers were worse")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The name, such as production.", .length(1...64))
        visitor.field("version", &version, "The version.")
        visitor.field("reason", &reason, "Why.", .length(0...500), .defaulted)
    }
}

/// A move of a name from one version to another.
public struct AliasMove: Record {
    /// The name.
    public var name = ""
    /// Where it pointed before; absent when the name was new.
    public var from: ID<ModelVersion>?
    /// Where it points since.
    public var to = ID<ModelVersion>(0)
    /// Who moved it.
    public var actor = ""
    /// Why.
    public var reason = ""
    /// When.
    public var at = Timestamp(milliseconds: 0)

    /// A blank move.
    public init() {}

    /// `AliasMove`.
    public static let recordName = "AliasMove"
    /// For the API reference.
    public static let summary = "A move of a name from one version to another."
    /// A deployment.
    public static var example: AliasMove {
        var value = AliasMove()
        value.name = "production"
        value.from = ID(1)
        value.to = ID(2)
        value.actor = "ana"
        value.reason = "friendlier"
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The name.", .length(0...64))
        visitor.field("from", &from, "Where it pointed before.")
        visitor.field("to", &to, "Where it points since.")
        visitor.field("actor", &actor, "Who moved it.", .length(0...200))
        visitor.field("reason", &reason, "Why.", .length(0...500))
        visitor.field("at", &at, "When.")
    }
}

/// Asks a classifier about a text.
public struct ClassifyText: Record {
    /// The version's number.
    public var id = ID<ModelVersion>(0)
    /// The text.
    public var text = ""

    /// A blank request.
    public init() {}

    /// Asks about a text.
    public init(_ id: ID<ModelVersion>, _ text: String) {
        self.id = id
        self.text = text
    }

    /// `ClassifyText`.
    public static let recordName = "ClassifyText"
    /// For the API reference.
    public static let summary = "Asks a classifier about a text."
    /// A question.
    public static let example = ClassifyText(ID(5), "Where is my card?")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The version's number.")
        visitor.field("text", &text, "The text.", .length(1...65_536))
    }
}

/// What a classifier says of a text.
public struct Classification: Record {
    /// The most probable label.
    public var label = ""
    /// How probable it is, 0 to 1.
    public var confidence = 0.0
    /// Whether the text is about nothing that was learned.
    public var isOutOfScope = false
    /// The five most probable labels and their probabilities.
    public var candidates: [LabelProbability] = []

    /// A blank answer.
    public init() {}

    /// `Classification`.
    public static let recordName = "Classification"
    /// For the API reference.
    public static let summary = "What a classifier says of a text."
    /// A sure one.
    public static var example: Classification {
        var value = Classification()
        value.label = "card_arrival"
        value.confidence = 0.84
        value.candidates = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("label", &label, "The most probable label.", .length(0...200))
        visitor.field("confidence", &confidence, "How probable it is, 0 to 1.")
        visitor.field("out_of_scope", &isOutOfScope, "Whether the text is about nothing that was learned.")
        visitor.field("candidates", &candidates, "The five most probable labels.", .length(0...5))
    }
}

/// A label and how probable it is.
public struct LabelProbability: Record {
    /// The label.
    public var label = ""
    /// 0 to 1.
    public var probability = 0.0

    /// A blank label.
    public init() {}

    /// A label and how probable it is.
    public init(_ label: String, _ probability: Double) {
        self.label = label
        self.probability = probability
    }

    /// `LabelProbability`.
    public static let recordName = "LabelProbability"
    /// For the API reference.
    public static let summary = "A label and how probable it is."
    /// A likely one.
    public static let example = LabelProbability("card_arrival", 0.84)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("label", &label, "The label.", .length(0...200))
        visitor.field("probability", &probability, "0 to 1.")
    }
}
