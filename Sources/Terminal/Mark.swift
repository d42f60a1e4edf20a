public import Vocabulary

/// A state said by shape and word besides its colour, so that it reads the same in monochrome.
public enum Mark: Sendable, CaseIterable {
    /// Fine.
    case ok
    /// Worth knowing.
    case info
    /// Watch it.
    case warning
    /// A person must act.
    case critical
    /// Waiting to be sure.
    case pending
    /// Somebody is on it, or it is done.
    case acked
    /// Could not be measured.
    case unknown

    /// Its shape.
    public var glyph: Unicode.Scalar {
        switch self {
        case .ok, .info: "●"
        case .warning: "▲"
        case .critical: "■"
        case .pending: "◌"
        case .acked: "✓"
        case .unknown: "⌛"
        }
    }

    /// Its word.
    public var word: SafeText {
        switch self {
        case .ok: "ok"
        case .info: "info"
        case .warning: "warning"
        case .critical: "critical"
        case .pending: "pending"
        case .acked: "acked"
        case .unknown: "n/a"
        }
    }

    /// Its meaning.
    public var role: Role {
        switch self {
        case .ok: .ok
        case .info: .info
        case .warning: .warning
        case .critical: .critical
        case .pending: .pending
        case .acked: .acked
        case .unknown: .dim
        }
    }

    /// Shape and word.
    public var styled: StyledText {
        StyledText(symbol + " " + word, role)
    }

    /// The shape as text.
    public var symbol: SafeText { "\(String(glyph))" }

    /// The mark of a severity.
    public init(_ severity: Severity) {
        self =
            switch severity {
            case .info: .info
            case .warning: .warning
            case .critical: .critical
            }
    }
}
