public import JSON

extension Record {
    /// The record's JSON Schema as an object with properties, in the order of declaration.
    public static var objectSchema: JSONValue {
        let fields = fieldList
        var members: [JSONValue.Member] = [
            .init("type", "object"), .init("description", .string(summary)), .init("additionalProperties", false),
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("properties", .object(fields.map { .init($0.name, $0.describedSchema) })))
        return .object(members)
    }

    /// Every field with its meaning and limits, in the order of declaration.
    public static var fieldList: [FieldDescription] {
        var lister = FieldLister()
        var blank = Self()
        blank.visit(&lister)
        return lister.fields
    }
}

/// One field as the references and the forms show it.
public struct FieldDescription: Equatable, Sendable {
    /// The name in JSON.
    public let name: String
    /// What it means, a sentence.
    public let meaning: String
    /// Whether it must be given.
    public let isRequired: Bool
    /// The JSON Schema of its value.
    public let schema: JSONValue

    /// The schema together with the meaning.
    public var describedSchema: JSONValue {
        guard let members = schema.members, schema["$ref"] == nil else {
            return ["description": .string(meaning), "allOf": [schema]]
        }
        return .object([.init("description", .string(meaning))] + members)
    }
}

/// Collects the descriptions of fields.
private struct FieldLister: FieldVisitor {
    var fields: [FieldDescription] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        fields.append(
            FieldDescription(
                name: name, meaning: meaning, isRequired: presence == .required && !Value.isOptional,
                schema: Value.schema(limit)))
    }
}
