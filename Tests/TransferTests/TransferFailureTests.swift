import Glibc
import Testing
import Transfer
import Vocabulary

/// Each fault a server can play, and the failure that names it.
@Suite(.timeLimit(.minutes(1))) struct TransferFailureTests {
    let transfer: Transfer

    init() throws {
        transfer = try Transfer.start(reach: .alsoPrivate)
    }

    @Test func `nobody listens`() async throws {
        let port = try LoopbackServer.deafPort()
        await #expect(throws: TransferFailure.refused(server: "127.0.0.1:\(port)")) {
            try await transfer.request(HTTPRequest(.get, "http://127.0.0.1:\(port)/"))
        }
    }

    @Test func `a name that cannot exist`() async {
        await #expect(throws: TransferFailure.unresolved(server: "nowhere.invalid")) {
            try await transfer.request(HTTPRequest(.get, "http://nowhere.invalid/"))
        }
    }

    @Test func `a server that never answers`() async throws {
        let server = try LoopbackServer { $0.waitForPeerToClose() }
        var request = HTTPRequest(.get, server.url)
        request.patience.firstByte = .milliseconds(80)
        await #expect(throws: TransferFailure.timedOut(.firstByte, server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(request)
        }
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `a server that falls silent in the middle`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("some")
            connection.waitForPeerToClose()
        }
        var request = HTTPRequest(.get, server.url)
        request.patience.idle = .milliseconds(80)
        await #expect(throws: TransferFailure.timedOut(.idle, server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(request)
        }
    }

    @Test func `a server that trickles for ever`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            while connection.send("x") { usleep(5000) }
        }
        var request = HTTPRequest(.get, server.url)
        request.patience.total = .milliseconds(150)
        await #expect(throws: TransferFailure.timedOut(.total, server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(request)
        }
    }

    @Test func `the reader's own deadline`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.waitForPeerToClose()
        }
        let stream = try await transfer.stream(HTTPRequest(.get, server.url))
        stream.setDeadline(transfer.now + .milliseconds(50))
        await #expect(throws: TransferFailure.timedOut(.deadline, server: "127.0.0.1:\(server.port)")) {
            for try await _ in stream {}
        }
    }

    @Test(arguments: [true, false])
    func `a body that ends too early`(withReset: Bool) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            if withReset { connection.reset() }
        }
        await #expect(throws: TransferFailure.cut(server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(HTTPRequest(.get, server.url))
        }
    }

    @Test func `a connection that closes without a word`() async throws {
        let server = try LoopbackServer { $0.readRequest() }
        await #expect(throws: TransferFailure.cut(server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(HTTPRequest(.get, server.url))
        }
    }

    @Test(arguments: [true, false])
    func `a body above the limit is not read to its end`(announced: Bool) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            let length = announced ? "Content-Length: 10000000000\r\n" : ""
            connection.send("HTTP/1.1 200 OK\r\n\(length)\r\n")
            while connection.send([UInt8](repeating: 65, count: 65_536)) {}
            connection.saw.yield(.closedByPeer)
        }
        var request = HTTPRequest(.get, server.url)
        request.bodyLimit = 200_000
        await #expect(throws: TransferFailure.tooLarge(limit: 200_000)) { try await transfer.request(request) }
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `an endless head`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-More: \(String(repeating: "y", count: 1000))\r\n") {}
        }
        await #expect(throws: TransferFailure.tooLarge(limit: 65_536)) {
            try await transfer.request(HTTPRequest(.get, server.url))
        }
    }

    @Test func `something that is not HTTP`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("220 mail.example.org ESMTP ready\r\n")
        }
        await #expect(throws: TransferFailure.malformed(server: "127.0.0.1:\(server.port)")) {
            try await transfer.request(HTTPRequest(.get, server.url))
        }
    }

    @Test func `plain HTTP behind an https address`() async throws {
        let server = try LoopbackServer { $0.respond(400, "no TLS here") }
        let url = "https://127.0.0.1:\(server.port)/"
        let failure = await #expect(throws: TransferFailure.self) { try await transfer.request(HTTPRequest(.get, url)) }
        guard case .tls = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
    }

    @Test(arguments: [
        HTTPRequest(.get, "ftp://127.0.0.1/"), HTTPRequest(.get, "file:///etc/passwd"),
        HTTPRequest(.get, "http://127.0.0.1/a b"), HTTPRequest(.get, "http://127.0.0.1/\r\nX: y"),
        HTTPRequest(.get, "http://127.0.0.1/", headers: [.init("X", "a\r\nY: b")]),
        HTTPRequest(.get, "http://127.0.0.1/", headers: [.init("X: a\r\nY", "b")]),
    ])
    func `a request that could smuggle is not sent`(request: HTTPRequest) async {
        let failure = await #expect(throws: TransferFailure.self) { try await transfer.request(request) }
        guard case .invalidRequest = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
    }

    @Test(arguments: [TransferFailure.refused(server: "h:1"), .cut(server: "h"), .timedOut(.idle, server: "h")])
    func `a failure is one line with its remedy`(failure: TransferFailure) {
        #expect(failure.description.contains("; "))
        #expect(!failure.description.contains("\n"))
    }

    @Test func `a message never shows the password in an address`() async throws {
        let port = try LoopbackServer.deafPort()
        let failure = await #expect(throws: TransferFailure.self) {
            try await transfer.request(HTTPRequest(.get, "http://me:secret@127.0.0.1:\(port)/x?key=1"))
        }
        #expect(failure == .refused(server: "127.0.0.1:\(port)"))
    }
}
