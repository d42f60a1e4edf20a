public import JSON

/// One thing a person or a program can ask for, declared once: route, permission, validation, client and references
/// all follow from this value.
public struct Operation<Input: Record, Output: Record>: Sendable {
    /// What is known of the operation without its types.
    public let route: Route

    /// Declares an operation.
    ///
    /// - Parameters:
    ///   - name: the stable name, such as `acknowledgeAlert`.
    ///   - method: the HTTP method.
    ///   - path: the address; `{field}` stands for a field of the input.
    ///   - scope: what the caller must be allowed; `nil` for public operations.
    ///   - summary: one sentence for the references.
    ///   - problems: what it may answer besides the problems every operation has.
    ///   - creates: whether success is 201 rather than 200.
    public init(
        _ name: String, _ method: Method, _ path: String, scope: Scope?, summary: String,
        problems: [Problem.Code] = [], creates: Bool = false
    ) {
        route = Route(
            name: name, method: method, path: path, scope: scope, summary: summary, problems: problems,
            successStatus: creates ? 201 : 200, input: RecordDescription(Input.self),
            output: RecordDescription(Output.self))
    }
}

/// The HTTP methods that operations use.
public enum Method: String, Sendable, CaseIterable {
    /// Reads; changes nothing.
    case get = "GET"
    /// Does or creates.
    case post = "POST"
    /// Puts a thing in place, replacing what was there.
    case put = "PUT"
    /// Changes parts of a thing.
    case patch = "PATCH"
    /// Takes a thing away.
    case delete = "DELETE"
}

/// An operation without its types: what routers and references need.
public struct Route: Sendable {
    /// The stable name.
    public let name: String
    /// The HTTP method.
    public let method: Method
    /// The address; `{field}` stands for a field of the input.
    public let path: String
    /// What the caller must be allowed; `nil` for public operations.
    public let scope: Scope?
    /// One sentence for the references.
    public let summary: String
    /// What it may answer besides the problems every operation has.
    public let problems: [Problem.Code]
    /// 200 or 201.
    public let successStatus: Int
    /// What is asked.
    public let input: RecordDescription
    /// What is answered.
    public let output: RecordDescription

    /// The names of the fields that stand in the address.
    public var pathFields: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// Whether the fields that do not stand in the address come in a body rather than in the query.
    public var hasBody: Bool { method == .post || method == .put || method == .patch }

    /// Every problem it may answer, those that every operation has included.
    public var allProblems: [Problem.Code] {
        var codes: [Problem.Code] = [.malformed, .invalidField, .rateLimited, .internalFailure, .unavailable]
        if scope != nil { codes += [.unauthenticated, .forbidden] }
        if hasBody { codes += [.tooLarge, .unsupportedMediaType, .storageFull] }
        if !pathFields.isEmpty { codes.append(.notFound) }
        codes += problems.filter { !codes.contains($0) }
        return codes
    }
}

/// A record type as the references show it.
public struct RecordDescription: Sendable {
    /// The record's name.
    public let name: String
    /// One sentence.
    public let summary: String
    /// Its fields.
    public let fields: [FieldDescription]
    /// Its JSON Schema.
    public let schema: @Sendable () -> JSONValue
    /// A realistic value.
    public let example: @Sendable () -> JSONValue
    /// The records its fields refer to.
    public let references: @Sendable () -> [RecordDescription]

    init<Subject: Record>(_ type: Subject.Type) {
        name = type.recordName
        summary = type.summary
        fields = type.fieldList
        schema = { type.objectSchema }
        example = {
            // An example that cannot be read back would be a fault of its own declaration, and a test finds it.
            (try? JSONParser.parse(type.example.encoded)) ?? .null
        }
        references = {
            var collector = ReferenceCollector()
            var blank = type.init()
            blank.visit(&collector)
            return collector.found
        }
    }
}

/// Finds the record types among the fields of a record.
private struct ReferenceCollector: FieldVisitor {
    var found: [RecordDescription] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        if let record = Value.nestedRecord { found.append(record) }
    }
}
