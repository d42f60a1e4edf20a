public import JSON

/// Why an operation could not do what was asked; `application/problem+json` (RFC 9457) on the wire.
public struct Problem: Error, Equatable, Sendable {
    /// Which kind of problem; decides status and title.
    public var code: Code
    /// What happened and what to do, one line for a person.
    public var detail: String
    /// Which fields are wrong and what would be accepted.
    public var faults: [FieldFault.Item]
    /// How long to wait before trying again, in seconds; `nil` when waiting does not help.
    public var retryAfter: Int64?
    /// The state that contradicts the request, such as the present owner.
    public var current: JSONValue?

    /// A problem of a kind with one line for a person.
    public init(
        _ code: Code, _ detail: String, faults: [FieldFault.Item] = [], retryAfter: Int64? = nil,
        current: JSONValue? = nil
    ) {
        self.code = code
        self.detail = detail
        self.faults = faults
        self.retryAfter = retryAfter
        self.current = current
    }

    /// A problem of wrong fields; the first one stands in the detail.
    public init(_ fault: FieldFault) {
        let first = fault.items.first.map { $0.path.isEmpty ? $0.message : "\($0.path) \($0.message)" }
        self.init(.invalidField, first ?? "a field is wrong", faults: fault.items)
    }
}

extension Problem: CustomStringConvertible {
    /// The detail, one line.
    public var description: String { detail }
}

extension Problem {
    /// Writes the problem document.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("type")
            writer.string("urn:watchdesk:problem:\(code.rawValue)")
            writer.name("title")
            writer.string(code.title)
            writer.name("status")
            writer.integer(code.status)
            writer.name("code")
            writer.string(code.rawValue)
            writer.name("detail")
            writer.string(detail)
            if !faults.isEmpty {
                writer.name("errors")
                writer.array { writer in for fault in faults { Problem.write(fault, to: &writer) } }
            }
            if let retryAfter {
                writer.name("retry_after")
                writer.integer(retryAfter)
            }
            if let current {
                writer.name("current")
                writer.value(current)
            }
        }
    }

    private static func write(_ fault: FieldFault.Item, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("field")
            writer.string(fault.path)
            writer.name("message")
            writer.string(fault.message)
        }
    }

    /// The problem document as compact JSON bytes.
    public var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads a problem document; what cannot be read becomes an internal problem that names the status.
    public init(document bytes: [UInt8], status: Int) {
        guard let json = try? JSONParser.parse(bytes), let code = json["code"]?.text.flatMap(Code.init(rawValue:))
        else {
            self.init(Code.allCases.first { $0.status == status } ?? .internalFailure, "the gateway answered \(status)")
            return
        }
        let faults = (json["errors"]?.elements ?? []).map {
            FieldFault.Item(path: $0["field"]?.text ?? "", message: $0["message"]?.text ?? "")
        }
        self.init(
            code, json["detail"]?.text ?? code.title, faults: faults, retryAfter: json["retry_after"]?.wholeNumber,
            current: json["current"])
    }
}
