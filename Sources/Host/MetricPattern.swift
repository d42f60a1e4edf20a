/// A metric's name in which each `*` stands for any device, such as `fs.*.used_percent`.
struct MetricPattern: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    let description: String
    private let parts: [[UInt8]]

    /// A pattern; without a `*` it matches one name only.
    init(_ text: String) {
        description = text
        parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether it stands for more than one name.
    var isFamily: Bool { parts.count > 1 }

    /// Whether it stands for this name; a `*` stands for one byte or more.
    func matches(_ name: String) -> Bool { device(in: name) != nil }

    /// What the first `*` stands for in this name, empty when the pattern has none; `nil` when it does not match.
    func device(in name: String) -> String? {
        let bytes = Array(name.utf8)
        guard let first = parts.first, let last = parts.last, bytes.starts(with: first) else { return nil }
        guard isFamily else { return bytes.count == first.count ? "" : nil }
        var start = first.count
        var device: Range<Int>?
        for part in parts.dropFirst().dropLast() {
            guard let found = find(part, in: bytes, from: start + 1) else { return nil }
            device = device ?? start..<found
            start = found + part.count
        }
        let end = bytes.count - last.count
        guard end > start, bytes[end...].elementsEqual(last) else { return nil }
        return String(decoding: bytes[device ?? start..<end], as: UTF8.self)
    }

    private func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start + part.count <= bytes.count else { return nil }
        return (start...(bytes.count - part.count)).first { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

extension MetricCatalogue {
    /// What a metric is, by its full name; `nil` when no sampler reports it.
    public static func description(of name: String) -> MetricDescription? {
        all.first { $0.name == name }
            ?? patterns.lazy.compactMap { pattern, family in
                pattern.device(in: name).map {
                    MetricDescription(
                        name: name, unit: family.unit, title: family.title.replacing("*", with: $0))
                }
            }.first
    }

    private static let patterns = all.filter { $0.name.contains("*") }.map { (MetricPattern($0.name), $0) }
}
