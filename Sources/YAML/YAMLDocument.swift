/// Reads a YAML document: one file, UTF-8, without anchors, aliases and tags, no name twice in a mapping.
///
/// What is left out is what makes YAML dangerous (an alias bomb) or surprising (a tag that picks a type), not what a
/// person needs in a configuration file.
public enum YAMLDocument {
    /// The largest text that is read, in bytes.
    public static let sizeLimit = 1 << 20
    /// How deep sequences and mappings may nest.
    public static let depthLimit = 32

    /// The root of the document; an empty text gives a node that ``YAMLNode/isNull``.
    ///
    /// - Parameters:
    ///   - bytes: The text, at most ``sizeLimit`` bytes.
    ///   - file: The name that faults carry.
    /// - Throws: ``YAMLFailure`` with the first fault of the form, or with every name that stands twice.
    public static func parse(_ bytes: [UInt8], file: String) throws(YAMLFailure) -> YAMLNode {
        guard bytes.count <= sizeLimit else {
            let message = "the file has \(bytes.count) bytes; at most \(sizeLimit) are read"
            throw YAMLFailure(file: file, faults: [YAMLFault(at: YAMLPosition(line: 1, column: 1), message)])
        }
        var builder = YAMLBuilder(bytes)
        let root: YAMLNode
        do throws(YAMLStop) {
            root = try builder.document()
        } catch {
            throw YAMLFailure(file: file, faults: [error.fault])
        }
        guard builder.repeatedKeys.isEmpty else { throw YAMLFailure(file: file, faults: builder.repeatedKeys) }
        return root
    }

    /// Reads the document's mapping with `body`, which records faults in the readers it is given.
    ///
    /// An empty file is an empty mapping. Names that `body` never asked for are faults too.
    ///
    /// - Parameters:
    ///   - bytes: The text, at most ``sizeLimit`` bytes.
    ///   - file: The name that faults carry.
    ///   - body: Builds the value; what it returns is dropped when there are faults, so it may be `nil` then.
    /// - Throws: ``YAMLFailure`` with all faults at once.
    public static func read<Value>(
        _ bytes: [UInt8], file: String, _ body: (YAMLMapping) -> Value?
    ) throws(YAMLFailure) -> Value {
        let faults = YAMLFaults()
        let root = YAMLReader(try parse(bytes, file: file), path: "", faults: faults)
        let value = root.rootMapping().flatMap(body)
        faults.collectUnknownKeys()
        if faults.found.isEmpty, let value { return value }
        if faults.found.isEmpty { root.refuse("the file is incomplete") }
        throw YAMLFailure(file: file, faults: faults.found)
    }
}
