import Bus
import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

@Suite struct ScrapeWatchTests {
    @Test func `an exporter's host is seen while it answers, and known to be down when it does not`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            guard connection.number == 1 else { return }
            connection.respond(200, "node_load1 0.5\nnode_memory_MemTotal_bytes 1000\n", type: "text/plain")
        }
        let folder = NSTemporaryDirectory() + "scrape-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        configuration.scrapes = [
            ScrapeTarget(name: "db1", url: server.url + "/metrics", every: .milliseconds(1100))
        ]
        let desk = try await Desk.open(configuration, clock: .system)
        let agent = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
        let deadline = ContinuousClock.now + .seconds(20)
        var seen: [Double?] = []
        let news = desk.bus.subscribe()
        while seen.count < 2, ContinuousClock.now < deadline {
            for case .event(.hostSampled(let snapshot)) in await news.next() where snapshot.host == "db1" {
                seen.append(snapshot["load.1"])
                #expect(snapshot["scrape.up"] == (snapshot["load.1"] == nil ? 0 : 1))
            }
        }
        #expect(seen == [0.5, nil])
        let hosts = try await agent.call(Operations.listHosts, Nothing()).items
        #expect(hosts.map(\.name).contains("db1"))
        await desk.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}
