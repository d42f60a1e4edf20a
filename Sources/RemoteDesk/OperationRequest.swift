internal import DeskAPI
internal import JSON
internal import Transfer

/// Writes an operation and its input as an HTTP request.
struct OperationRequest {
    private let route: Route
    private var members: [JSONValue.Member]

    init<Input: Record, Output: Record>(_ operation: Operation<Input, Output>, _ input: Input) throws(Problem) {
        route = operation.route
        do throws(JSONFailure) {
            members = try JSONParser.parse(input.encoded, maximumDepth: 64).members ?? []
        } catch {
            throw Problem(.malformed, "the input of \(operation.route.name) cannot be written: \(error)")
        }
    }

    /// The request, with the token when there is one.
    mutating func http(to address: GatewayAddress, token: String) -> HTTPRequest {
        var url = address.base + path()
        var headers = [HTTPRequest.Header("Accept", "application/json, application/problem+json")]
        if !token.isEmpty { headers.append(HTTPRequest.Header("Authorization", "Bearer \(token)")) }
        var body: [UInt8]?
        if route.hasBody {
            headers.append(HTTPRequest.Header("Content-Type", "application/json"))
            body = Array(JSONValue.object(members).encoded.utf8)
        } else {
            url += query()
        }
        let method = HTTPRequest.Method(rawValue: route.method.rawValue) ?? .get
        return HTTPRequest(method, url, headers: headers, body: body, bodyLimit: 64 << 20)
    }

    /// The address with its fields filled in; they are not sent a second time.
    private mutating func path() -> String {
        var path = ""
        for part in route.path.split(separator: "/") {
            guard part.hasPrefix("{") else {
                path += "/\(part)"
                continue
            }
            let name = part.dropFirst().dropLast()
            let value = members.first { $0.name == name }?.value
            members.removeAll { $0.name == name }
            path += "/" + OperationRequest.text(value).percentEncoded
        }
        return path
    }

    private func query() -> String {
        let items = members.map { "\($0.name.percentEncoded)=\(OperationRequest.text($0.value).percentEncoded)" }
        return items.isEmpty ? "" : "?" + items.joined(separator: "&")
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map { text($0) }.joined(separator: ",")
        case .none: ""
        case .some(let other): other.encoded
        }
    }
}

extension StringProtocol {
    /// The text with everything but unreserved characters escaped (RFC 3986, section 2.3).
    fileprivate var percentEncoded: String {
        var bytes: [UInt8] = []
        for byte in utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            if isPlain {
                bytes.append(byte)
            } else {
                bytes +=
                    [0x25] + Array((byte < 16 ? "0" : "").utf8) + Array(String(byte, radix: 16, uppercase: true).utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
