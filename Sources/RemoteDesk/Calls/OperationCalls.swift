internal import DeskAPI
internal import JSON
internal import Transfer

/// Calls a gateway's operations over HTTP.
struct OperationCalls: Sendable {
    let address: GatewayAddress
    /// The bearer token; `nil` for operations that need none.
    let token: String?
    let transfer: Transfer

    /// Asks, and reads the answer or the problem.
    func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output {
        let response = try await send(request(operation.route, try OperationCalls.members(of: input)))
        guard (200...299).contains(response.status) else {
            throw Problem(document: response.body, status: response.status)
        }
        do {
            return try Output.read(try JSONParser.parse(response.body), .natural)
        } catch {
            throw Problem(
                .internalFailure,
                "what \(address.authority) answered to \(operation.route.name) cannot be read (\(error)); "
                    + "is it a Watchdesk of the same version?")
        }
    }

    private func send(_ request: HTTPRequest) async throws(Problem) -> HTTPResponse {
        do throws(TransferFailure) {
            return try await transfer.request(request)
        } catch {
            throw Problem(.unreachable, error.description)
        }
    }

    private static func members(of input: some Record) throws(Problem) -> [JSONValue.Member] {
        do throws(JSONFailure) {
            return try JSONParser.parse(input.encoded).members ?? []
        } catch {
            throw Problem(.malformed, "the request cannot be written as JSON: \(error)")
        }
    }

    private func request(_ route: Route, _ members: [JSONValue.Member]) -> HTTPRequest {
        var rest = members
        let segments = route.path.split(separator: "/").map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            let name = segment.dropFirst().dropLast()
            guard let index = rest.firstIndex(where: { $0.name == name }) else { return "" }
            return OperationCalls.escaped(OperationCalls.text(of: rest.remove(at: index).value))
        }
        var path = "/" + segments.joined(separator: "/")
        var headers = [HTTPRequest.Header("Accept", "application/json")]
        if let token { headers.append(.init("Authorization", "Bearer \(token)")) }
        guard route.hasBody else {
            let query = rest.map { "\($0.name)=\(OperationCalls.escaped(OperationCalls.text(of: $0.value)))" }
            if !query.isEmpty { path += "?" + query.joined(separator: "&") }
            return HTTPRequest(method(route), address.url(path), headers: headers)
        }
        headers.append(.init("Content-Type", "application/json"))
        return HTTPRequest(
            method(route), address.url(path), headers: headers, body: Array(JSONValue.object(rest).encoded.utf8))
    }

    private func method(_ route: Route) -> HTTPRequest.Method {
        switch route.method {
        case .get: .get
        case .post: .post
        case .put: .put
        case .delete: .delete
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
