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
        case .firing where alert.maintenance != nil: StyledText("◇ planned", .muted)
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
            if let window = alert.maintenance { return StyledText("\(window)", .muted) }
            guard alert.silence != nil else { return unanswered }
            guard let until = alert.silencedUntil, until > scene.now else { return StyledText("silenced", .muted) }
            return StyledText("◇ \((until - scene.now).age) left", .muted)
        case .resolved:
            return alert.resolvedBy.map { StyledText("ended by \($0)", .dim) } ?? StyledText("over", .dim)
        }
    }

    /// Nobody has acknowledged it; who is to, and how often the next in line was called.
    private var unanswered: StyledText {
        let role = Mark(alert.severity).role
        let call: SafeText = alert.level > 0 ? "call \(alert.level + 1)" : ""
        guard let name = alert.assignedTo else {
            return StyledText(alert.level > 0 ? "no answer, \(call)" : "unacknowledged", role)
        }
        return StyledText("→ \(name)", role) + StyledText(alert.level > 0 ? " \(call)" : "", .dim)
    }

    private var left: SafeText {
        guard let until = alert.acknowledgedUntil else { return "" }
        return until > scene.now ? " \((until - scene.now).age) left" : " ran out"
    }

    /// The value against what it must not pass, such as `97.2 % > 90 %`; empty for what is not measured.
    var comparison: StyledText {
        guard alert.isMeasured else { return "" }
        return alert.quantity(alert.value).styled(.strong)
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
