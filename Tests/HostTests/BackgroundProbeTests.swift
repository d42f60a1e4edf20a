import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct BackgroundProbeTests {
    /// A file system that answers only when the test lets it.
    final class Server: Sendable {
        let gate = DispatchSemaphore(value: 0)
        let asked = DispatchSemaphore(value: 0)

        func ask() -> SpaceReading? {
            asked.signal()
            gate.wait()
            return SpaceReading(ofPath: Array("/".utf8))
        }
    }

    private func at(_ seconds: Double) -> Monotonic { Monotonic(nanoseconds: Int64(seconds * 1e9)) }

    private func untilAnswered(_ probe: BackgroundProbe<SpaceReading>, at seconds: Double) -> SpaceReading? {
        let deadline = Date().addingTimeInterval(30)
        while Date() < deadline {
            if let space = probe.newest(at: at(seconds)).answer { return space }
            sched_yield()
        }
        return nil
    }

    @Test func `a hanging server makes its values stale and never the sampler wait`() throws {
        let server = Server()
        let probe = try BackgroundProbe("test", every: .seconds(10), server.ask)
        #expect(probe.newest(at: at(100)).isStale == false, "it was only just asked")
        #expect(server.asked.wait(timeout: .now() + 30) == .success)
        #expect(probe.newest(at: at(102)).isStale == false)
        let late = probe.newest(at: at(104))
        #expect(late.answer == nil && late.isStale)
        #expect(probe.newest(at: at(1000)).isStale, "it stays stale, however long")
        server.gate.signal()
        #expect(untilAnswered(probe, at: 1000) != nil)
        server.gate.signal()
    }

    @Test func `the last answer stays while the server hangs, marked as stale`() throws {
        let server = Server()
        let probe = try BackgroundProbe("test", every: .seconds(10), server.ask)
        server.gate.signal()
        let first = untilAnswered(probe, at: 100)
        #expect(first != nil)
        #expect(probe.newest(at: at(109)).isStale == false, "not due yet")
        _ = probe.newest(at: at(111))
        let late = probe.newest(at: at(115))
        #expect(late.answer == first)
        #expect(late.isStale)
        server.gate.signal()
    }

    @Test func `one thread asks once at a time`() throws {
        let server = Server()
        let probe = try BackgroundProbe("test", every: .seconds(10), server.ask)
        for second in 0..<200 { _ = probe.newest(at: at(Double(second))) }
        #expect(server.asked.wait(timeout: .now() + 30) == .success)
        #expect(server.asked.wait(timeout: .now()) == .timedOut)
        server.gate.signal()
    }
}
