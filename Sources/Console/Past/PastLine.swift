internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The first line of the screen while the console shows the past: which moment, and the way back.
struct PastLine {
    let rewind: Rewind
    let state: ConsoleState

    func draw(in rect: Rect, on frame: inout Frame) {
        var line = SegmentLine()
        if state.isDemo { line.add(StyledText("▲ DEMO", .warning, .bold), 0) }
        line.add(StyledText("◀ PAST \(clock(rewind.shown))", .past, .bold), 0)
        line.add(StyledText("\((state.now - rewind.shown).age) ago", .past), 2)
        if rewind.isReading {
            line.add(StyledText("◌ reading \(clock(rewind.wanted))", .pending), 1)
        } else if let fault = rewind.fault {
            line.add(StyledText("▲ \(fault)", .warning), 1)
        } else if let moment = rewind.moment, moment.host == nil {
            line.add(StyledText("nothing was measured then", .warning), 3)
        } else if let moment = rewind.moment, moment.step > 1 {
            line.add(StyledText("means of \(Duration.seconds(moment.step).age)", .dim), 4)
        }
        if let occurrence = rewind.occurrence { line.add(name(of: occurrence, columns: rect.columns / 3), 5) }
        line.addRight(keys("[ ]", "10 s"), 6)
        line.addRight(keys("{ }", "event"), 7)
        line.addRight(keys("T", "time"), 8)
        line.addRight(keys("End", "now"), 0)
        line.gap = rect.columns < 100 ? 2 : 3
        line.draw(in: rect, on: &frame)
    }

    /// Today's moments by their time of day, others with their date.
    private func clock(_ moment: Timestamp) -> SafeText {
        let (then, now) = (state.scene.local(moment), state.scene.local(state.now))
        return then.date == now.date ? then.clockWithSeconds : "\(then.date) \(then.clockWithSeconds)"
    }

    private func name(of occurrence: Occurrence, columns: Int) -> StyledText {
        StyledText("◆ \(occurrence.kind.word) ", .marker)
            + StyledText(SafeText(untrusted: occurrence.title, limit: 120).oneLine.truncated(to: max(8, columns)))
    }

    private func keys(_ keys: SafeText, _ word: SafeText) -> StyledText {
        StyledText(keys, .strong, .bold) + StyledText(" \(word)", .dim)
    }
}
