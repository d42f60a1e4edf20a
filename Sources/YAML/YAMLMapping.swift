internal import Vocabulary

/// A mapping on its way into a type of ours: names are asked for one by one, and those never asked for are faults.
///
/// Lives only inside the body of ``YAMLDocument/read(_:file:_:)``.
public final class YAMLMapping {
    /// Where the mapping begins.
    public let position: YAMLPosition

    private let members: [YAMLMember]
    private let path: String
    private let faults: YAMLFaults
    private var known: Set<String> = []

    init(_ members: [YAMLMember], at position: YAMLPosition, path: String, faults: YAMLFaults) {
        self.members = members
        self.position = position
        self.path = path
        self.faults = faults
    }

    /// The value under a name that must be there; `nil` with a fault recorded when it is missing or of another type.
    public func required<Value>(_ key: String, as type: YAMLType<Value>) -> Value? {
        guard let reader = reader(key) else {
            refuse("\(path.isEmpty ? "the file" : "`\(path)`") lacks `\(key)` (\(type.accepts))")
            return nil
        }
        return reader.value(as: type)
    }

    /// The value under a name that may be missing or empty; `nil` with a fault recorded when it is of another type.
    public func optional<Value>(_ key: String, as type: YAMLType<Value>) -> Value? {
        guard let reader = reader(key), !reader.node.isNull else { return nil }
        return reader.value(as: type)
    }

    /// The mapping under a name; `nil` when it is missing or empty, or with a fault recorded when it is something else.
    public func mapping(_ key: String) -> YAMLMapping? {
        guard let reader = reader(key), !reader.node.isNull else { return nil }
        return reader.mapping()
    }

    /// The values of the list under a name; empty when it is missing or empty, or with a fault when it is no list.
    public func items(_ key: String) -> [YAMLReader] {
        guard let reader = reader(key), !reader.node.isNull else { return [] }
        return reader.items()
    }

    /// The value under a name, or `nil` when it is missing.
    public func reader(_ key: String) -> YAMLReader? {
        known.insert(key)
        return members.first { $0.key == key }.map(reader)
    }

    /// All members, for a mapping whose names are free, such as labels.
    public func entries() -> [(key: String, value: YAMLReader)] {
        known.formUnion(members.map(\.key))
        return members.map { ($0.key, reader($0)) }
    }

    /// Records that the mapping as a whole cannot be used: `message` says why and what would be accepted.
    public func refuse(_ message: String) {
        faults.add(YAMLFault(at: position, message))
    }

    /// A fault for each name that was never asked for, with the name that was probably meant.
    func unknownKeys() -> [YAMLFault] {
        members.filter { !known.contains($0.key) }.map { member in
            YAMLFault(at: member.position, "unknown key `\(member.key)`\(hint(for: member.key))")
        }
    }

    private func hint(for key: String) -> String {
        if let meant = known.sorted().nearest(to: key) { return ", did you mean `\(meant)`?" }
        guard !known.isEmpty else { return "" }
        return "; known here: \(known.sorted().joined(separator: ", "))"
    }

    private func reader(_ member: YAMLMember) -> YAMLReader {
        let inner = path.isEmpty ? member.key : "\(path).\(member.key)"
        return YAMLReader(member.value, path: inner, faults: faults)
    }
}
