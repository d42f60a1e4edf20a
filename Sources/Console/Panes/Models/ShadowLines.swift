internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What a version did out of the customers' sight, in lines.
enum ShadowLines {
    /// How many questions, and how many it failed.
    static func summary(_ shadow: ShadowCounts) -> StyledText {
        let failed = shadow.errors + shadow.empty + shadow.withheld
        return line([
            StyledText("asked ", .dim), StyledText("\(shadow.requests)", .strong), StyledText("  failed ", .dim),
            StyledText("\(failed)", failed > 0 ? .warning : .text), StyledText("  slow ", .dim),
            StyledText("\(shadow.slow)"), StyledText("  left out ", .dim),
            StyledText("\(shadow.dropped + shadow.overBudget)"),
        ])
    }

    /// What was wrong, what both answers have in common, how long it took, and what it used.
    static func of(_ shadow: ShadowCounts) -> [StyledText] {
        var lines = [
            line([
                StyledText("errors ", .dim), StyledText("\(shadow.errors)"), StyledText("  empty ", .dim),
                StyledText("\(shadow.empty)"), StyledText("  withheld ", .dim), StyledText("\(shadow.withheld)"),
            ])
        ]
        if shadow.compared > 0 {
            lines.append(
                line([
                    StyledText("of \(shadow.compared) pairs, only the new did not know ", .dim),
                    StyledText("\(shadow.refusedAlone)", .strong), StyledText(", only the old ", .dim),
                    StyledText("\(shadow.answeredAlone)", .strong),
                ]))
        }
        if let same = shadow.samePassageShare {
            lines.append(
                line([
                    StyledText("from the same passage ", .dim), Quantity(same * 100, .percent).styled(.strong),
                    StyledText(" of \(shadow.grounded) that rest on one", .dim),
                ]))
        }
        lines.append(
            line([
                StyledText("first word ", .dim), ModelWords.time(shadow.firstTokenP50).styled(),
                StyledText("  whole ", .dim), ModelWords.time(shadow.totalP50).styled(), StyledText("  p95 ", .dim),
                ModelWords.time(shadow.totalP95).styled(),
            ]))
        let cost = SafeText(untrusted: "$" + Decimals.fixed(Double(shadow.cost) / 1e9, decimals: 4))
        lines.append(
            line([
                StyledText("tokens ", .dim),
                Quantity(count: Int(clamping: shadow.promptTokens + shadow.answerTokens)).styled(),
                shadow.cost > 0 ? StyledText("  cost ", .dim) + StyledText(cost) : StyledText(""),
            ]))
        return lines
    }

    private static func line(_ parts: [StyledText]) -> StyledText { parts.reduce("") { $0 + $1 } }
}
