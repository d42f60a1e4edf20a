internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A deployment: how its traffic is split, how far it is, and the evidence against the new version.
struct TrafficTile {
    /// The deployment whose evidence is shown.
    let deployment: Deployment
    /// All that are under way for its name, the oldest first.
    let all: [Deployment]
    let scene: Scene
    var isFocused = false

    /// The rows that everything of it needs.
    static let rows = 6 + 6

    func draw(in rect: Rect, on frame: inout Frame) {
        let name = SafeText(untrusted: deployment.name, limit: 64).oneLine
        let inside = Tile("Traffic of \(name)", state: state, isFocused: isFocused).draw(in: rect, on: &frame)
            .inset(columns: 1)
        var lines = inside
        func next() -> Rect {
            defer { lines = lines.droppingTop(1) }
            return lines.line(0)
        }
        guard inside.rows > 0 else { return }
        if all.count > 1 {
            let arms = ArmLines(all: all, shown: deployment.id, facts: scene.facts)
            for row in 0...all.count where lines.rows > 0 { arms.draw(row, in: next(), on: &frame) }
        } else {
            drawSplit(in: next(), on: &frame)
        }
        if lines.rows > 0 { frame.write(styled: progress, in: next()) }
        if deployment.status == .shadow, let shadow = deployment.shadow {
            for line in ShadowLines.of(shadow) where lines.rows > 0 { frame.write(styled: line, in: next()) }
            return
        }
        if lines.rows > 0, !deployment.reason.isEmpty {
            frame.write(
                styled: StyledText(SafeText(untrusted: deployment.reason, limit: 300).oneLine, .dim), in: next())
        }
        let guards = deployment.guards.sorted { $0.evidence > $1.evidence }
        for reading in guards where lines.rows > 0 { draw(reading, in: next(), on: &frame) }
    }

    private var state: StyledText {
        if all.count > 1 { return StyledText("✦ \(all.count) tried", .accent) }
        return switch deployment.status {
        case .shadow: StyledText("shadow: nobody hears it", .accent)
        case .canary: StyledText("✦ canary", .accent)
        case .paused: StyledText("▲ paused", .warning)
        case .promoted: StyledText("✔ promoted", .ok)
        case .rolledBack: StyledText("■ rolled back", .critical)
        case .ended: StyledText("○ ended", .dim)
        }
    }

    private var share: Double { Double(deployment.share) / 10_000 }

    private func drawSplit(in line: Rect, on frame: inout Frame) {
        let old = title(deployment.stable)
        let new = title(deployment.canary)
        let isShadow = deployment.status == .shadow
        let percent =
            Quantity((isShadow ? Double(deployment.shadowShare ?? 0) / 10_000 : share) * 100, .percent).styled(.strong)
            + StyledText(isShadow ? " asked too" : "", .dim)
        let left = StyledText(old) + StyledText(" ", .dim)
        let right = StyledText(" ", .dim) + StyledText(new, .accent) + StyledText(" ", .dim) + percent
        let width = line.columns - left.columns - right.columns
        guard width >= 8 else {
            return frame.write(
                styled: StyledText(old) + StyledText(" → ", .dim) + StyledText(new) + StyledText(" ") + percent,
                in: line)
        }
        frame.write(styled: left, in: line)
        // A canary of one percent is seen too: at least a cell of the bar is its own.
        let cells = share > 0 ? max(1.0 / Double(width), share) : 0
        Gauge(parts: [Gauge.Part(1 - cells, .series1), Gauge.Part(cells, .series2)]).draw(
            in: line.droppingLeft(left.columns).left(width), on: &frame)
        frame.write(styled: right, in: line.droppingLeft(left.columns + width))
    }

    private func title(_ id: ID<ModelVersion>) -> SafeText {
        scene.facts.models[id]?.name ?? "version \(id)"
    }

    private var progress: StyledText {
        if deployment.status == .shadow, let shadow = deployment.shadow { return ShadowLines.summary(shadow) }
        let failed = StyledText("\(deployment.canaryFailures)", deployment.canaryFailures > 0 ? .warning : .text)
        let counts: [StyledText] = [
            StyledText("failed ", .dim), failed, StyledText("/\(deployment.canaryConversations) new  ", .dim),
            StyledText("\(deployment.stableFailures)"), StyledText("/\(deployment.stableConversations) old", .dim),
        ]
        guard deployment.status.isOpen else { return TrafficTile.line(counts) }
        let steps = deployment.steps
        let number = (steps.lastIndex { $0 <= deployment.share } ?? 0) + 1
        let done = min(deployment.stepConversations, deployment.leastConversations)
        return TrafficTile.line(
            [
                StyledText("step ", .dim), StyledText("\(number)", .strong), StyledText("/\(steps.count)  ", .dim),
                StyledText("\(done)", .strong), StyledText("/\(deployment.leastConversations) conversations  ", .dim),
            ] + counts)
    }

    private static func line(_ parts: [StyledText]) -> StyledText { parts.reduce("") { $0 + $1 } }

    private func draw(_ reading: GuardReading, in line: Rect, on frame: inout Frame) {
        let name = SafeText(untrusted: reading.name, limit: 40).oneLine
        let odds = max(1, reading.evidence)
        let role: Terminal.Role = odds >= reading.limit ? .critical : odds >= 20 ? .warning : .text
        let words: SafeText = odds < 1.5 ? "no evidence" : "1 : \(SafeText(untrusted: TrafficTile.whole(odds))) against"
        frame.write(styled: StyledText(name, .dim), in: line.left(13))
        let counts = [
            StyledText("\(reading.canary)", reading.canary > 0 ? .strong : .text), StyledText(" new ", .dim),
            StyledText("\(reading.stable)"), StyledText(" old", .dim),
        ]
        frame.write(styled: TrafficTile.line(counts), in: line.droppingLeft(13).left(17))
        let rest = line.droppingLeft(30)
        frame.write(styled: StyledText(words, role), in: rest.left(20))
        // The bar is logarithmic: each doubling of the odds is as long as the one before.
        let share = TrafficTile.doublings(odds) / TrafficTile.doublings(max(2, reading.limit))
        if rest.columns > 34 {
            Gauge(min(1, share), role == .text ? .series1 : role).draw(in: rest.droppingLeft(21), on: &frame)
        }
    }

    /// About the logarithm to base 2: exact at powers of two, straight between them.
    private static func doublings(_ odds: Double) -> Double { Double(odds.exponent) + odds.significand - 1 }

    static func whole(_ odds: Double) -> String {
        odds < 10 ? "\(Int(odds * 10) / 10).\(Int(odds * 10) % 10)" : "\(Int(min(odds, 1e9)))"
    }
}
