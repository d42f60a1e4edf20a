/// What `Package.swift` says about who may import whom, read from its text.
struct Manifest {
    /// The modules that each target may import.
    private(set) var imports: [String: Set<String>] = [:]
    /// The targets that hold C, which are doors to a library.
    private(set) var doors: Set<String> = []

    /// The names that the manifest gives to lists of products.
    private static let shorthands: [String: Set<String>] = [
        "locks": ["NIOConcurrencyHelpers"],
        "nio": ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket"],
        "argumentParser": ["ArgumentParser"],
    ]

    /// Reads the manifest's text: each call that makes a target of ours, with the names it mentions.
    init(_ text: String) {
        for maker in ["slice", "door", "Target.target", "Target.executableTarget"] {
            for arguments in Manifest.calls(of: maker, in: text) {
                let quoted = arguments.matches(of: /"([^"]+)"/).map { String($0.1) }
                guard let name = quoted.first else { continue }
                let words = Set(arguments.matches(of: /\b[A-Za-z]+\b/).map { String($0.0) })
                let products = Manifest.shorthands.filter { words.contains($0.key) }.values
                imports[name] = maker == "door" ? [] : products.reduce(Set(quoted.dropFirst())) { $0.union($1) }
                if maker == "door" { doors.insert(name) }
            }
        }
    }

    /// The text between the parentheses of each call of `maker` that names a target.
    private static func calls(of maker: String, in text: String) -> [Substring] {
        text.ranges(of: "\(maker)(").compactMap { range in
            let before = text[..<range.lowerBound].last ?? " "
            guard !before.isLetter, before != "." else { return nil }
            let arguments = balanced(text[range.upperBound...])
            let isNamed = arguments.contains(/^\s*(name:\s*)?"/)
            return isNamed ? arguments : nil
        }
    }

    private static func balanced(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}
