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
        let response = try await send(try request(operation.route, input))
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

    private func request(_ route: Route, _ input: some Record) throws(Problem) -> HTTPRequest {
        let request = try route.request(for: input)
        var headers = [HTTPRequest.Header("Accept", "application/json")]
        if let token { headers.append(.init("Authorization", "Bearer \(token)")) }
        guard let body = request.body else {
            return HTTPRequest(method(route), address.url(request.target), headers: headers)
        }
        headers.append(.init("Content-Type", "application/json"))
        let bytes = Array(body.encoded.utf8)
        return HTTPRequest(
            method(route), address.url(request.target), headers: headers, body: bytes,
            patience: OperationCalls.patience(for: bytes.count))
    }

    /// A large body takes time on its way, and then to be read: a second more for each 100 kB.
    static func patience(for bytes: Int) -> Patience {
        let usual = Patience()
        let more = Duration.seconds(bytes / 100_000)
        return Patience(firstByte: usual.firstByte + more, total: usual.total + more)
    }

    private func method(_ route: Route) -> HTTPRequest.Method {
        switch route.method {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}
