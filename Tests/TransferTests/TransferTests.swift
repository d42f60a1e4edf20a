import Testing
import Transfer
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct TransferTests {
    let transfer: Transfer

    init() throws {
        transfer = try Transfer.start(reach: .alsoPrivate)
    }

    @Test func `a request gets status, headers and body`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(404, "nothing here", type: "text/plain", headers: ["X-Reason: gone"])
        }
        let response = try await transfer.request(HTTPRequest(.get, server.url + "/a?b=c"))
        #expect(response.status == 404)
        #expect(response.head["x-reason"] == "gone")
        #expect(response.text == "nothing here")
        await server.sees { $0 == .accepted }
        await server.sees {
            guard case .request(let text) = $0 else { return false }
            #expect(text.hasPrefix("GET /a?b=c HTTP/1.1\r\n"))
            return true
        }
    }

    @Test func `a body is sent whole and without asking leave`() async throws {
        let body = String(repeating: "x", count: 300_000)
        let server = try LoopbackServer { connection in
            let request = connection.readRequest() ?? ""
            let asksLeave = request.lowercased().contains("\r\nexpect:")
            let isForm = request.lowercased().contains("\r\ncontent-type: application/x-www")
            connection.respond(200, asksLeave || isForm ? "bad head" : String(request.suffix(300_000)))
        }
        let response = try await transfer.request(HTTPRequest(.post, server.url, body: Array(body.utf8)))
        #expect(response.text == body)
    }

    @Test func `an empty post says that it is empty`() async throws {
        let server = try LoopbackServer { connection in
            connection.respond(200, connection.readRequest() ?? "")
        }
        let response = try await transfer.request(HTTPRequest(.post, server.url))
        #expect(response.text.contains("\r\nContent-Length: 0\r\n"))
    }

    @Test func `the second request uses the first one's connection`() async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil { connection.respond(200, "\(connection.number)") }
        }
        let first = try await transfer.request(HTTPRequest(.get, server.url))
        let second = try await transfer.request(HTTPRequest(.get, server.url))
        #expect([first.text, second.text] == ["1", "1"])
    }

    @Test func `what must not arrive twice does not, over a connection that breaks before the answer`() async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(200, "")
            connection.readRequest()
            connection.reset()
        }
        _ = try await transfer.request(HTTPRequest(.get, server.url))
        var request = HTTPRequest(.post, server.url + "/pay", body: [1])
        request.isSentOnce = true
        // A connection of its own is answered.
        #expect(try await transfer.request(request).status == 200)
        _ = try await transfer.request(HTTPRequest(.get, server.url + "/late"))
        var paid = 0
        await server.sees {
            if case .request(let text) = $0 { paid += text.hasPrefix("POST /pay") ? 1 : 0 }
            if case .request(let text) = $0 { return text.hasPrefix("GET /late") }
            return false
        }
        #expect(paid == 1)
    }

    @Test func `a stream let go after its last event leaves the connection to the next request`() async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil {
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\(connection.number)\r\n")
                connection.send("3\r\nend\r\n0\r\n\r\n")
            }
        }
        var connections: [UInt8?] = []
        for _ in 0..<10 {
            let stream = try await transfer.stream(HTTPRequest(.get, server.url))
            var chunks = stream.makeAsyncIterator()
            connections.append(try await chunks.next()?.first)
            stream.discardRest()
        }
        // Closing each would make ten; a request may overtake the rest of the one before and need a second.
        #expect(Set(connections).count < 10)
    }

    @Test func `pieces arrive while the server still writes`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("first")
            connection.readRequest()
            connection.send("never")
        }
        let stream = try await transfer.stream(HTTPRequest(.get, server.url))
        #expect(stream.head.status == 200)
        var chunks = stream.makeAsyncIterator()
        #expect(try await chunks.next() == Array("first".utf8))
    }

    @Test func `one byte at a time makes the same body`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            for byte in "HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\nslow but sure".utf8 {
                connection.send([byte])
            }
        }
        let response = try await transfer.request(HTTPRequest(.get, server.url))
        #expect(response.head["a"] == "b")
        #expect(response.text == "slow but sure")
    }

    @Test func `a slow reader makes the server wait and loses nothing`() async throws {
        let size = 4 << 20
        let (progress, wrote) = AsyncStream.makeStream(of: Int.self)
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream("application/octet-stream")
            for block in 0..<size >> 16 {
                guard connection.send([UInt8](repeating: UInt8(truncatingIfNeeded: block), count: 65_536)) else {
                    break
                }
                wrote.yield((block + 1) << 16)
            }
            wrote.finish()
        }
        var chunks = try await transfer.stream(HTTPRequest(.get, server.url)).makeAsyncIterator()
        var written = progress.makeAsyncIterator()
        var sent: Int? = 0
        var received = 0
        var largest = 0
        var counts = [Int](repeating: 0, count: 256)
        while let chunk = try await chunks.next() {
            received += chunk.count
            largest = max(largest, chunk.count)
            for byte in chunk { counts[Int(byte)] += 1 }
            // The reader waits until far more is on its way than may lie unread.
            while let known = sent, known < min(size, received + 150_000) { sent = await written.next() }
        }
        #expect(received == size)
        #expect(counts[..<64].allSatisfy { $0 == 65_536 })
        #expect((32_768...65_536 + 16_384).contains(largest), "the largest piece had \(largest) bytes")
    }

    @Test func `cancelling the reader closes the connection at once`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("one")
            connection.waitForPeerToClose()
        }
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let reader = Task { [transfer] in
            let stream = try await transfer.stream(HTTPRequest(.get, server.url))
            for try await _ in stream { begin.yield() }
        }
        for await _ in began { break }
        reader.cancel()
        await #expect(throws: TransferFailure.cancelled) { try await reader.value }
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `letting go of a stream closes the connection`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.waitForPeerToClose()
        }
        _ = try await transfer.stream(HTTPRequest(.get, server.url))
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `a stopped transfer fails what runs and what comes after`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.waitForPeerToClose()
        }
        let stream = try await transfer.stream(HTTPRequest(.get, server.url))
        transfer.stop()
        await #expect(throws: TransferFailure.stopped) { for try await _ in stream {} }
        await #expect(throws: TransferFailure.stopped) { try await transfer.request(HTTPRequest(.get, server.url)) }
    }

    @Test func `a hundred requests at once all come back`() async throws {
        let server = try LoopbackServer { connection in
            while let request = connection.readRequest() {
                connection.respond(200, String(request.dropFirst(5).prefix { $0 != " " }))
            }
        }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<100 {
                group.addTask { [transfer] in
                    try await transfer.request(HTTPRequest(.get, "\(server.url)/\(number)")).text
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<100).map(String.init)))
    }
}
