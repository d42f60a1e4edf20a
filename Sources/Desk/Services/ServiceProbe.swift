internal import DeskAPI
internal import Transfer
internal import Vocabulary

/// Asks a service once whether it answers.
struct ServiceProbe: Sendable {
    let target: ServiceTarget
    let transfer: Transfer

    /// Why a service counts as down, in words for people.
    struct Failure: Error, Equatable {
        let reason: String
    }

    /// Asks, and gives when the service's certificate ends if it has one.
    ///
    /// - Throws: ``Failure`` otherwise; it never takes much longer than the service's time limit.
    func ask() async throws(Failure) -> Timestamp? {
        do throws(TransferFailure) {
            switch target.kind {
            case .http: return try await askWeb(target.target)
            case .llm: return try await askWeb(target.target + "/models")
            case .tcp: _ = try await exchange([])
            case .postgresql: try ServiceProbe.checkPostgreSQL(try await exchange(ServiceProbe.sslRequest))
            case .redis: try ServiceProbe.checkRedis(try await exchange(Array("PING\r\n".utf8)))
            }
            return nil
        } catch {
            throw Failure(reason: error.reason)
        }
    }

    private func askWeb(_ address: String) async throws(TransferFailure) -> Timestamp? {
        let patience = Patience(
            connect: target.timeout, firstByte: target.timeout, idle: target.timeout, total: target.timeout)
        // Only the head counts: a page may be as large as it likes.
        var request = HTTPRequest(.get, address, patience: patience)
        request.wantsCertificateEnd = address.lowercased().hasPrefix("https:")
        request.authority = target.authority
        let stream = try await transfer.stream(request)
        guard stream.head.status != target.expect else { return stream.head.certificateEnd }
        throw .other("it answered with status \(stream.head.status), not \(target.expect)")
    }

    private func exchange(_ question: [UInt8]) async throws(TransferFailure) -> [UInt8] {
        guard let address = ListenAddress(target.target) else {
            throw .invalidRequest("\(target.target) is no HOST:PORT")
        }
        return try await PlainExchange(
            host: address.host, port: address.port, question: question, patience: target.timeout
        ).perform()
    }

    /// `SSLRequest` (PostgreSQL, "Message Formats"): eight bytes, answered by one without any login.
    static let sslRequest: [UInt8] = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]

    static func checkPostgreSQL(_ answer: [UInt8]) throws(TransferFailure) {
        switch answer.first {
        case UInt8(ascii: "S"), UInt8(ascii: "N"): return
        case UInt8(ascii: "E"): throw .other("PostgreSQL answered with an error: \(words(answer.dropFirst(5)))")
        default: throw .other("what answers is not PostgreSQL")
        }
    }

    static func checkRedis(_ answer: [UInt8]) throws(TransferFailure) {
        let text = String(decoding: answer, as: UTF8.self)
        // One that wants a password answers too.
        if text.hasPrefix("+PONG") || text.hasPrefix("-NOAUTH") { return }
        guard text.hasPrefix("-") else { throw .other("what answers is not Redis") }
        throw .other("Redis answered: \(words(answer.dropFirst()))")
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> String {
        SafeText(
            untrusted: String(decoding: bytes.filter { $0 != 0 && $0 != 13 && $0 != 10 }, as: UTF8.self), limit: 200
        )
        .oneLine.text
    }
}
