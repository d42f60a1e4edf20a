/// A value as the database keeps it.
public enum StoredValue: Equatable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// A floating-point number.
    case real(Double)
    /// Text in UTF-8.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// The name of the kind, for error messages.
    @usableFromInline var kind: String {
        switch self {
        case .null: "NULL"
        case .integer: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}

/// What can be bound to a statement and read from a column.
public protocol Storable {
    /// The value as the database keeps it.
    var stored: StoredValue { get }

    /// The value read back; `nil` when a column holds another kind, or what no such value can be.
    init?(stored: StoredValue)
}

/// An enumeration with storable raw values is stored by them: declare `: Storable`.
extension Storable where Self: RawRepresentable, RawValue: Storable {
    /// The raw value as the database keeps it.
    public var stored: StoredValue { rawValue.stored }

    /// The case with this raw value.
    public init?(stored: StoredValue) {
        guard let rawValue = RawValue(stored: stored) else { return nil }
        self.init(rawValue: rawValue)
    }
}
