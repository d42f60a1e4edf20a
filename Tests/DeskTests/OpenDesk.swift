import Assistant
import Bus
import DeskAPI
import Foundation
import Models
import Testing
import Vocabulary

@testable import Desk

/// A whole desk on a folder of its own, with a bus reader that began before anything happened.
final class OpenDesk: Sendable {
    let desk: Desk
    let folder: String
    /// The person at this machine.
    let agent: EmbeddedClient
    private let subscription: Subscription<DeskEvent>

    /// Opens a desk, on the folder of an earlier one if given.
    static func open(
        at folder: String? = nil, answering server: LoopbackServer? = nil, port: UInt16? = nil,
        limits: AnswerLimits = AnswerLimits(retries: 0), wire: ChatWire = .openai,
        endpoints: [String: LoopbackServer] = [:], local: [String: LoopbackServer] = [:],
        endpointLimits: [String: AnswerLimits] = [:], budgets: [Budget] = [], pace: TuningPace = .quick
    ) async throws -> OpenDesk {
        let folder = folder ?? NSTemporaryDirectory() + "desk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        configuration.languageModel = (server?.port ?? port).map {
            LanguageModelEndpoint(url: "http://127.0.0.1:\($0)/v1", model: "m", key: nil, wire: wire)
        }
        configuration.endpoints = endpoints.mapValues {
            LanguageModelEndpoint(url: "\($0.url)/v1", model: "", key: nil, wire: .openai)
        }
        configuration.localServers = local.map { LocalServer.Place($0, route: $0, port: $1.port) }
        configuration.answerLimits = limits
        configuration.endpointLimits = endpointLimits
        configuration.budgets = budgets
        configuration.tuningPace = pace
        let desk = try await Desk.open(configuration, clock: .system)
        return OpenDesk(desk, folder: folder)
    }

    private init(_ desk: Desk, folder: String) {
        self.desk = desk
        self.folder = folder
        agent = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
        subscription = desk.bus.subscribe(limit: 100_000) { event in
            switch event {
            case .messagePosted, .conversationChanged, .answerGrew, .modelChanged, .modelDeleted, .deploymentChanged,
                .alertChanged,
                .trainingChanged:
                true
            default: false
            }
        }
    }

    /// Closes the desk and removes its folder.
    func end() async throws {
        await desk.close()
        try FileManager.default.removeItem(atPath: folder)
    }

    /// A new customer with a new conversation.
    func customer() async throws -> Customer {
        let anybody = EmbeddedClient(desk: desk, caller: .anonymous)
        let made = try await anybody.call(Operations.createCustomer, CreateCustomer(name: "Crystal"))
        let client = EmbeddedClient(desk: desk, caller: try desk.caller(holding: made.token))
        let conversation = try await client.call(Operations.createConversation, CreateConversation())
        return Customer(client: client, conversation: conversation.id)
    }

    /// Waits for the next event of one kind.
    func next<Value>(_ pick: (DeskEvent) -> Value?) async throws -> Value {
        while true {
            let readings = await subscription.next()
            try #require(!readings.isEmpty)
            for reading in readings {
                // What came together with the event that was waited for is not needed by any test.
                if case .event(let event) = reading, let value = pick(event) { return value }
            }
        }
    }

    /// Looks again and again until there is what is looked for.
    func until<Value>(_ look: () async throws -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let value = try await look() { return value }
            await Task.yield()
        }
        throw NothingCame()
    }

    private struct NothingCame: Error {}

    /// Waits for the next answer of the assistant.
    func answer() async throws -> Message {
        try await next { event in
            guard case .messagePosted(let message) = event, message.author == .assistant else { return nil }
            return message
        }
    }

    /// Waits until the conversation stands somewhere.
    func stands(_ id: ID<Conversation>, _ status: Conversation.Status) async throws -> Conversation {
        try await next { event in
            guard case .conversationChanged(let changed) = event, changed.id == id, changed.status == status else {
                return nil
            }
            return changed
        }
    }

    /// The versions of the assistant by their model's names.
    func models() async throws -> [String: ModelVersion] {
        let list = try await agent.call(Operations.listModels, Nothing()).items
        return Dictionary(list.map { ($0.model, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// One customer in one conversation.
    struct Customer: Sendable {
        let client: EmbeddedClient
        let conversation: ID<Conversation>

        @discardableResult
        func ask(_ text: String) async throws -> Message {
            try await client.call(Operations.postMessage, PostMessage(to: conversation, cid: nil, text: text))
        }

        func transcript() async throws -> [Message] {
            try await client.call(Operations.listMessages, ListMessages(of: conversation)).items
        }
    }
}
