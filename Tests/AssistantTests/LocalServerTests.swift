import Assistant
import Testing
import Transfer

/// Language models of this machine are found, and nothing else is taken for one.
@Suite struct LocalServerTests {
    @Test func `those that offer a model are found, in the order of their ports`() async throws {
        let transfer = try Transfer.start(reach: .alsoPrivate)
        defer { transfer.stop() }
        let ollama = try LoopbackServer { connection in
            guard let request = connection.readRequest(), request.hasPrefix("GET /v1/models ") else { return }
            connection.respond(
                200, #"{"object":"list","data":[{"id":"qwen2.5:3b"},{"id":"evil\u001b[2J"},{"name":"x"}]}"#)
        }
        let gateway = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(401, #"{"code":"unauthenticated"}"#)
        }
        let page = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, "<html>data</html>", type: "text/html")
        }
        let empty = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, #"{"object":"list","data":[]}"#)
        }
        let silent = try LoopbackServer { $0.waitForPeerToClose() }
        let found = await LocalServer.find(
            over: transfer,
            places: [
                ("silent", silent.port), ("empty", empty.port), ("page", page.port), ("gateway", gateway.port),
                ("nobody", try LoopbackServer.deafPort()), ("Ollama", ollama.port),
            ].map { LocalServer.Place($0.0, route: $0.0.lowercased(), port: $0.1) })
        #expect(found.map(\.name) == ["Ollama"] && found.first?.url == "http://127.0.0.1:\(ollama.port)/v1")
        #expect(found.first?.route == "ollama")
        let models = found.first?.models.map(\.text) ?? []
        #expect(models.count == 2 && models.first == "qwen2.5:3b" && !models[1].contains("\u{1B}"))
    }
}
