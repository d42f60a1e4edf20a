internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Lines to read, over the list of versions: a comparison, or an evaluation.
struct LinesSheet: Equatable, Sendable {
    private let title: SafeText
    private var lines: [StyledText]?
    private var top = 0

    init(_ title: SafeText) {
        self.title = title
    }

    mutating func refuse(_ problem: Problem) {
        lines = [StyledText("▲ \(SafeText(untrusted: problem.detail, limit: 300).oneLine)", .warning)]
    }

    mutating func move(_ move: ListMove, page: Int) {
        let last = max(0, (lines?.count ?? 0) - 1)
        switch move {
        case .up: top -= 1
        case .down: top += 1
        case .pageUp: top -= page
        case .pageDown: top += page
        case .top: top = 0
        case .bottom: top = last
        default: break
        }
        top = min(max(0, top), last)
    }

    /// Shows what is different between two versions.
    mutating func show(_ difference: VersionDifference) {
        let shown = difference.lines.map { line in
            let text = SafeText(untrusted: line.text, limit: 1000).oneLine
            return switch line.kind {
            case .head: StyledText(text, .title)
            case .removed: StyledText("- \(text)", .critical)
            case .added: StyledText("+ \(text)", .ok)
            case .kept: StyledText("  \(text)", .dim)
            }
        }
        lines = shown.isEmpty ? [StyledText("They are the same but for what they did.", .dim)] : shown
    }

    /// Shows what the evaluation of a classifier found.
    mutating func show(_ report: ClassifierReport) {
        let summary = report.summary
        var shown: [StyledText] = [
            LinesSheet.line([
                "right ", percent(summary.accuracy, .strong), " of \(summary.texts) texts it never saw   F1 ",
                percent(summary.macroF1, .strong),
            ]),
            LinesSheet.line([
                "calibration error ", percent(summary.calibrationError), "   wrongly out of scope ",
                percent(summary.rejected),
            ]), "", StyledText("what it takes for what", .title),
        ]
        let mistakes = report.confusions.filter { $0.label != $0.given }.sorted {
            ($1.texts, $0.label) < ($0.texts, $1.label)
        }
        for confusion in mistakes.prefix(12) {
            let count = StyledText("\(confusion.texts)  ", .warning)
            shown.append(
                LinesSheet.line([count, StyledText(safe(confusion.label)), " → ", StyledText(safe(confusion.given))]))
        }
        if mistakes.isEmpty { shown.append(StyledText("no mistake", .ok)) }
        shown += ["", StyledText("labels, the weakest first", .title)]
        for label in report.labels.sorted(by: { ($0.f1, $0.label) < ($1.f1, $1.label) }) {
            let precision = label.precision.map { percent($0) } ?? "n/a"
            let recall = label.recall.map { percent($0) } ?? "n/a"
            shown.append(
                LinesSheet.line([
                    LinesSheet.bar(label.f1), " F1 ", percent(label.f1), "  precision ", precision, "  recall ", recall,
                    "  of \(label.texts)  ", StyledText(safe(label.label)),
                ]))
        }
        shown += ["", StyledText("how sure, and how often right", .title)]
        for range in report.ranges where range.texts > 0 {
            shown.append(
                LinesSheet.line([
                    LinesSheet.bar(range.accuracy), " sure ", percent(range.confidence), "  right ",
                    percent(range.accuracy), "  of \(range.texts)",
                ]))
        }
        lines = shown
    }

    /// Shows how much language models may use, and have used; the fullest first.
    mutating func show(_ budgets: [BudgetState], _ scene: Scene) {
        let sorted = budgets.sorted { ($1.share, $0.name, $0.subject ?? 0) < ($0.share, $1.name, $1.subject ?? 0) }
        lines = sorted.map { budget in
            let role: Terminal.Role = budget.share >= 100 ? .critical : budget.share >= 80 ? .warning : .ok
            let full = Int((min(max(budget.share, 0), 100) / 10).rounded())
            let whose: SafeText = budget.subject.map { " \($0)" } ?? ""
            let renews: SafeText = budget.renewsAt.map { "  anew in \(($0 - scene.now).age)" } ?? ""
            let reserved: SafeText =
                budget.reserved > 0 ? "  \(LinesSheet.amount(budget.reserved, budget.unit)) set aside" : ""
            return LinesSheet.line([
                StyledText(LinesSheet.repeated("█", full), role),
                StyledText(LinesSheet.repeated("·", 10 - full), .frame), " ",
                Quantity(budget.share, .percent).styled(role), "  ",
                StyledText("\(safe(budget.name))\(whose)", .strong),
                StyledText(
                    "  \(LinesSheet.amount(budget.used, budget.unit)) of \(LinesSheet.amount(budget.limit, budget.unit))"
                ),
                StyledText(reserved, .pending), StyledText(renews, .dim),
            ])
        }
        if budgets.isEmpty { lines = [StyledText("No budgets: `budgets` in the configuration sets some.", .dim)] }
    }

    private static func amount(_ value: Int64, _ unit: BudgetUnit) -> SafeText {
        guard unit == .nanodollars else { return "\(Quantity(count: Int(clamping: value)).text) tokens" }
        return SafeText(untrusted: "$" + Decimals.fixed(Double(value) / 1e9, decimals: 2))
    }

    private static func line(_ parts: [StyledText]) -> StyledText {
        parts.reduce("") { $0 + $1 }
    }

    /// A share as ten cells.
    private static func bar(_ share: Double) -> StyledText {
        let full = Int((min(max(share, 0), 1) * 10).rounded())
        let role: Terminal.Role = share >= 0.9 ? .ok : share >= 0.7 ? .series1 : .warning
        return StyledText(repeated("█", full), role) + StyledText(repeated("·", 10 - full), .frame)
    }

    private static func repeated(_ glyph: SafeText, _ count: Int) -> SafeText {
        Array(repeating: glyph, count: count).joined()
    }

    private func percent(_ share: Double, _ role: Terminal.Role = .text) -> StyledText {
        Quantity(share * 100, .percent).styled(role)
    }

    private func safe(_ text: String) -> SafeText { SafeText(untrusted: text, limit: 120).oneLine }

    func draw(in rect: Rect, on frame: inout Frame) {
        let inside = Tile(title, footer: StyledText("Esc back", .dim), isFocused: true).draw(in: rect, on: &frame)
            .inset(columns: 1)
        guard let lines else { return frame.write("Reading …", in: inside.line(0), .dim) }
        // The end stays at the end: there is nothing below it to scroll to.
        let first = min(top, max(0, lines.count - inside.rows))
        for (row, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
            frame.write(styled: line, in: inside.line(row))
        }
    }
}
