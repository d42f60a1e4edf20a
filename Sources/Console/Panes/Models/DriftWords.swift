internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// How far what customers write lies from what a classifier was trained for, in words.
enum DriftWords {
    /// The verdict with its numbers, or how many texts it needs.
    static func state(_ drift: ClassifierDrift?) -> StyledText {
        guard let drift else { return StyledText("it read no text of customers yet", .dim) }
        if let missing = drift.missing { return StyledText(SafeText(untrusted: missing), .dim) }
        return StyledText(SafeText(untrusted: drift.state.rawValue), role(drift.state)) + StyledText("  labels ", .dim)
            + index(drift.labels) + StyledText("  confidence ", .dim) + index(drift.confidence)
            + StyledText("  of \(drift.texts) texts", .dim)
    }

    /// The share of words that are new to it.
    static func newWords(_ drift: ClassifierDrift?) -> StyledText {
        guard let drift, drift.missing == nil else { return StyledText("n/a", .dim) }
        guard let share = drift.newWords else { return StyledText("not known: train it again", .dim) }
        let isMore = (drift.newWordsBeyondUsual ?? 0) >= ClassifierDrift.wordThresholds.watch
        return Quantity(share * 100, .percent).styled(isMore ? .warning : .text)
            + StyledText("  of its held-out texts ", .dim)
            + Quantity(drift.usualNewWords.map { $0 * 100 }, .percent).styled()
    }

    private static func index(_ value: Double?) -> StyledText {
        StyledText(SafeText(untrusted: value.map { Decimals.fixed($0, decimals: 2) } ?? "n/a"))
    }

    private static func role(_ state: DriftState) -> Terminal.Role {
        switch state {
        case .unknown: .dim
        case .stable: .ok
        case .watch: .warning
        case .drifted: .critical
        }
    }
}
