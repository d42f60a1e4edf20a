public import JSON

/// How a request for an operation looks on the wire.
public struct WireRequest: Equatable, Sendable {
    /// The address behind the host, with its query.
    public let target: String
    /// The body; `nil` for operations without one.
    public let body: JSONValue?
}

extension Route {
    /// The request that carries an input.
    ///
    /// - Throws: ``Problem`` `.malformed` when the input cannot be written as JSON.
    public func request(for input: any Record) throws(Problem) -> WireRequest {
        try request(for: input, escaping: Route.escaped)
    }

    private func request(for input: any Record, escaping: (String) -> String) throws(Problem) -> WireRequest {
        var rest = try Route.members(of: input)
        let segments = path.split(separator: "/").map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            let name = segment.dropFirst().dropLast()
            guard let index = rest.firstIndex(where: { $0.name == name }) else { return "" }
            return escaping(Route.text(of: rest.remove(at: index).value))
        }
        let target = "/" + segments.joined(separator: "/")
        guard !hasBody else { return WireRequest(target: target, body: .object(rest)) }
        let query = rest.map { "\($0.name)=\(escaping(Route.text(of: $0.value)))" }
        return WireRequest(
            target: query.isEmpty ? target : target + "?" + query.joined(separator: "&"), body: nil)
    }

    /// The request as one line for people: method, address as it reads, body.
    public func line(of input: any Record) -> String {
        do throws(Problem) {
            let request = try request(for: input, escaping: { $0 })
            return ([method.rawValue, request.target] + [request.body?.encoded].compactMap { $0 })
                .joined(separator: " ")
        } catch {
            return "\(method.rawValue) \(path)"
        }
    }

    private static func members(of input: any Record) throws(Problem) -> [JSONValue.Member] {
        do throws(JSONFailure) {
            return try JSONParser.parse(input.encoded).members ?? []
        } catch {
            throw Problem(.malformed, "the request cannot be written as JSON: \(error)")
        }
    }

    /// A value as it stands in an address.
    private static func text(of value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map(text).joined(separator: ",")
        default: value.encoded
        }
    }

    /// Text for an address: everything but the unreserved characters of RFC 3986 is escaped.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}
