internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A training: how far it is, how the loss falls, and its newest lines.
struct TrainingTile {
    let job: TrainingJob
    let scene: Scene

    func draw(in rect: Rect, on frame: inout Frame) {
        let name = SafeText(untrusted: job.model, limit: 64).oneLine
        let inside = Tile("Training \(job.id) of \(name)", state: state).draw(in: rect, on: &frame).inset(columns: 1)
        guard inside.rows > 0 else { return }
        drawProgress(in: inside.line(0), on: &frame)
        guard inside.rows > 1 else { return }
        drawLoss(in: inside.line(1), on: &frame)
        let room = inside.droppingTop(2)
        let lines = job.failure.map { [$0] } ?? Array(job.log.suffix(max(0, room.rows)))
        for (row, text) in lines.enumerated() where row < room.rows {
            let line = SafeText(untrusted: text, limit: 300).oneLine
            frame.write(styled: StyledText(line, job.failure == nil ? .dim : .warning), in: room.line(row))
        }
    }

    private var state: StyledText {
        if !job.status.isOver, let tuning = job.tuning {
            if tuning.trouble != nil { return StyledText("waits for the provider", .warning) }
            if tuning.isCancelling { return StyledText("is to end", .pending) }
        }
        return switch job.status {
        case .queued: StyledText("waits", .pending)
        case .running: StyledText("✦ learns", .accent)
        case .succeeded: StyledText("✔ version \(job.version.map { "\($0)" as SafeText } ?? "")", .ok)
        case .failed: StyledText("✖ failed", .critical)
        case .cancelled: StyledText("ended by hand", .dim)
        }
    }

    private func drawProgress(in line: Rect, on frame: inout Frame) {
        if let tuning = job.tuning, tuning.totalSteps == nil { return drawStanding(tuning, in: line, on: &frame) }
        let percent = Quantity(job.progress * 100, .percent).styled(.strong)
        let left: SafeText = job.secondsLeft.map { "  \($0) s left" } ?? ""
        let words =
            percent + StyledText(left, .dim)
            + StyledText(
                job.tuning == nil ? "  \(job.texts) texts, \(job.labels) labels" : "  \(job.texts) examples", .dim)
        let width = line.columns - words.columns - 1
        if width >= 10 {
            Gauge(job.progress, .series1).draw(in: line.left(width), on: &frame)
            frame.write(styled: words, in: line.droppingLeft(width + 1))
        } else {
            frame.write(styled: words, in: line)
        }
    }

    /// How it stands at a provider that does not count steps: no share is made up.
    private func drawStanding(_ tuning: TuningState, in line: Rect, on frame: inout Frame) {
        let remote = SafeText(untrusted: tuning.remoteStatus ?? "nothing yet", limit: 60).oneLine
        let tokens: SafeText = tuning.trainedTokens.map { "  \($0) tokens learned" } ?? ""
        frame.write(
            styled: StyledText("provider says ", .dim) + StyledText(remote, .strong)
                + StyledText("  \(job.texts) examples\(tokens)", .dim), in: line)
    }

    /// The loss as the provider told it, on the same line as that of what is learned here.
    private func drawLoss(of tuning: TuningState, in line: Rect, on frame: inout Frame) {
        guard let last = tuning.points.last else {
            return frame.write(styled: StyledText("no loss was told yet", .dim), in: line)
        }
        let validation =
            last.validationLoss.map {
                StyledText("  validation ", .dim) + StyledText(SafeText(untrusted: Decimals.fixed($0, decimals: 3)))
            } ?? StyledText("")
        let words =
            StyledText("step \(last.step)  loss ", .dim)
            + StyledText(SafeText(untrusted: Decimals.fixed(last.loss, decimals: 3)), .strong) + validation
        frame.write(styled: words, in: line)
        drawCurve(tuning.points.map(\.loss), in: line.droppingLeft(words.columns + 2), on: &frame)
    }

    private func drawLoss(in line: Rect, on frame: inout Frame) {
        if let tuning = job.tuning { return drawLoss(of: tuning, in: line, on: &frame) }
        guard let last = job.passes.last else {
            return frame.write(styled: StyledText("the first pass is under way", .dim), in: line)
        }
        let words =
            StyledText("loss ", .dim) + StyledText(SafeText(untrusted: Decimals.fixed(last.loss, decimals: 3)), .strong)
            + StyledText("  validation ", .dim)
            + StyledText(SafeText(untrusted: Decimals.fixed(last.validationLoss, decimals: 3)))
            + StyledText("  right ", .dim) + Quantity(last.validationAccuracy * 100, .percent).styled(.ok)
        frame.write(styled: words, in: line)
        drawCurve(job.passes.map(\.validationLoss), in: line.droppingLeft(words.columns + 2), on: &frame)
    }

    private func drawCurve(_ all: [Double], in room: Rect, on frame: inout Frame) {
        guard room.columns >= 6 else { return }
        let losses = all.filter(\.isFinite)
        // From the least to the greatest: what matters is whether it still falls.
        let (low, high) = (losses.min() ?? 0, losses.max() ?? 1)
        Sparkline(losses, scale: low...max(high, low + .ulpOfOne), role: .series2).draw(in: room, on: &frame)
    }
}
