/// A share of a whole, 0 to 100; values above 100 only where the base says so (a process over several cores).
public struct Percent: Hashable, Comparable, Sendable {
    /// The number before the percent sign.
    public let value: Double

    /// A share by the number before the percent sign.
    public init(_ value: Double) {
        self.value = value
    }

    /// `part` of `whole` as a share; `nil` when the whole is zero or either is not finite.
    public init?(_ part: Double, of whole: Double) {
        guard whole != 0, part.isFinite, whole.isFinite else { return nil }
        self.init(part / whole * 100)
    }

    /// Orders from small to large.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// A number of bytes, shown in powers of 1024 (KiB, MiB, GiB).
public struct ByteCount: Hashable, Comparable, Sendable {
    /// The exact number of bytes.
    public let bytes: UInt64

    /// A size by its exact number of bytes.
    public init(_ bytes: UInt64) {
        self.bytes = bytes
    }

    /// Orders from small to large.
    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}

/// How much something needs a person, from least to most.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth knowing; nobody must act.
    case info
    /// Watch it; it may become worse.
    case warning
    /// A person must act now.
    case critical

    /// Orders from least to most urgent.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}
