internal import YAML

/// The person's own keys, `keys.yaml` beside the configuration: a command's name with a key or a list of keys.
///
/// ```yaml
/// alerts.acknowledge: A
/// everywhere.quit: [Q, Ctrl-Q]
/// ```
public enum KeyFile {
    /// One line of the file.
    public struct Entry: Equatable, Sendable {
        /// The command's name.
        public let command: String
        /// The keys as written.
        public let keys: [String]
        /// Where it stands.
        public let line: Int
    }

    /// Where the file is.
    public static func path(beside configuration: String) -> String {
        let folder = configuration.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + ["keys.yaml"]).joined(separator: "/")
    }

    /// What the file says; nothing when there is none.
    ///
    /// - Throws: ``YAMLFailure`` with every fault and its line; ``FileFailure``.
    public static func read(_ path: String, files: FileSource = .system) throws -> [Entry] {
        let bytes: [UInt8]
        do {
            bytes = try files.read(path).bytes
        } catch FileFailure.missing {
            return []
        }
        return try YAMLDocument.read(bytes, file: path) { root in
            root.entries().map { name, value in
                Entry(command: name, keys: keys(value), line: value.node.position.line)
            }
        }
    }

    private static func keys(_ reader: YAMLReader) -> [String] {
        let text = YAMLType("a key such as a, Ctrl-K or F5, or a list of keys") { $0.text.isEmpty ? nil : $0.text }
        if case .sequence = reader.node.content { return reader.items().compactMap { $0.value(as: text) } }
        return reader.node.isNull ? [] : [reader.value(as: text)].compactMap { $0 }
    }
}
