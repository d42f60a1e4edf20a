/// One request to an HTTP server, and what its answer may cost.
public struct HTTPRequest: Sendable {
    /// What is asked of the server (RFC 9110).
    public enum Method: String, Sendable {
        /// Read.
        case get = "GET"
        /// Read the head only.
        case head = "HEAD"
        /// Act, or add.
        case post = "POST"
        /// Replace.
        case put = "PUT"
        /// Change.
        case patch = "PATCH"
        /// Remove.
        case delete = "DELETE"
    }

    /// A name and a value in a request's or response's head.
    public struct Header: Equatable, Sendable {
        /// The name; compared without regard to case.
        public let name: String
        /// The value, without surrounding blanks.
        public let value: String

        /// A header by name and value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is asked of the server.
    public var method: Method
    /// The absolute address, `http://` or `https://`.
    public var url: String
    /// What goes into the head; `Content-Length` and `Host` are added.
    public var headers: [Header]
    /// What is sent along; `nil` for no body at all.
    public var body: [UInt8]?
    /// How long each part may take.
    public var patience: Patience
    /// The most bytes of body that are accepted, 8 MiB unless said otherwise.
    public var bodyLimit: Int
    /// Whether to ask over a connection of its own when the server's certificate ends.
    public var wantsCertificateEnd = false
    /// Whether it must never arrive twice: it goes over a connection of its own, because over one that is kept and
    /// breaks before the answer libcurl sends any request again by itself, also one that costs money.
    public var isSentOnce = false
    /// A file of certificates (PEM) that are trusted in place of the system's.
    public var authority: String?

    /// A request.
    public init(
        _ method: Method, _ url: String, headers: [Header] = [], body: [UInt8]? = nil, patience: Patience = Patience(),
        bodyLimit: Int = 8 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.patience = patience
        self.bodyLimit = bodyLimit
    }
}

/// How long the parts of an exchange may take; whatever ends first ends the exchange.
public struct Patience: Equatable, Sendable {
    /// From the start until the connection (with its TLS handshake) stands.
    public var connect: Duration
    /// From the start until the first byte of the response's head.
    public var firstByte: Duration
    /// Between two arrivals of bytes; time in which the reader itself is behind does not count.
    public var idle: Duration
    /// From the start to the last byte.
    public var total: Duration

    /// Limits by part: 3 s to connect, 10 s to the first byte and between bytes, 30 s in all.
    public init(
        connect: Duration = .seconds(3), firstByte: Duration = .seconds(10), idle: Duration = .seconds(10),
        total: Duration = .seconds(30)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
    }
}

extension HTTPRequest {
    /// Refuses what could change the meaning of the request's head, or is no web address.
    func validated() throws(TransferFailure) {
        let lower = url.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
            throw .invalidRequest("the address \"\(url)\" must begin with http:// or https://")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .invalidRequest("the address \"\(url)\" holds blanks or control characters")
        }
        for header in headers {
            guard header.name.utf8.allSatisfy(isTokenByte), !header.name.isEmpty else {
                throw .invalidRequest("\"\(header.name)\" is no name for a header")
            }
            guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
                throw .invalidRequest("the value of the header \(header.name) holds control characters")
            }
        }
    }
}

/// The characters of a header's name (RFC 9110, section 5.6.2).
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
