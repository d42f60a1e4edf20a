import DeskAPI
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import HostAgent

@Suite struct HostAgentTests {
    @Test func `nothing is lost over an outage, and it is made up for in few batches`() async throws {
        let folder = try SpoolFolder()
        let gateway = FakeGateway()
        let agent = try HostAgent(AgentConfiguration(name: "web-1", folder: folder.path), client: gateway)
        gateway.problem = Problem(.unreachable, "refused")
        for second in 0..<600 { await agent.keep(SpoolFolder.sample(second)) }
        let pause = try #require(await agent.sendOnce())
        #expect(pause > .zero && pause <= .seconds(30))
        gateway.problem = nil
        let calls = gateway.calls
        while await agent.sendOnce() != nil {}
        #expect(gateway.seconds == (0..<600).map { SpoolFolder.moment($0).wholeSeconds })
        #expect(gateway.calls - calls <= 6)
        #expect(await agent.waiting == 0)
    }

    @Test func `a sample that is refused for good is found, given up and told; all others arrive`() async throws {
        let folder = try SpoolFolder()
        let said = NIOLockedValueBox<[String]>([])
        let gateway = FakeGateway()
        gateway.refused = SpoolFolder.moment(77).wholeSeconds
        var configuration = AgentConfiguration(name: "web-1", folder: folder.path)
        configuration.notice = { line in said.withLockedValue { $0.append(line) } }
        let agent = try HostAgent(configuration, client: gateway)
        for second in 0..<200 { await agent.keep(SpoolFolder.sample(second)) }
        while await agent.sendOnce() != nil {}
        #expect(gateway.seconds == (0..<200).filter { $0 != 77 }.map { SpoolFolder.moment($0).wholeSeconds })
        #expect(said.withLockedValue { $0 }.count == 1)
    }

    @Test func `an agent that is stopped sends what waits, and says what it could not`() async throws {
        let folder = try SpoolFolder()
        let said = NIOLockedValueBox<[String]>([])
        let gateway = FakeGateway()
        var configuration = AgentConfiguration(name: "web-1", folder: folder.path)
        configuration.notice = { line in said.withLockedValue { $0.append(line) } }
        try folder.fill(0..<250)
        let agent = try HostAgent(configuration, client: gateway)
        let run = Task { await agent.run() }
        run.cancel()
        await run.value
        #expect(gateway.seconds.count >= 250)
        #expect(said.withLockedValue { $0.first } == "250 samples of an earlier run wait to be sent")
    }

    @Test func `waits grow with full jitter, are bounded, and heed what the gateway asks for`() {
        var pace = AgentPace()
        var random = SystemRandomNumberGenerator()
        let away = Problem(.unreachable, "refused")
        for round in 0..<40 {
            guard case .retry(let wait) = pace.failed(away, sent: 10, &random) else {
                Issue.record("a batch was given up in round \(round)")
                return
            }
            #expect(wait >= .seconds(0.1) && wait <= .seconds(AgentPace.longestWait))
        }
        let busy = Problem(.unavailable, "draining", retryAfter: 45)
        #expect(pace.failed(busy, sent: 10, &random) == .retry(after: .seconds(45)))
        guard case .goOn(let pause) = pace.succeeded(waiting: 10, &random) else { return }
        #expect(pause >= .seconds(AgentPace.catchUpPause / 2) && pause <= .seconds(AgentPace.catchUpPause * 1.5))
        #expect(pace.failed(Problem(.invalidField, "rows/0/at"), sent: 1, &random) == .giveUp)
        #expect(pace.rows(ofMetrics: 4000) == 10)
    }
}
