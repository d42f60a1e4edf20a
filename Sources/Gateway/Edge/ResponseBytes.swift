internal import NIOCore
internal import Vocabulary

/// Writes whole answers as one piece of bytes.
struct ResponseBytes {
    private var second: Int64 = .min
    private var date = ""

    /// The fields of every answer (OWASP secure headers for an API that answers JSON), and no `Server`.
    private static let common: StaticString = """
        Cache-Control: no-store, max-age=0\r
        Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r
        Cross-Origin-Embedder-Policy: require-corp\r
        Cross-Origin-Opener-Policy: same-origin\r
        Cross-Origin-Resource-Policy: same-origin\r
        Referrer-Policy: no-referrer\r
        X-Content-Type-Options: nosniff\r
        X-DNS-Prefetch-Control: off\r
        X-Frame-Options: deny\r
        X-Permitted-Cross-Domain-Policies: none\r

        """

    /// The fields of what browsers show; what it may do, and who may frame it, says its policy.
    private static let forBrowsers: StaticString = """
        Cache-Control: no-cache\r
        Cross-Origin-Resource-Policy: cross-origin\r
        Permissions-Policy: camera=(), geolocation=(), microphone=()\r
        Referrer-Policy: no-referrer\r
        X-Content-Type-Options: nosniff\r
        X-DNS-Prefetch-Control: off\r

        """

    /// The whole answer; a `HEAD` request gets the head of what `GET` would have got.
    mutating func write(
        _ response: EdgeResponse, headOnly: Bool, closing: Bool, at now: Timestamp
    ) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 768 + (headOnly ? 0 : response.body.count))
        buffer.writeStaticString(ResponseBytes.statusLine(response.status))
        switch response.content {
        case .page(let policy):
            buffer.writeStaticString(ResponseBytes.forBrowsers)
            buffer.writeString("Content-Security-Policy: \(policy)\r\n")
        case .script: buffer.writeStaticString(ResponseBytes.forBrowsers)
        case .none, .json, .problem, .metrics, .events: buffer.writeStaticString(ResponseBytes.common)
        }
        buffer.writeStaticString(closing ? "Connection: close\r\nDate: " : "Date: ")
        buffer.writeString(dateText(at: now))
        for header in response.headers {
            buffer.writeStaticString("\r\n")
            buffer.writeString(header.name)
            buffer.writeStaticString(": ")
            buffer.writeString(header.value)
        }
        switch response.content {
        case .none where response.status == 204: buffer.writeStaticString("\r\n\r\n")
        case .none: buffer.writeStaticString("\r\nContent-Length: 0\r\n\r\n")
        case .events:
            // `X-Accel-Buffering` keeps nginx from holding the pieces back.
            buffer.writeStaticString(
                "\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
        case .json, .problem, .metrics, .page, .script:
            buffer.writeStaticString("\r\nContent-Type: ")
            buffer.writeStaticString(ResponseBytes.mediaType(response.content))
            buffer.writeStaticString("\r\nContent-Length: ")
            buffer.writeString(String(response.body.count))
            buffer.writeStaticString("\r\n\r\n")
            if !headOnly { buffer.writeBytes(response.body) }
        }
        return buffer
    }

    /// A piece of an answer whose length is not known (RFC 9112, section 7.1).
    static func piece(_ bytes: [UInt8]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: bytes.count + 16)
        buffer.writeString(String(bytes.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(bytes)
        buffer.writeStaticString("\r\n")
        return buffer
    }

    private static func mediaType(_ content: EdgeResponse.Content) -> StaticString {
        switch content {
        case .problem: "application/problem+json"
        case .metrics: "text/plain; version=0.0.4; charset=utf-8"
        case .page: "text/html; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .events: "text/event-stream; charset=utf-8"
        case .json, .none: "application/json"
        }
    }

    /// `Sun, 22 Nov 2026 18:20:01 GMT` (RFC 9110, section 5.6.7), made anew only when the second changes.
    private mutating func dateText(at now: Timestamp) -> String {
        guard now.wholeSeconds != second else { return date }
        second = now.wholeSeconds
        let civil = now.civil
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = days[Int((second / 86_400 % 7 + 7) % 7)]
        let clock = [civil.hour, civil.minute, civil.second].map(ResponseBytes.twoDigits).joined(separator: ":")
        let month = months[civil.month - 1]
        date = "\(day), \(ResponseBytes.twoDigits(civil.day)) \(month) \(civil.year) \(clock) GMT"
        return date
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func statusLine(_ status: Int) -> StaticString {
        switch status {
        case 200: "HTTP/1.1 200 OK\r\n"
        case 201: "HTTP/1.1 201 Created\r\n"
        case 204: "HTTP/1.1 204 No Content\r\n"
        case 400: "HTTP/1.1 400 Bad Request\r\n"
        case 401: "HTTP/1.1 401 Unauthorized\r\n"
        case 403: "HTTP/1.1 403 Forbidden\r\n"
        case 404: "HTTP/1.1 404 Not Found\r\n"
        case 405: "HTTP/1.1 405 Method Not Allowed\r\n"
        case 408: "HTTP/1.1 408 Request Timeout\r\n"
        case 409: "HTTP/1.1 409 Conflict\r\n"
        case 413: "HTTP/1.1 413 Content Too Large\r\n"
        case 415: "HTTP/1.1 415 Unsupported Media Type\r\n"
        case 422: "HTTP/1.1 422 Unprocessable Content\r\n"
        case 429: "HTTP/1.1 429 Too Many Requests\r\n"
        case 431: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        case 502: "HTTP/1.1 502 Bad Gateway\r\n"
        case 504: "HTTP/1.1 504 Gateway Timeout\r\n"
        case 503: "HTTP/1.1 503 Service Unavailable\r\n"
        case 507: "HTTP/1.1 507 Insufficient Storage\r\n"
        default: "HTTP/1.1 500 Internal Server Error\r\n"
        }
    }
}
