internal import JSON
public import Transfer
public import Vocabulary

/// A server on this machine that speaks OpenAI's protocol: Ollama, llama.cpp, LM Studio or vLLM.
public struct LocalServer: Equatable, Sendable {
    /// What runs there, by its usual port.
    public let name: String
    /// The name by which it can be used without any configuration, such as `ollama`.
    public let route: String
    /// Its address, to be given as `assistant.url`.
    public let url: String
    /// The models it offers, as it names them; at most fifty.
    public let models: [SafeText]

    /// Where such a server listens unless told otherwise.
    public struct Place: Equatable, Sendable {
        /// What runs there.
        public let name: String
        /// The name by which it can be used without any configuration: lower-case letters, digits, dots and hyphens.
        public let route: String
        /// The port on this machine.
        public let port: UInt16

        /// A place.
        public init(_ name: String, route: String, port: UInt16) {
            (self.name, self.route, self.port) = (name, route, port)
        }

        /// The address, to be given as `assistant.url`.
        public var url: String { "http://127.0.0.1:\(port)/v1" }

        /// As an endpoint without a key.
        public func endpoint(for model: String) -> LanguageModelEndpoint {
            LanguageModelEndpoint(url: url, model: model, key: nil, wire: .openai)
        }
    }

    /// Where such servers listen, from their documentation.
    public static let usualPlaces = [
        Place("Ollama", route: "ollama", port: 11434), Place("llama.cpp", route: "llama.cpp", port: 8080),
        Place("LM Studio", route: "lm-studio", port: 1234), Place("vLLM", route: "vllm", port: 8000),
    ]

    /// Asks the usual ports of this machine for their models; a port where nobody listens costs nothing.
    ///
    /// - Parameter places: where to look.
    /// - Returns: those that offer a model, in the order of the places.
    public static func find(over transfer: Transfer, places: [Place] = usualPlaces) async -> [LocalServer] {
        await withTaskGroup(of: (Int, LocalServer?).self) { group in
            for (number, place) in places.enumerated() {
                group.addTask { (number, await ask(place, over: transfer)) }
            }
            var found: [(place: Int, server: LocalServer)] = []
            for await (place, server) in group { if let server { found.append((place, server)) } }
            return found.sorted { $0.place < $1.place }.map(\.server)
        }
    }

    private static func ask(_ place: Place, over transfer: Transfer) async -> LocalServer? {
        let patience = Patience(
            connect: .milliseconds(300), firstByte: .milliseconds(700), idle: .milliseconds(700), total: .seconds(1))
        let request = HTTPRequest(.get, place.url + "/models", patience: patience, bodyLimit: 1 << 20)
        do {
            let response = try await transfer.request(request)
            guard response.head.status == 200 else { return nil }
            let entries = try JSONParser.parse(response.body)["data"]?.elements ?? []
            let models = entries.prefix(50).compactMap { entry in
                entry["id"]?.text.map { SafeText(untrusted: $0, limit: 200).oneLine }
            }
            return models.isEmpty
                ? nil : LocalServer(name: place.name, route: place.route, url: place.url, models: models)
        } catch {
            // Nobody, or something else: neither is a fault.
            return nil
        }
    }
}
