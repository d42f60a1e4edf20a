internal import DeskAPI
internal import JSON
internal import NIOCore

/// Answers requests; knows nothing of sockets.
struct Router: Sendable {
    /// Where a request goes, known as soon as its first line is there.
    enum Destination: Sendable {
        /// An answer that needs nobody else.
        case answer(EdgeResponse)
        /// An operation of the desk, with the fields that stand in its address and its query.
        case operation(Endpoint, texts: [String: String])
        /// Everything that is measured, for Prometheus.
        case exposition
        /// Chat completions of OpenAI-compatible clients.
        case completions
        /// What such clients may ask for: all, or the one of this name.
        case completionModels(String?)
        /// Alerts that Prometheus sends as to an Alertmanager.
        case alertmanager
        /// Events of rooms as Server-Sent Events, with what stands behind the question mark.
        case events(query: String)
        /// The address of WebSocket connections.
        case realtime
    }

    /// The address of WebSocket connections.
    static let realtimePath = "/v1/realtime"

    let desk: any DeskService
    private let table: RouteTable
    private let readiness: Readiness
    let limits: HTTPLimits
    private let alive: [UInt8]
    private let openAPI: [UInt8]
    private let chat: ChatPage
    private let rating = RatingPage()

    init(desk: any DeskService, version: String, readiness: Readiness, limits: HTTPLimits) {
        self.desk = desk
        self.readiness = readiness
        self.limits = limits
        table = RouteTable(Operations.all.compactMap { desk.endpoints[$0.name] })
        alive = Array(JSONValue.object([.init("status", "alive"), .init("version", .string(version))]).encoded.utf8)
        chat = ChatPage(frameOrigins: limits.frameOrigins)
        openAPI = Array(OpenAPI.document(version: version).encoded.utf8)
    }

    /// Answers a whole request.
    func answer(_ request: EdgeRequest) async -> EdgeResponse {
        await answer(request, to: destination(of: request))
    }

    /// Answers a whole request whose destination is known.
    func answer(_ request: EdgeRequest, to destination: Destination) async -> EdgeResponse {
        switch destination {
        case .answer(let response): return response
        case .realtime:
            return EdgeResponse(
                EdgeProblem(
                    .malformed, "this address speaks WebSocket: connect with GET and Upgrade: websocket",
                    headers: [.init("Upgrade", "websocket")]))
        case .exposition:
            do throws(EdgeProblem) {
                return try exposition(for: try caller(of: request))
            } catch {
                return EdgeResponse(error)
            }
        case .completions, .events:
            return EdgeResponse(EdgeProblem(.malformed, "this address is answered piece by piece"))
        case .completionModels(let name):
            do throws(EdgeProblem) {
                return try completionModels(name, for: try caller(of: request))
            } catch {
                return EdgeResponse(error)
            }
        case .alertmanager:
            do throws(EdgeProblem) {
                return try await take(alerts: request)
            } catch {
                return EdgeResponse(error)
            }
        case .operation(let endpoint, let texts):
            do throws(EdgeProblem) {
                return try await carryOut(endpoint, texts, request)
            } catch {
                return EdgeResponse(error)
            }
        }
    }

    /// Where a request goes; looks only at its method and address.
    func destination(of request: EdgeRequest) -> Destination {
        do throws(EdgeProblem) {
            return try found(request.method, request.target)
        } catch {
            return .answer(EdgeResponse(error))
        }
    }

    private func found(_ method: String, _ target: String) throws(EdgeProblem) -> Destination {
        if target == "*", method == "OPTIONS" { return .answer(Router.options("GET, HEAD, OPTIONS")) }
        let (path, query) = try AddressText.parts(of: target)
        if path == EventsPlan.path {
            guard method != "OPTIONS" else { return .answer(Router.options("GET, OPTIONS")) }
            guard method == "GET" else { throw Router.wrongMethod(method, path, "GET, OPTIONS") }
            try refuseWhileDraining()
            return .events(query: String(query ?? ""))
        }
        if let page = try page(method, path) { return page }
        switch table.match(method, path) {
        case .nothing: throw EdgeProblem(.notFound, "there is nothing at \(path)")
        case .otherMethods(let allow) where method == "OPTIONS": return .answer(Router.options(allow))
        case .otherMethods(let allow): throw Router.wrongMethod(method, path, allow)
        case .operation(let leaf, let values):
            try refuseWhileDraining()
            return .operation(leaf.endpoint, texts: try Router.texts(leaf, values, query))
        }
    }

    private func refuseWhileDraining() throws(EdgeProblem) {
        guard readiness.isDraining else { return }
        throw EdgeProblem(Problem(.unavailable, "the gateway is stopping; try again in a moment", retryAfter: 2))
    }

    private static func options(_ allow: String) -> EdgeResponse {
        EdgeResponse(status: 204, headers: [.init("Allow", allow)])
    }

    private static func wrongMethod(_ method: String, _ path: Substring, _ allow: String) -> EdgeProblem {
        EdgeProblem(
            .methodNotAllowed, "\(path) has no \(method); it has \(allow)", headers: [.init("Allow", allow)])
    }

    /// The addresses that are no operations.
    private func page(_ method: String, _ path: Substring) throws(EdgeProblem) -> Destination? {
        let destination: Destination
        switch path {
        case "/healthz": destination = .answer(.json(alive))
        case "/readyz": destination = .answer(ready)
        case "/openapi.json": destination = .answer(.json(openAPI))
        case "/chat":
            destination = .answer(EdgeResponse(status: 200, content: .page(policy: chat.policy), body: chat.body))
        case "/rate":
            destination = .answer(EdgeResponse(status: 200, content: .page(policy: rating.policy), body: rating.body))
        case "/chat.js":
            destination = .answer(EdgeResponse(status: 200, content: .script, body: chat.embedding))
        case "/metrics": destination = .exposition
        case Substring(Router.realtimePath): destination = .realtime
        case "/api/v2/alerts": destination = .alertmanager
        case "/v1/chat/completions": destination = .completions
        case "/v1/models": destination = .completionModels(nil)
        case _ where path.hasPrefix("/v1/models/"):
            destination = .completionModels(try AddressText.decoded(path.dropFirst("/v1/models/".count)))
        default: return nil
        }
        if case .completions = destination {
            guard method != "POST" else {
                try refuseWhileDraining()
                return destination
            }
            guard method == "OPTIONS" else { throw Router.wrongMethod(method, path, "OPTIONS, POST") }
            return .answer(Router.options("OPTIONS, POST"))
        }
        if case .alertmanager = destination {
            if method == "POST" { return destination }
            guard method == "OPTIONS" else { throw Router.wrongMethod(method, path, "OPTIONS, POST") }
            return .answer(Router.options("OPTIONS, POST"))
        }
        switch method {
        case "GET", "HEAD": return destination
        case "OPTIONS": return .answer(Router.options("GET, HEAD, OPTIONS"))
        default: throw Router.wrongMethod(method, path, "GET, HEAD, OPTIONS")
        }
    }

    private func completionModels(_ name: String?, for caller: Caller) throws(EdgeProblem) -> EdgeResponse {
        guard caller.role != nil else { throw EdgeProblem(.unauthenticated, "give a key: Authorization: Bearer KEY") }
        do throws(Problem) {
            if let body = try desk.completionModels(named: name, for: caller) { return .json(body) }
            throw Problem(.notFound, "there is no such model; GET /v1/models lists them")
        } catch {
            throw EdgeProblem(error)
        }
    }

    private func exposition(for caller: Caller) throws(EdgeProblem) -> EdgeResponse {
        do throws(Problem) {
            return EdgeResponse(status: 200, content: .metrics, body: try desk.exposition(for: caller))
        } catch {
            throw EdgeProblem(error)
        }
    }

    private var ready: EdgeResponse {
        readiness.isDraining
            ? EdgeResponse(EdgeProblem(Problem(.unavailable, "draining: the gateway is stopping", retryAfter: 2)))
            : .json(Array(#"{"status":"ready"}"#.utf8))
    }

    /// The fields of an operation's address and query; an operation with a body takes none from the query.
    private static func texts(
        _ leaf: RouteTable.Leaf, _ values: [Substring], _ query: Substring?
    ) throws(EdgeProblem) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in zip(leaf.fields, values) { texts[name] = try AddressText.decoded(value) }
        guard let query, !query.isEmpty else { return texts }
        for item in try AddressText.items(of: query) {
            guard !leaf.endpoint.route.hasBody, texts[item.name] == nil else {
                throw EdgeProblem(Problem(FieldFault("is not a field of the query here").at(item.name)))
            }
            texts[item.name] = item.value
        }
        return texts
    }

    /// Asks the desk; who may not do it learns nothing of what else is wrong.
    private func carryOut(
        _ endpoint: Endpoint, _ texts: [String: String], _ request: EdgeRequest
    ) async throws(EdgeProblem) -> EdgeResponse {
        let caller = try caller(of: request)
        let route = endpoint.route
        let members = caller.may(route.scope) ? try Router.members(of: request, for: route) : []
        do throws(Problem) {
            return .json(
                try await endpoint.answer(caller, members: members, texts: texts), status: route.successStatus)
        } catch {
            throw EdgeProblem(error)
        }
    }

    /// Who asks.
    func caller(of request: EdgeRequest) throws(EdgeProblem) -> Caller {
        guard let token = try Bearer.token(of: request) else { return .anonymous }
        do throws(Problem) {
            return try desk.caller(holding: token)
        } catch {
            throw EdgeProblem(error)
        }
    }

    private static func members(
        of request: EdgeRequest, for route: Route
    ) throws(EdgeProblem) -> [JSONValue.Member] {
        guard route.hasBody, request.body.readableBytes > 0 else { return [] }
        let json = try json(of: request)
        guard let members = json.members else {
            throw EdgeProblem(Problem(FieldFault("the body must be an object, not \(json.kind)")))
        }
        return members
    }

    /// The body of a request.
    static func json(of request: EdgeRequest) throws(EdgeProblem) -> JSONValue {
        guard isJSON(try request.single("content-type")) else {
            throw EdgeProblem(.unsupportedMediaType, "the body must be Content-Type: application/json")
        }
        do throws(JSONFailure) {
            return try JSONParser.parse(request.body.readableBytesView, maximumDepth: 32)
        } catch {
            throw EdgeProblem(.malformed, "the body is not JSON: \(error)")
        }
    }

    /// Whether a media type is `application/json`; its parameters do not matter, JSON is always UTF-8.
    private static func isJSON(_ type: String?) -> Bool {
        guard let type else { return false }
        let essence = type.prefix { $0 != ";" }
        return essence.lowercased().filter { $0 != " " && $0 != "\t" } == "application/json"
    }
}
