public import JSON

/// The OpenAPI 3.1 document, printed from the operations.
public enum OpenAPI {
    /// The whole document.
    public static func document(version: String) -> JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Watchdesk", "version": .string(version),
                "description": "The operations of a Watchdesk gateway. Problems are application/problem+json.",
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .string($0), "description": .string("Operations on \($0).")] }),
            "paths": paths,
            "components": ["schemas": schemas, "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]]],
        ]
    }

    private static var tags: [String] {
        Operations.all.map(tag).reduce(into: []) { tags, tag in if !tags.contains(tag) { tags.append(tag) } }
    }

    private static func tag(_ route: Route) -> String {
        route.path.split(separator: "/").dropFirst().first.map(String.init) ?? "desk"
    }

    private static var paths: JSONValue {
        var paths: [JSONValue.Member] = []
        for route in Operations.all {
            let operation = JSONValue.Member(route.method.rawValue.lowercased(), OpenAPI.operation(route))
            if let index = paths.firstIndex(where: { $0.name == route.path }), let members = paths[index].value.members
            {
                paths[index].value = .object(members + [operation])
            } else {
                paths.append(.init(route.path, .object([operation])))
            }
        }
        return .object(paths)
    }

    private static func operation(_ route: Route) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .string(route.name)), .init("summary", .string(route.summary)),
            .init("description", .string(description(route))), .init("tags", [.string(tag(route))]),
            .init("security", route.scope == nil ? .array([]) : [["bearer": .array([])]]),
        ]
        let parameters = parameters(route)
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = body(route) { members.append(.init("requestBody", body)) }
        members.append(.init("responses", responses(route)))
        return .object(members)
    }

    private static func description(_ route: Route) -> String {
        guard let scope = route.scope else { return "\(route.summary). Needs no token." }
        return "\(route.summary). Needs the scope `\(scope.rawValue)`."
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
        let inPath = route.pathFields
        return route.input.fields.compactMap { field in
            let isInPath = inPath.contains(field.name)
            guard isInPath || !route.hasBody else { return nil }
            return [
                "name": .string(field.name), "in": isInPath ? "path" : "query",
                "required": .bool(isInPath || field.isRequired),
                "description": .string(field.meaning), "schema": field.schema,
            ]
        }
    }

    private static func body(_ route: Route) -> JSONValue? {
        guard route.hasBody else { return nil }
        let inPath = route.pathFields
        return [
            "required": .bool(route.input.fields.contains { $0.isRequired && !inPath.contains($0.name) }),
            "content": [
                "application/json": [
                    "schema": route.input.schema().without(inPath), "example": route.input.example().without(inPath),
                ]
            ],
        ]
    }

    private static func responses(_ route: Route) -> JSONValue {
        var success: [JSONValue.Member] = [
            .init("description", .string(route.output.summary)),
            .init(
                "content",
                [
                    "application/json": [
                        "schema": ["$ref": .string("#/components/schemas/\(route.output.name)")],
                        "example": route.output.example(),
                    ]
                ]),
        ]
        if let links = links[route.name] { success.append(.init("links", links)) }
        var responses: [JSONValue.Member] = [.init(String(route.successStatus), .object(success))]
        for status in Set(route.allProblems.map(\.status)).sorted() {
            let titles = route.allProblems.filter { $0.status == status }.map(\.title).joined(separator: "; ")
            responses.append(.init(String(status), problem(titles)))
        }
        return .object(responses)
    }

    private static func problem(_ title: String) -> JSONValue {
        [
            "description": .string(title),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    /// What one can do with what was created; contract tests walk along these.
    private static let links: [String: JSONValue] = [
        "createConversation": [
            "show": ["operationId": "showConversation", "parameters": ["id": "$response.body#/id"]],
            "post": ["operationId": "postMessage", "parameters": ["id": "$response.body#/id"]],
            "messages": ["operationId": "listMessages", "parameters": ["id": "$response.body#/id"]],
        ],
        "postMessage": [
            "messages": ["operationId": "listMessages", "parameters": ["id": "$response.body#/conversation"]]
        ],
        "createKey": ["revoke": ["operationId": "revokeKey", "parameters": ["id": "$response.body#/id"]]],
    ]

    private static var schemas: JSONValue {
        var found: [(String, JSONValue)] = []
        var waiting = Operations.all.flatMap { [$0.output] + $0.input.references() }
        while let record = waiting.popLast() {
            guard !found.contains(where: { $0.0 == record.name }) else { continue }
            found.append((record.name, record.schema()))
            waiting += record.references()
        }
        found.append(("Problem", problemSchema))
        return .object(found.sorted { $0.0 < $1.0 }.map { .init($0.0, $0.1) })
    }

    private static let problemSchema: JSONValue = [
        "type": "object", "description": "Why an operation could not do what was asked (RFC 9457).",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": [
            "type": ["type": "string", "format": "uri"], "title": ["type": "string"], "status": ["type": "integer"],
            "code": ["type": "string", "enum": .array(Problem.Code.allCases.map { .string($0.rawValue) })],
            "detail": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["field", "message"],
                    "properties": ["field": ["type": "string"], "message": ["type": "string"]],
                ],
            ],
            "retry_after": ["type": "integer"], "current": ["description": "The state that contradicts the request."],
        ],
    ]
}

extension JSONValue {
    /// A schema or an example without the properties that stand in the address.
    fileprivate func without(_ names: [String]) -> JSONValue {
        guard !names.isEmpty, let members else { return self }
        return .object(
            members.compactMap { member in
                guard !names.contains(member.name) else { return nil }
                switch member.name {
                case "properties": return .init(member.name, member.value.without(names))
                case "required":
                    let rest = (member.value.elements ?? []).filter { !names.contains($0.text ?? "") }
                    return rest.isEmpty ? nil : .init(member.name, .array(rest))
                default: return member
                }
            })
    }
}
