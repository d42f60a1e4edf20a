import DeskAPI
import Foundation
import JSON
import Testing

@Suite struct OpenAPITests {
    private let document = OpenAPI.document(version: "1.0.0")

    @Test func `every operation stands in the document with its body and its problems`() {
        for route in Operations.all {
            let operation = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
            #expect(operation?["operationId"]?.text == route.name)
            #expect((operation?["requestBody"] != nil) == route.hasBody)
            for code in route.allProblems { #expect(operation?["responses"]?[String(code.status)] != nil) }
        }
    }

    @Test func `every reference leads somewhere`() throws {
        let schemas = document["components"]?["schemas"]?.members?.map(\.name) ?? []
        let text = document.encoded
        var rest = text[...]
        var count = 0
        while let range = rest.range(of: "#/components/schemas/") {
            let name = rest[range.upperBound...].prefix { $0.isLetter }
            #expect(schemas.contains(String(name)))
            rest = rest[range.upperBound...]
            count += 1
        }
        #expect(count > Operations.all.count)
    }

    @Test func `addresses and names are unique, and fields in an address are fields of the input`() {
        #expect(Set(Operations.all.map(\.name)).count == Operations.all.count)
        #expect(Set(Operations.all.map { "\($0.method) \($0.path)" }).count == Operations.all.count)
        for route in Operations.all {
            for field in route.pathFields { #expect(route.input.fields.contains { $0.name == field }) }
        }
    }

    @Test func `what stands in the address does not stand in the body`() {
        let schema = document["paths"]?["/v1/alerts/{id}/acknowledge"]?["post"]?["requestBody"]?["content"]?[
            "application/json"]?["schema"]
        #expect(schema?["properties"]?["note"] != nil)
        #expect(schema?["properties"]?["id"] == nil)
        #expect(schema?["required"] == nil)
    }
}
