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
        switch job.status {
        case .queued: StyledText("waits", .pending)
        case .running: StyledText("✦ learns", .accent)
        case .succeeded: StyledText("✔ version \(job.version.map { "\($0)" as SafeText } ?? "")", .ok)
        case .failed: StyledText("✖ failed", .critical)
        case .cancelled: StyledText("ended by hand", .dim)
        }
    }

    private func drawProgress(in line: Rect, on frame: inout Frame) {
        let percent = Quantity(job.progress * 100, .percent).styled(.strong)
        let left: SafeText = job.secondsLeft.map { "  \($0) s left" } ?? ""
        let words =
            percent + StyledText(left, .dim)
            + StyledText("  \(job.texts) texts, \(job.labels) labels", .dim)
        let width = line.columns - words.columns - 1
        if width >= 10 {
            Gauge(job.progress, .series1).draw(in: line.left(width), on: &frame)
            frame.write(styled: words, in: line.droppingLeft(width + 1))
        } else {
            frame.write(styled: words, in: line)
        }
    }

    private func drawLoss(in line: Rect, on frame: inout Frame) {
        guard let last = job.passes.last else {
            return frame.write(styled: StyledText("the first pass is under way", .dim), in: line)
        }
        let words =
            StyledText("loss ", .dim) + StyledText(SafeText(untrusted: Decimals.fixed(last.loss, decimals: 3)), .strong)
            + StyledText("  validation ", .dim)
            + StyledText(SafeText(untrusted: Decimals.fixed(last.validationLoss, decimals: 3)))
            + StyledText("  right ", .dim) + Quantity(last.validationAccuracy * 100, .percent).styled(.ok)
        frame.write(styled: words, in: line)
        let room = line.droppingLeft(words.columns + 2)
        guard room.columns >= 6 else { return }
        let losses = job.passes.map(\.validationLoss).filter(\.isFinite)
        // From the least to the greatest: what matters is whether it still falls.
        let (low, high) = (losses.min() ?? 0, losses.max() ?? 1)
        Sparkline(losses, scale: low...max(high, low + .ulpOfOne), role: .series2).draw(in: room, on: &frame)
    }
}
