internal import DeskAPI

/// An answer before it is written to a socket.
struct EdgeResponse: Sendable, Equatable {
    /// What the body is.
    enum Content: Sendable, Equatable {
        /// No body.
        case none
        /// An answer.
        case json
        /// A problem document.
        case problem
        /// Metrics in Prometheus' text format.
        case metrics
        /// A page for browsers, with its `Content-Security-Policy`.
        case page(policy: String)
        /// Events that come one after the other until the answer ends; the body is not known yet.
        case events
        /// A script that other sites may load.
        case script
    }

    /// A header field that only some answers have.
    struct Header: Sendable, Equatable {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The HTTP status.
    var status: Int
    /// What the body is.
    var content = Content.none
    /// The body.
    var body: [UInt8] = []
    /// Fields besides those of every answer.
    var headers: [Header] = []
    /// Whether the connection must end after this answer.
    var endsConnection = false

    /// An answer in JSON.
    static func json(_ body: [UInt8], status: Int = 200) -> EdgeResponse {
        EdgeResponse(status: status, content: .json, body: body)
    }

    /// The answer to a problem.
    init(_ problem: EdgeProblem) {
        self.init(
            status: problem.problem.code.status, content: .problem, body: problem.problem.encoded,
            headers: problem.headers, endsConnection: problem.endsConnection)
        if let seconds = problem.problem.retryAfter { headers.append(.init("Retry-After", String(seconds))) }
    }

    init(
        status: Int, content: Content = .none, body: [UInt8] = [], headers: [Header] = [], endsConnection: Bool = false
    ) {
        self.status = status
        self.content = content
        self.body = body
        self.headers = headers
        self.endsConnection = endsConnection
    }
}

/// A problem together with the header fields that HTTP asks for.
struct EdgeProblem: Error, Sendable {
    var problem: Problem
    var headers: [EdgeResponse.Header] = []
    var endsConnection = false

    init(_ problem: Problem) {
        self.problem = problem
        if problem.code == .unauthenticated { headers = [.init("WWW-Authenticate", "Bearer realm=\"watchdesk\"")] }
    }

    init(_ code: Problem.Code, _ detail: String, headers: [EdgeResponse.Header] = [], endsConnection: Bool = false) {
        self.init(Problem(code, detail))
        self.headers += headers
        self.endsConnection = endsConnection
    }
}
