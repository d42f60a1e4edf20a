/// One value of a page in Prometheus' text format.
struct ExpositionSample: Equatable {
    let name: String
    let labels: [String: String]
    let value: Double
}

/// Reads Prometheus' text format 0.0.4 (and what OpenMetrics shares with it), as others write it.
///
/// A line that is wrong is left out and counted; a page of mostly wrong lines is no such page. Everything has a bound:
/// what comes from a target is not to be trusted.
struct ExpositionReader {
    /// The most values of a page.
    static let mostSamples = 50_000
    /// The longest line in bytes.
    static let longestLine = 8192
    private static let mostLabels = 64

    /// The values in their order.
    private(set) var samples: [ExpositionSample] = []
    /// Lines that could not be read.
    private(set) var wrong = 0

    /// Reads a page; `nil` when it is no such page.
    init?(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let first = line.first(where: { !ExpositionReader.isBlank($0) }), first != UInt8(ascii: "#") else {
                continue
            }
            guard samples.count < ExpositionReader.mostSamples else { return }
            guard line.count <= ExpositionReader.longestLine, let sample = ExpositionReader.sample(line) else {
                wrong += 1
                continue
            }
            samples.append(sample)
        }
        guard !samples.isEmpty, wrong <= samples.count else { return nil }
    }

    private static func sample(_ line: ArraySlice<UInt8>) -> ExpositionSample? {
        var rest = line.drop(while: isBlank)
        let name = rest.prefix(while: isNameByte)
        guard let first = name.first, !(48...57).contains(first) else { return nil }
        rest = rest.dropFirst(name.count).drop(while: isBlank)
        var labels: [String: String] = [:]
        if rest.first == UInt8(ascii: "{") {
            rest = rest.dropFirst()
            guard let read = readLabels(&rest) else { return nil }
            labels = read
        }
        // A timestamp may follow, whose clock nobody knows, and an exemplar behind a #: neither is needed.
        let words = rest.split(whereSeparator: { isBlank($0) || $0 == 13 }).prefix { $0 != [UInt8(ascii: "#")] }
        guard (1...2).contains(words.count), let value = number(words[0]) else { return nil }
        return ExpositionSample(name: String(decoding: name, as: UTF8.self), labels: labels, value: value)
    }

    private static func readLabels(_ rest: inout ArraySlice<UInt8>) -> [String: String]? {
        var labels: [String: String] = [:]
        while labels.count <= mostLabels {
            rest = rest.drop { isBlank($0) || $0 == UInt8(ascii: ",") }
            if rest.first == UInt8(ascii: "}") {
                rest = rest.dropFirst()
                return labels
            }
            let name = rest.prefix(while: isNameByte)
            rest = rest.dropFirst(name.count).drop(while: isBlank)
            guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
            rest = rest.dropFirst().drop(while: isBlank)
            guard rest.first == UInt8(ascii: "\"") else { return nil }
            rest = rest.dropFirst()
            guard let value = quoted(&rest) else { return nil }
            labels[String(decoding: name, as: UTF8.self)] = value
        }
        return nil
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                bytes.append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: bytes, as: UTF8.self)
        switch text {
        case "+Inf", "Inf": return .infinity
        case "-Inf": return -.infinity
        case "NaN": return .nan
        default: return text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(text) : nil
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95 || byte == 58
    }
}
