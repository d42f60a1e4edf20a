internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What is said about an alert, the same in every place.
struct AlertWords {
    let alert: AlertRow
    let scene: Scene

    /// Where it stands, in a word.
    var condition: StyledText {
        switch alert.condition {
        case .pending: StyledText("◌ pending", .pending)
        case .firing where alert.isAcknowledged: StyledText("✓ acked", .acked)
        case .firing where alert.silence != nil: StyledText("◇ silenced", .muted)
        case .firing where alert.inhibitor != nil: StyledText("◇ inhibited", .muted)
        case .firing: Mark(alert.severity).symbol.styled(alert.isFlapping ? "flapping" : "firing", alert)
        case .recovering: StyledText("● recovering", .info)
        case .resolved: StyledText("● resolved", .muted)
        }
    }

    /// Who has taken responsibility and until when, or what is missing.
    var response: StyledText {
        if let by = alert.acknowledgedBy {
            return StyledText("✓ \(by)", .acked) + StyledText(left, .dim)
        }
        switch alert.condition {
        case .pending: return StyledText("not yet firing", .dim)
        case .firing, .recovering:
            if let inhibitor = alert.inhibitor { return StyledText("by \(inhibitor)", .muted) }
            guard alert.silence != nil else { return StyledText("unacknowledged", Mark(alert.severity).role) }
            guard let until = alert.silencedUntil, until > scene.now else { return StyledText("silenced", .muted) }
            return StyledText("◇ \((until - scene.now).age) left", .muted)
        case .resolved: return StyledText("over", .dim)
        }
    }

    private var left: SafeText {
        guard let until = alert.acknowledgedUntil else { return "" }
        return until > scene.now ? " \((until - scene.now).age) left" : " ran out"
    }

    /// The value against what it must not pass, such as `97.2 % > 90 %`.
    var comparison: StyledText {
        alert.quantity(alert.value).styled(.strong)
            + StyledText(alert.firesAbove ? " > " : " < ", .dim) + StyledText(limit, .dim)
    }

    /// The threshold with its unit.
    var limit: SafeText { alert.quantity(alert.threshold).axisLabel }

    /// The value at which it clears, with its unit.
    var clearance: SafeText { alert.quantity(alert.clear).axisLabel }
}

extension SafeText {
    fileprivate func styled(_ word: SafeText, _ alert: AlertRow) -> StyledText {
        StyledText("\(self) \(word)", Mark(alert.severity).role)
    }
}
