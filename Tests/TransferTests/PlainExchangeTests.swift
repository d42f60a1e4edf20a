import Testing
import Transfer

@Suite struct PlainExchangeTests {
    @Test func `nobody who listens is told as refused, and an unknown name as unknown`() async throws {
        await #expect(throws: TransferFailure.refused(server: "127.0.0.1:1")) {
            try await PlainExchange(host: "127.0.0.1", port: 1, patience: .seconds(2)).perform()
        }
        await #expect(throws: TransferFailure.unresolved(server: "no such name")) {
            try await PlainExchange(host: "no such name", port: 80, patience: .seconds(2)).perform()
        }
    }

    @Test func `a server that is silent costs no more than the time that it is given`() async throws {
        let server = try LoopbackServer { $0.readRequest() }
        let start = SuspendingClock.now
        await #expect(throws: TransferFailure.timedOut(.firstByte, server: "127.0.0.1:\(server.port)")) {
            try await PlainExchange(
                host: "127.0.0.1", port: Int(server.port), question: [1], patience: .milliseconds(200)
            ).perform()
        }
        // The kernel rounds what it waits to its own ticks.
        #expect(SuspendingClock.now - start >= .milliseconds(190))
        #expect(
            try await PlainExchange(host: "127.0.0.1", port: Int(server.port), patience: .seconds(2)).perform() == [])
    }
}
