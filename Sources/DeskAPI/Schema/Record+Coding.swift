public import JSON
internal import Vocabulary

extension Record {
    /// A reference to the record's own schema.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(recordName)")]
    }

    /// The record itself.
    public static var nestedRecord: RecordDescription? { RecordDescription(Self.self) }

    /// Writes the record as an object; absent fields are left out.
    public func write(to writer: inout JSONWriter) {
        var copy = self
        writer.object { writer in
            var encoder = RecordEncoder(writer: writer)
            // One owner of the bytes: else a record within a long document begins with a copy of all before it.
            writer = JSONWriter(capacity: 0)
            copy.visit(&encoder)
            writer = encoder.writer
        }
    }

    /// Reads the record from an object: unknown fields are refused, every fault is named.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Self {
        guard case .object(let members) = json else { throw FieldFault("must be an object, not \(json.kind)") }
        return try read(members: members, texts: [:])
    }

    /// A record cannot stand in an address.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Self {
        throw FieldFault("cannot be written in an address")
    }

    /// Reads the record from the members of a body and the texts of an address; `texts` win and are not looked for in `members`.
    ///
    /// - Throws: ``FieldFault`` with every fault at once.
    public static func read(
        members: [JSONValue.Member], texts: [String: String]
    ) throws(FieldFault) -> Self {
        var decoder = RecordDecoder(members: members, texts: texts)
        var record = Self()
        record.visit(&decoder)
        let faults = decoder.allFaults(of: record)
        guard faults.isEmpty else { throw FieldFault(items: faults) }
        return record
    }

    /// Reads the record from JSON text.
    ///
    /// - Throws: ``JSONFailure`` for broken JSON, ``FieldFault`` for wrong content.
    public init(json: String) throws {
        self = try Self.read(try JSONParser.parse(json), .natural)
    }

    /// The record as compact JSON bytes.
    public var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The record as compact JSON text.
    public var json: String { String(decoding: encoded, as: UTF8.self) }
}

/// Writes the fields of a record.
private struct RecordEncoder: FieldVisitor {
    var writer: JSONWriter

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        guard !value.isAbsent else { return }
        writer.name(name)
        value.write(to: &writer)
    }
}

/// Fills in the fields of a record and collects every fault.
private struct RecordDecoder: FieldVisitor {
    private let members: [JSONValue.Member]
    private let texts: [String: String]
    private var faults: [FieldFault.Item] = []
    /// Behind the member that was read last: most come in the order of the fields.
    private var next = 0
    private var membersRead = 0
    private var textsRead = 0

    init(members: [JSONValue.Member], texts: [String: String]) {
        self.members = members
        self.texts = texts
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        do throws(FieldFault) {
            if let text = text(name) {
                value = try Value.read(text: text, limit)
            } else if let found = member(name) {
                value = try Value.read(found, limit)
            } else if let absent = Value.absent {
                value = absent
            } else if presence == .required {
                throw FieldFault("is missing")
            }
        } catch {
            faults += error.within(name).items
        }
    }

    private mutating func text(_ name: String) -> String? {
        guard !texts.isEmpty, let text = texts[name] else { return nil }
        textsRead += 1
        return text
    }

    private mutating func member(_ name: String) -> JSONValue? {
        guard let place = place(of: name) else { return nil }
        next = place + 1
        membersRead += 1
        return members[place].value
    }

    private func place(of name: String) -> Int? {
        if next < members.count, members[next].name == name { return next }
        return members.firstIndex { $0.name == name }
    }

    /// What is wrong, and what is there although the record knows nothing of it.
    func allFaults<Fields: Record>(of record: Fields) -> [FieldFault.Item] {
        guard membersRead < members.count || textsRead < texts.count else { return faults }
        var known = FieldNames()
        var record = record
        record.visit(&known)
        let unread =
            members.map(\.name).filter { texts[$0] != nil || !known.names.contains($0) }
            + texts.keys.filter { !known.names.contains($0) }.sorted()
        return faults
            + unread.map { name in
                let hint = known.names.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
                return FieldFault.Item(path: name, message: "is not a known field\(hint)")
            }
    }
}

/// Collects the names of a record's fields.
private struct FieldNames: FieldVisitor {
    private(set) var names: [String] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        names.append(name)
    }
}
