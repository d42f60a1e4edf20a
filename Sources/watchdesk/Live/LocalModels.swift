internal import Assistant
internal import Settings
internal import Transfer
internal import Vocabulary

/// Language models on this machine that the settings do not name yet.
enum LocalModels {
    /// Looks for them.
    static func find() throws -> [LocalServer] {
        try Blocking.run {
            let transfer = try Transfer.start(reach: .alsoPrivate)
            defer { transfer.stop() }
            return await LocalServer.find(over: transfer)
        }
    }

    /// How to use the first of them; `nil` when the settings name a model, or there is none.
    static func offer(_ settings: Settings) -> String? {
        guard settings.assistant.url == nil, settings.endpoints.isEmpty else { return nil }
        let found: LocalServer?
        do { found = try find().first } catch {
            return "language models of this machine cannot be looked for: \(Failure(error).message)"
        }
        guard let server = found else { return nil }
        return "\(server.name) answers at \(server.url) with \(words(server.models)); to let it answer customers: "
            + "WATCHDESK_ASSISTANT_URL=\(server.url) WATCHDESK_ASSISTANT_MODEL=\(server.models[0])"
    }

    private static func words(_ models: [SafeText]) -> String {
        let named = models.prefix(3).map(\.text).joined(separator: ", ")
        return models.count > 3 ? "\(named) and \(models.count - 3) more" : named
    }
}
