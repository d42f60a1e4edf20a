internal import Vocabulary

/// One value of a document on its way into a type of ours; what does not fit is recorded with its place.
///
/// Lives only inside the body of ``YAMLDocument/read(_:file:_:)``.
public struct YAMLReader {
    /// The value as it stands in the text.
    public let node: YAMLNode

    private let path: String
    private let faults: YAMLFaults

    init(_ node: YAMLNode, path: String, faults: YAMLFaults) {
        self.node = node
        self.path = path
        self.faults = faults
    }

    /// The value as a type, or `nil` with a fault recorded.
    public func value<Value>(as type: YAMLType<Value>) -> Value? {
        guard case .scalar(let scalar) = node.content else {
            refuse("\(subject) is \(found); expected \(type.accepts)")
            return nil
        }
        guard let value = type.read(scalar) else {
            refuse("\(subject) is \(found); expected \(type.accepts)")
            return nil
        }
        return value
    }

    /// Whether it is a single value rather than a list or a mapping.
    public var isScalar: Bool { if case .scalar = node.content { true } else { false } }

    /// The value as a mapping, or `nil` with a fault recorded.
    public func mapping() -> YAMLMapping? {
        guard case .mapping(let members) = node.content else {
            refuse("\(subject) is \(found); expected a mapping (name: value)")
            return nil
        }
        return open(members)
    }

    /// The values of a list; empty, with a fault recorded, when it is none.
    public func items() -> [YAMLReader] {
        guard case .sequence(let items) = node.content else {
            refuse("\(subject) is \(found); expected a list (each line begins with -)")
            return []
        }
        return items.enumerated().map { YAMLReader($1, path: "\(path)[\($0)]", faults: faults) }
    }

    /// Records that this value cannot be used: `message` says why and what would be accepted.
    public func refuse(_ message: String) {
        faults.add(YAMLFault(at: node.position, message))
    }

    /// The document's root as a mapping; an empty document is an empty one.
    func rootMapping() -> YAMLMapping? {
        node.isNull ? open([]) : mapping()
    }

    private func open(_ members: [YAMLMember]) -> YAMLMapping {
        let mapping = YAMLMapping(members, at: node.position, path: path, faults: faults)
        faults.watch(mapping)
        return mapping
    }

    private var subject: String { path.isEmpty ? "the file" : "`\(path)`" }

    /// What stands in the text, in words short enough for a line.
    private var found: String {
        switch node.content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar) where scalar.isNull: "empty"
        case .scalar(let scalar): "\"\(SafeText(untrusted: scalar.text, limit: 60).oneLine)\""
        }
    }
}
