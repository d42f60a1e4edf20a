import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// The file of business hours, targets and replies while the desk runs.
@Suite struct SupportReloadTests {
    @Test func `what is saved counts for who waits already, and a file with a fault changes nothing`() async throws {
        let folder = NSTemporaryDirectory() + "support-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/support.yaml"
        func save(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
        try save("targets: {first_reply: 1h}\n")
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        configuration.supportPath = path
        configuration.notify.path = folder + "/notify.yaml"
        configuration.readSupport = { Array(try Data(contentsOf: URL(filePath: path))) }
        let desk = try await Desk.open(configuration, clock: .system)
        let client = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
        let customer = try await client.call(Operations.createCustomer, CreateCustomer(name: "Li")).customer
        var start = CreateConversation()
        start.customer = customer
        let id = try await client.call(Operations.createConversation, start).id
        _ = try await client.call(Operations.claimConversation, ClaimConversation(id))
        _ = try await client.call(Operations.releaseConversation, ReleaseConversation(id, to: .queue))
        let waiting = try await client.call(Operations.showConversation, ConversationReference(id))
        let since = try #require(waiting.waitingSince)
        #expect(waiting.dueAt == since + .seconds(3600))
        try save("targets: {first_reply: 10s}\nreplies:\n  - {name: hello, text: Hello}\n")
        let deadline = ContinuousClock.now + .seconds(30)
        while try await client.call(Operations.showConversation, ConversationReference(id)).dueAt
            != since + .seconds(10)
        {
            try #require(ContinuousClock.now < deadline, "the new target never counted")
            await Task.yield()
        }
        #expect(try await client.call(Operations.listReplies, Nothing()).items.map(\.name) == ["hello"])
        try save("targets: {first_reply: soon}\n")
        try save("targets: {first_reply: 20s}\n")
        while try await client.call(Operations.listReplies, Nothing()).items.count > 0 {
            try #require(ContinuousClock.now < deadline, "the last file was never followed")
            await Task.yield()
        }
        await desk.close()
    }
}
