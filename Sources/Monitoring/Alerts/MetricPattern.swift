/// Names one metric, or with one `*` the same metric of every device: `cpu.busy`, `fs.*.used_percent`.
public struct MetricPattern: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let description: String
    private let prefix: String
    private let suffix: String?

    /// A pattern from its text: not empty, without spaces, at most one `*`.
    public init?(_ text: String) {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false)
        guard !text.isEmpty, text.utf8.count <= 200, parts.count <= 2, !text.contains(where: \.isWhitespace) else {
            return nil
        }
        description = text
        prefix = String(parts[0])
        suffix = parts.count == 2 ? String(parts[1]) : nil
    }

    /// A pattern that means one metric only, whatever its name holds.
    public init(exactly name: String) {
        description = name
        prefix = name
        suffix = nil
    }

    /// Whether it stands for the metrics of several devices.
    public var isForDevices: Bool { suffix != nil }

    /// What `*` stands for in a name, empty for a pattern without one; `nil` when the name does not match.
    ///
    /// `*` stands for one character or more, dots included, since device names such as `eth0.100` have them.
    public func device(in name: String) -> String? {
        guard let suffix else { return name == prefix ? "" : nil }
        guard name.utf8.count > prefix.utf8.count + suffix.utf8.count, name.hasPrefix(prefix), name.hasSuffix(suffix)
        else { return nil }
        return String(name.dropFirst(prefix.count).dropLast(suffix.count))
    }

    /// The metric's name for a device; a pattern without `*` is the name itself.
    public func name(for device: String) -> String {
        guard let suffix else { return prefix }
        return prefix + device + suffix
    }
}
