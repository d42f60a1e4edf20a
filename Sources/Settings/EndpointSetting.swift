internal import Vocabulary
internal import YAML

/// A further server of language models, for versions that are asked there.
///
/// ```yaml
/// endpoints:
///   - {name: local, url: "http://127.0.0.1:11434/v1", first_token: 60s, whole: 180s, retries: 0}
///   - {name: claude, url: "https://api.anthropic.com", wire: anthropic, key: "env:CLAUDE_KEY",
///      input_price: 3.00, output_price: 15.00, cached_input_price: 0.30, cache_write_price: 3.75}
/// ```
public struct EndpointSetting: Equatable, Sendable {
    /// What versions call it.
    public let name: String
    /// Its base address.
    public let url: String
    /// The protocol that it speaks.
    public let wire: AssistantWire
    /// Where its key is kept (`env:NAME`, `file:/path`), or `nil` when it takes none.
    public let key: String?
    /// What a million tokens of prompts cost, in dollars; `nil` when nobody said.
    public let inputPrice: Double?
    /// What a million tokens of answers cost, in dollars.
    public let outputPrice: Double?
    /// What a million tokens of prompts cost that came from its cache; `nil` when they cost like others.
    public let cachedInputPrice: Double?
    /// What a million tokens of prompts cost that went into its cache; `nil` when they cost like others.
    public let cacheWritePrice: Double?

    /// How long the first token may take there, 1 s to 600 s; `nil` for as long as `assistant.first_token`.
    public let firstToken: Duration?
    /// How long a whole answer may take there, 1 s to 3,600 s; `nil` for as long as `assistant.whole`.
    public let whole: Duration?
    /// How often a request is sent again there, 0 to 10; `nil` for twice.
    public let retries: Int?

    /// The most endpoints.
    public static let limit = 50

    static func read(_ root: YAMLMapping) -> [EndpointSetting] {
        let items = root.items("endpoints")
        if items.count > limit { root.refuse("there are \(items.count) endpoints; at most \(limit) can be used") }
        var names: Set<String> = ["assistant"]
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .serviceName)
            let url = mapping.required("url", as: .webAddress)
            let wire = mapping.optional("wire", as: .wire) ?? .openai
            let key = mapping.optional("key", as: .placeOfSecret)
            func price(_ name: String) -> Double? { mapping.optional(name, as: .double(in: 0...10_000)) }
            let (inputPrice, outputPrice) = (price("input_price"), price("output_price"))
            let (cachedInputPrice, cacheWritePrice) = (price("cached_input_price"), price("cache_write_price"))
            let firstToken = mapping.optional("first_token", as: .duration(in: .seconds(1)...(.seconds(600))))
            let whole = mapping.optional("whole", as: .duration(in: .seconds(1)...(.seconds(3600))))
            let retries = mapping.optional("retries", as: .int(in: 0...10))
            guard let name, let url else { return nil }
            if !names.insert(name).inserted {
                item.refuse("there is already an endpoint `\(name)`; `assistant` is the one of assistant.url")
            }
            return EndpointSetting(
                name: name, url: url, wire: wire, key: key, inputPrice: inputPrice, outputPrice: outputPrice,
                cachedInputPrice: cachedInputPrice, cacheWritePrice: cacheWritePrice, firstToken: firstToken,
                whole: whole, retries: retries)
        }
    }
}

extension YAMLType<AssistantWire> {
    fileprivate static var wire: Self {
        YAMLType("openai or anthropic") { AssistantWire(rawValue: $0.text) }
    }
}

extension YAMLType<String> {
    /// Where a secret is kept, never the secret itself: the file may be shown to others.
    fileprivate static var placeOfSecret: Self {
        YAMLType("env:NAME or file:/path, never the key itself") { scalar in
            scalar.text.hasPrefix("env:") || scalar.text.hasPrefix("file:") ? scalar.text : nil
        }
    }
}
