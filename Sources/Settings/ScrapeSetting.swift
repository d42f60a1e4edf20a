internal import Vocabulary
internal import YAML

/// A node_exporter whose host is to be watched.
///
/// ```yaml
/// scrape:
///   - {name: db1, url: "http://db1:9100/metrics", every: 10s}
/// ```
public struct ScrapeSetting: Equatable, Sendable {
    /// What its host is called here.
    public let name: String
    /// The address of its page.
    public let url: String
    /// From one page to the next.
    public let every: Duration

    /// The most targets.
    public static let limit = 100

    static func read(_ root: YAMLMapping) -> [ScrapeSetting] {
        let items = root.items("scrape")
        if items.count > limit { root.refuse("there are \(items.count) targets; at most \(limit) are scraped") }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .hostName)
            let url = mapping.required("url", as: .webAddress)
            let every = mapping.optional("every", as: .duration(in: .seconds(1)...(.minutes(5)))) ?? .seconds(10)
            guard let name, let url else { return nil }
            if !names.insert(name).inserted { item.refuse("there is already a target `\(name)`") }
            return ScrapeSetting(name: name, url: url, every: every)
        }
    }
}

extension YAMLType<String> {
    /// The name of a host.
    fileprivate static var hostName: Self {
        YAMLType("a name of 1 to 253 letters, digits, dots, hyphens and underscores") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
                    || [45, 46, 95].contains($0)
            }
            return isPlain && (1...253).contains(scalar.text.utf8.count) ? scalar.text : nil
        }
    }
}
