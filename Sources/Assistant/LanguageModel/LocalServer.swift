internal import JSON
public import Transfer
public import Vocabulary

/// A server on this machine that speaks OpenAI's protocol: Ollama, llama.cpp, LM Studio or vLLM.
public struct LocalServer: Equatable, Sendable {
    /// What runs there, by its usual port.
    public let name: String
    /// Its address, to be given as `assistant.url`.
    public let url: String
    /// The models it offers, as it names them; at most fifty.
    public let models: [SafeText]

    /// Where such servers listen unless told otherwise, from their documentation.
    public static let usualPorts: [(name: String, port: UInt16)] = [
        ("Ollama", 11434), ("llama.cpp", 8080), ("LM Studio", 1234), ("vLLM", 8000),
    ]

    /// Asks the usual ports of this machine for their models; a port where nobody listens costs nothing.
    ///
    /// - Parameter ports: where to look.
    /// - Returns: those that offer a model, in the order of the ports.
    public static func find(
        over transfer: Transfer, ports: [(name: String, port: UInt16)] = usualPorts
    ) async -> [LocalServer] {
        await withTaskGroup(of: (Int, LocalServer?).self) { group in
            for (place, candidate) in ports.enumerated() {
                group.addTask { (place, await ask(candidate.name, candidate.port, over: transfer)) }
            }
            var found: [(place: Int, server: LocalServer)] = []
            for await (place, server) in group { if let server { found.append((place, server)) } }
            return found.sorted { $0.place < $1.place }.map(\.server)
        }
    }

    private static func ask(_ name: String, _ port: UInt16, over transfer: Transfer) async -> LocalServer? {
        let url = "http://127.0.0.1:\(port)/v1"
        let patience = Patience(
            connect: .milliseconds(300), firstByte: .milliseconds(700), idle: .milliseconds(700), total: .seconds(1))
        let request = HTTPRequest(.get, url + "/models", patience: patience, bodyLimit: 1 << 20)
        do {
            let response = try await transfer.request(request)
            guard response.head.status == 200 else { return nil }
            let entries = try JSONParser.parse(response.body)["data"]?.elements ?? []
            let models = entries.prefix(50).compactMap { entry in
                entry["id"]?.text.map { SafeText(untrusted: $0, limit: 200).oneLine }
            }
            return models.isEmpty ? nil : LocalServer(name: name, url: url, models: models)
        } catch {
            // Nobody, or something else: neither is a fault.
            return nil
        }
    }
}
