internal import Vocabulary
internal import YAML

/// A service that the gateway is to ask again and again whether it answers.
///
/// ```yaml
/// services:
///   - {name: web, http: "https://shop.example/health", every: 10s, timeout: 3s, expect: 200}
///   - {name: shop, http: "https://10.0.0.7/health", ca: /etc/ssl/shop.pem}
///   - {name: db, postgresql: "db.example:5432"}
/// ```
public struct ServiceSetting: Equatable, Sendable {
    /// Its name in the metrics: lower-case letters, digits, hyphens and underscores.
    public let name: String
    /// How it is asked.
    public let kind: Kind
    /// An address for `http` and `llm`, `HOST:PORT` for the others.
    public let target: String
    /// From one question to the next.
    public let every: Duration
    /// How long an answer may take.
    public let timeout: Duration
    /// The status that means that all is well.
    public let expect: Int
    /// A file of certificates (PEM) that are trusted in place of the system's.
    public let authority: String?

    /// How a service is asked.
    public enum Kind: String, CaseIterable, Sendable {
        /// An HTTP request.
        case http
        /// A TCP connection.
        case tcp
        /// The beginning of PostgreSQL's protocol.
        case postgresql
        /// Redis' `PING`.
        case redis
        /// A language model's list of models.
        case llm

        var isWeb: Bool { self == .http || self == .llm }
    }

    /// The most services.
    public static let limit = 100

    static func read(_ root: YAMLMapping) -> [ServiceSetting] {
        let items = root.items("services")
        if items.count > limit { root.refuse("there are \(items.count) services; at most \(limit) are watched") }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping(), let service = ServiceSetting(mapping) else { return nil }
            if !names.insert(service.name).inserted { item.refuse("there is already a service `\(service.name)`") }
            return service
        }
    }

    private init?(_ mapping: YAMLMapping) {
        let name = mapping.required("name", as: .serviceName)
        let every = mapping.optional("every", as: .duration(in: .seconds(1)...(.hours(1)))) ?? .seconds(10)
        let timeout = mapping.optional("timeout", as: .duration(in: .milliseconds(100)...(.minutes(1)))) ?? .seconds(3)
        let expect = mapping.optional("expect", as: .int(in: 100...599))
        let authority = mapping.optional("ca", as: .name)
        let targets = Kind.allCases.compactMap { kind in
            mapping.optional(kind.rawValue, as: kind.isWeb ? .webAddress : .hostAndPort).map { (kind, $0) }
        }
        let kinds = Kind.allCases.map(\.rawValue)
        let written = kinds.filter { mapping.reader($0) != nil }
        guard written.count == 1 else {
            mapping.refuse("a service needs one of \(kinds.joined(separator: ", "))")
            return nil
        }
        if timeout > every { mapping.refuse("`timeout` must not be longer than `every` (\(every.shorthand))") }
        guard let name, let (kind, target) = targets.first else { return nil }
        if expect != nil, !kind.isWeb { mapping.reader("expect")?.refuse("`expect` is for http and llm") }
        if authority != nil, !kind.isWeb { mapping.reader("ca")?.refuse("`ca` is for http and llm") }
        (self.name, self.kind, self.target) = (name, kind, target)
        (self.every, self.timeout, self.expect, self.authority) = (every, timeout, expect ?? 200, authority)
    }
}

extension YAMLType<String> {
    /// A name that can stand in a metric's name.
    static var serviceName: Self {
        YAMLType("a name of 1 to 64 lower-case letters, digits, hyphens and underscores") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
            }
            return isPlain && (1...64).contains(scalar.text.utf8.count) ? scalar.text : nil
        }
    }

    /// The address of a page.
    static var webAddress: Self {
        YAMLType("an address that begins with http:// or https://, without name and password") { scalar in
            // The query belongs to the address here, but is no part of what `ServerAddress` reads.
            let page = scalar.text.prefix { $0 != "?" && $0 != "#" }
            let isPrintable = scalar.text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            return isPrintable && ServerAddress(String(page)) != nil ? scalar.text : nil
        }
    }

    fileprivate static var hostAndPort: Self {
        YAMLType("HOST:PORT, such as 127.0.0.1:5432") { scalar in
            ListenAddress(scalar.text).flatMap { $0.port > 0 ? scalar.text : nil }
        }
    }
}
