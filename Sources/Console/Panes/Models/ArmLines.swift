internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The traffic of a name between its stable version and several that are tried: a bar, and a line for each of them.
struct ArmLines {
    /// The deployments under way, the oldest first.
    let all: [Deployment]
    /// The one whose evidence is shown.
    let shown: ID<Deployment>
    let facts: DeskFacts

    /// What each part of the bar is made of, so that parts differ without colour: the stable version, and the others.
    private static let glyphs: [Unicode.Scalar] = ["█", "▓", "▒", "░", "▄"]

    /// Draws one of the lines: the bar, or a version.
    func draw(_ row: Int, in line: Rect, on frame: inout Frame) {
        if row == 0 { drawBar(in: line, on: &frame) } else { draw(all[row - 1], row, in: line, on: &frame) }
    }

    private func glyph(_ place: Int) -> StyledText {
        let glyph = ArmLines.glyphs[place % ArmLines.glyphs.count]
        return StyledText(SafeText(untrusted: String(glyph)), Terminal.Role.series(place))
    }

    private func title(_ id: ID<ModelVersion>?) -> SafeText {
        guard let id else { return "" }
        return facts.models[id]?.name ?? "version \(id)"
    }

    /// What is left to the stable version, in hundredths of a percent.
    private var stableShare: Int64 { max(0, 10_000 - all.reduce(0) { $0 + $1.share }) }

    private func drawBar(in line: Rect, on frame: inout Frame) {
        let head =
            StyledText(" ") + glyph(0) + StyledText(" ") + StyledText(title(all.first?.stable)) + StyledText(" ")
            + Quantity(Double(stableShare) / 100, .percent).styled(.strong) + StyledText(" ")
        frame.write(styled: head, in: line)
        let bar = line.droppingLeft(head.columns)
        guard bar.columns >= 8 else { return }
        var column = 0
        for (place, cells) in ArmLines.cells(of: [stableShare] + all.map(\.share), in: bar.columns).enumerated() {
            for _ in 0..<cells {
                frame.put(
                    ArmLines.glyphs[place % ArmLines.glyphs.count],
                    at: Position(column: bar.column + column, row: bar.row), Terminal.Role.series(place), within: bar)
                column += 1
            }
        }
    }

    /// The cells of each part: what is not nothing has at least one, and together they fill the bar.
    static func cells(of shares: [Int64], in columns: Int) -> [Int] {
        var cells = shares.map { $0 > 0 ? max(1, Int(($0 * Int64(columns) + 5000) / 10_000)) : 0 }
        while cells.reduce(0, +) != columns {
            let step = cells.reduce(0, +) > columns ? -1 : 1
            guard let widest = cells.indices.max(by: { cells[$0] < cells[$1] }), cells[widest] + step > 0 else { break }
            cells[widest] += step
        }
        return cells
    }

    private func draw(_ arm: Deployment, _ place: Int, in line: Rect, on frame: inout Frame) {
        let isShown = arm.id == shown
        let isNarrow = line.columns < 72
        let step = step(of: arm, isNarrow)
        let odds = odds(of: arm, isNarrow)
        let tail = isNarrow ? 7 + 9 + 9 : 7 + 24 + 18
        let name = max(8, min(28, line.columns - 4 - tail))
        frame.write(styled: StyledText(isShown ? "▶" : " ", .accent) + glyph(place), in: line.left(2))
        var rest = line.droppingLeft(3)
        frame.write(styled: StyledText(title(arm.canary), isShown ? .strong : .text), in: rest.left(name))
        rest = rest.droppingLeft(name + 1)
        let isShadow = arm.status == .shadow
        let share = Double(isShadow ? arm.shadowShare ?? 0 : arm.share) / 100
        frame.write(
            styled: Quantity(share, .percent).styled(isShadow ? .dim : .strong), in: rest.left(6), align: .right)
        rest = rest.droppingLeft(8)
        frame.write(styled: step, in: rest.left(isNarrow ? 8 : 23))
        frame.write(styled: odds, in: rest.droppingLeft(isNarrow ? 9 : 24))
    }

    /// How far it is.
    private func step(of arm: Deployment, _ isNarrow: Bool) -> StyledText {
        if arm.status == .shadow { return StyledText(isNarrow ? "unheard" : "asked out of sight", .dim) }
        let number = (arm.steps.lastIndex { $0 <= arm.share } ?? 0) + 1
        let step = StyledText("\(number)", .strong) + StyledText("/\(arm.steps.count)", .dim)
        if arm.status == .paused {
            return StyledText("▲ ", .warning) + step + StyledText(isNarrow ? "" : " paused", .warning)
        }
        guard !isNarrow else { return step }
        let done = min(arm.stepConversations, arm.leastConversations)
        return StyledText("step ", .dim) + step
            + StyledText("  \(done)/\(arm.leastConversations)", .dim)
    }

    /// The strongest evidence against it.
    private func odds(of arm: Deployment, _ isNarrow: Bool) -> StyledText {
        guard arm.status != .shadow else { return "" }
        guard let worst = arm.guards.max(by: { $0.evidence < $1.evidence }), worst.evidence >= 1.5 else {
            return StyledText(isNarrow ? "no odds" : "no evidence", .dim)
        }
        let role: Terminal.Role = worst.evidence >= worst.limit ? .critical : worst.evidence >= 20 ? .warning : .text
        let odds: SafeText = "1 : \(SafeText(untrusted: TrafficTile.whole(worst.evidence)))"
        return StyledText(isNarrow ? odds : "\(odds) against", role)
    }
}
