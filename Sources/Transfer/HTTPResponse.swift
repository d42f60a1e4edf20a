public import Vocabulary

/// The status line and headers of a response.
public struct HTTPHead: Equatable, Sendable {
    /// The status code, 200...599 as a rule; informational answers (1xx) are left out.
    public var status: Int
    /// The headers in the order they came.
    public var headers: [HTTPRequest.Header]
    /// When the server's certificate ends, if that was asked for and the connection is encrypted.
    public var certificateEnd: Timestamp?

    /// A head by its parts.
    public init(status: Int, headers: [HTTPRequest.Header] = []) {
        self.status = status
        self.headers = headers
    }

    /// The value of the first header with this name, in any case.
    public subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// A whole response.
public struct HTTPResponse: Equatable, Sendable {
    /// Status and headers.
    public let head: HTTPHead
    /// The body, at most the request's limit.
    public let body: [UInt8]

    /// The status code.
    public var status: Int { head.status }
    /// The body as text; what is not UTF-8 becomes `U+FFFD`.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Puts a head together from the lines that libcurl hands out one at a time.
struct HeadAssembly {
    private static let byteLimit = 65_536
    private var head = HTTPHead(status: 0)
    private var byteCount = 0

    enum Step: Equatable {
        case unfinished
        case finished(HTTPHead)
        case tooLarge
    }

    /// Takes one line with its line end; the empty line finishes a head unless it is informational.
    mutating func take(_ line: [UInt8]) -> Step {
        byteCount += line.count
        guard byteCount <= HeadAssembly.byteLimit else { return .tooLarge }
        let text = String(decoding: line, as: UTF8.self).trimmed
        if text.hasPrefix("HTTP/") {
            let status = text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
            head = HTTPHead(status: status ?? 0)
        } else if text.isEmpty {
            if head.status >= 200 { return .finished(head) }
        } else if let colon = text.firstIndex(of: ":") {
            let value = String(text[text.index(after: colon)...]).trimmed
            head.headers.append(.init(String(text[..<colon]), value))
        }
        return .unfinished
    }
}

extension String {
    /// Without blanks and line ends at both ends.
    var trimmed: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        guard let first = unicodeScalars.firstIndex(where: { !isBlank($0) }),
            let last = unicodeScalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
