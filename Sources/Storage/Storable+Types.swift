public import Vocabulary

extension Int64: Storable {
    /// As INTEGER.
    public var stored: StoredValue { .integer(self) }

    /// From INTEGER only.
    public init?(stored: StoredValue) {
        guard case .integer(let number) = stored else { return nil }
        self = number
    }
}

extension Int: Storable {
    /// As INTEGER.
    public var stored: StoredValue { .integer(Int64(self)) }

    /// From INTEGER only.
    public init?(stored: StoredValue) {
        guard case .integer(let number) = stored else { return nil }
        self = Int(number)
    }
}

extension Bool: Storable {
    /// As INTEGER 0 or 1.
    public var stored: StoredValue { .integer(self ? 1 : 0) }

    /// From INTEGER: everything but 0 is true.
    public init?(stored: StoredValue) {
        guard case .integer(let number) = stored else { return nil }
        self = number != 0
    }
}

extension Double: Storable {
    /// As REAL; what is not a number becomes NULL, as SQLite has none.
    public var stored: StoredValue { isNaN ? .null : .real(self) }

    /// From REAL or INTEGER.
    public init?(stored: StoredValue) {
        switch stored {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

extension String: Storable {
    /// As TEXT.
    public var stored: StoredValue { .text(self) }

    /// From TEXT only.
    public init?(stored: StoredValue) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }
}

extension [UInt8]: Storable {
    /// As BLOB.
    public var stored: StoredValue { .blob(self) }

    /// From BLOB only.
    public init?(stored: StoredValue) {
        guard case .blob(let bytes) = stored else { return nil }
        self = bytes
    }
}

extension Optional: Storable where Wrapped: Storable {
    /// As NULL when there is none.
    @inlinable public var stored: StoredValue { self?.stored ?? .null }

    /// From NULL, or from what the wrapped type takes.
    @inlinable
    public init?(stored: StoredValue) {
        if case .null = stored {
            self = nil
        } else if let wrapped = Wrapped(stored: stored) {
            self = wrapped
        } else {
            return nil
        }
    }
}

extension Timestamp: Storable {
    /// As INTEGER: milliseconds since 1970.
    public var stored: StoredValue { .integer(milliseconds) }

    /// From INTEGER only.
    public init?(stored: StoredValue) {
        guard case .integer(let milliseconds) = stored else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension ID: Storable {
    /// As INTEGER.
    public var stored: StoredValue { .integer(number) }

    /// From INTEGER only.
    public init?(stored: StoredValue) {
        guard case .integer(let number) = stored else { return nil }
        self.init(number)
    }
}

extension ULID: Storable {
    /// As TEXT of 26 characters.
    public var stored: StoredValue { .text(description) }

    /// From TEXT that is an identifier of this kind.
    public init?(stored: StoredValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}
