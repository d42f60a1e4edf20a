import Glibc
import Testing

/// The orderly end.
@Suite(.serialized, .onOwnThread)
struct DrainTests {
    @Test func `SIGTERM under load finishes what is under way and ends with status 0`() async throws {
        let folder = try TemporaryFolder()
        var desk = try ServedDesk(folder)
        let load = try Load(customers: try (0..<8).map { try desk.customer("customer \($0)") }, seed: 2)
        let started = ContinuousClock.now
        try await load.press(port: desk.port) {
            let observer = try HTTPConnection(port: desk.port)
            #expect(try observer.ask("GET", "/readyz").status == 200)
            try load.waitForConfirmations(100)
            desk.program.send(SIGTERM)
            // Whoever is still connected is told to come back later, or finds the door closed.
            _ = try Deadline(.seconds(10)).ask("readiness to go") {
                let status = try? observer.ask("GET", "/readyz").status
                return status == 200 ? nil : true
            }
        }
        #expect(try desk.program.end(within: .seconds(10)) == .exit(0), "\(desk.program.errors.text())")
        #expect(ContinuousClock.now - started < .seconds(60))
        #expect(desk.program.errors.text().isEmpty)
        desk = try ServedDesk(folder)
        try load.expectEverythingKept(in: desk)
        #expect(try desk.stop() == .exit(0))
        try folder.expectSound()
    }

    @Test func `a client that never ends its request does not hold up the end`() throws {
        let desk = try ServedDesk(try TemporaryFolder())
        let connection = try HTTPConnection(port: desk.port)
        try connection.send(Array("POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Length: 9\r\n\r\n{".utf8))
        let idle = try HTTPConnection(port: desk.port)
        #expect(try idle.ask("GET", "/healthz").status == 200)
        #expect(try desk.stop(within: .seconds(15)) == .exit(0))
    }

    @Test func `a second signal ends at once`() throws {
        let desk = try ServedDesk(try TemporaryFolder())
        let connection = try HTTPConnection(port: desk.port)
        try connection.send(Array("POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Length: 9\r\n\r\n{".utf8))
        desk.program.send(SIGTERM)
        // The first signal is taken when the gateway does not listen to others any more.
        _ = try Deadline().ask("the end to begin") {
            let status = try? HTTPConnection(port: desk.port).ask("GET", "/readyz").status
            return status == 200 ? nil : true
        }
        desk.program.send(SIGTERM)
        #expect(try desk.program.end(within: .seconds(5)) == .exit(128 + SIGTERM))
    }
}
