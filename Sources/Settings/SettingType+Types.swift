public import Vocabulary
internal import YAML

extension SettingType<String> {
    /// Any text but the empty one.
    public static var text: Self { SettingType("text") { text, _ in text.isEmpty ? nil : text } }

    /// The path of a file or a folder.
    public static func path(_ accepts: String) -> Self {
        SettingType(accepts) { text, context in context.path(text) }
    }

    /// The name of a theme, or the path of a theme file.
    public static var theme: Self {
        SettingType("the name of a theme, or the path of its file") { text, context in
            guard !text.contains("/") else { return context.path(text) }
            // A slash tells the library that it is a path.
            if text.hasSuffix(".theme") || text.hasSuffix(".yaml") {
                return context.path(text).map { $0.contains("/") ? $0 : "./\($0)" }
            }
            let isName = text.unicodeScalars.allSatisfy {
                $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
            }
            return isName && !text.isEmpty ? text : nil
        }
    }
}

extension SettingType<[String]> {
    /// Some of the overview's tiles, each once.
    public static var overviewTiles: Self {
        let names = ["alerts", "conversations", "models", "cpu", "memory", "disk", "network"]
        return SettingType("some of \(names.joined(separator: ", ")), with blanks between") { text, _ in
            let words = text.split { $0 == " " || $0 == "," }.map(String.init)
            let isRight = !words.isEmpty && words.allSatisfy(names.contains) && Set(words).count == words.count
            return isRight ? words : nil
        }
    }
}

extension SettingType<[String]> {
    /// Names of versions; none with `none`.
    public static var versionNames: Self {
        SettingType("names such as production, with blanks between, or none") { text, _ in
            let words = text.split { $0 == " " || $0 == "," }.map(String.init)
            guard words != ["none"] else { return [] }
            let isRight = words.allSatisfy { word in
                word.utf8.count <= 64
                    && word.utf8.allSatisfy {
                        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
                    }
            }
            return isRight && !words.isEmpty && words.count <= 50 ? words : nil
        }
    }

    /// Origins of web pages: scheme, host and perhaps port.
    public static var origins: Self {
        SettingType("origins such as https://shop.example, with blanks between") { text, _ in
            let words = text.split { $0 == " " || $0 == "," }.map(String.init)
            let isRight = words.allSatisfy { word in
                let lower = word.lowercased()
                guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
                let host = lower.dropFirst(scheme.count)
                return !host.isEmpty
                    && host.utf8.allSatisfy {
                        (97...122).contains($0) || (48...57).contains($0) || "-.:[]".utf8.contains($0)
                    }
            }
            return isRight && words.count <= 50 ? words.map { $0.lowercased() } : nil
        }
    }
}

extension SettingType<Bool> {
    /// A yes or a no.
    public static var truth: Self {
        SettingType("true or false") { text, _ in
            switch text.lowercased() {
            case "true", "yes", "on", "1": true
            case "false", "no", "off", "0": false
            default: nil
            }
        }
    }
}

extension SettingType<Double> {
    /// What a million tokens cost, in dollars.
    public static var price: Self {
        SettingType("dollars for a million tokens, 0 to 10000, such as 0.15") { text, _ in
            Double(text).flatMap { (0...10_000).contains($0) ? $0 : nil }
        }
    }
}

extension SettingType<Duration> {
    /// A length of time within bounds, such as `1h30m` or `31d`.
    public static func duration(in range: ClosedRange<Duration>) -> Self {
        let bounds = "\(range.lowerBound.shorthand) to \(range.upperBound.shorthand)"
        return SettingType("a duration from \(bounds), such as 90m, 1d or 31d") { text, _ in
            Duration(shorthand: text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Duration {
    static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
    static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}

extension SettingType<Secret> {
    /// A secret, or where it is kept: `file:/path`, `env:NAME`.
    public static var secret: Self {
        SettingType("a secret, file:/path or env:NAME") { text, _ in text.isEmpty ? nil : Secret(text) }
    }
}

extension SettingType<ListenAddress> {
    /// A host and a port to listen at.
    public static var listenAddress: Self {
        SettingType("HOST:PORT, such as 127.0.0.1:7180") { text, _ in ListenAddress(text) }
    }
}

extension SettingType<ServerAddress> {
    /// The address of a server.
    public static var serverAddress: Self {
        SettingType("an address that begins with http:// or https://") { text, _ in ServerAddress(text) }
    }
}

extension SettingType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the names of an enumeration.
    public static var choice: Self {
        let cases = Array(Value.allCases)
        let names = cases.map(\.rawValue)
        let accepts = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        return SettingType(accepts) { text, _ in cases.first { $0.rawValue == text } }
    }
}
