import Console
import DeskAPI
import Vocabulary

extension PlainConsole {
    /// A plain console that is connected and has heard samples of the busy desk's host.
    static func listening() -> PlainConsole {
        var plain = PlainConsole(now: Desk.now)
        _ = plain.take(.connection(.live), at: Desk.now)
        _ = plain.answered(.showStatus, .success(.status(Desk.status)), at: Desk.now)
        for snapshot in Desk.snapshots.suffix(5) { _ = plain.take(.event(.hostSampled(snapshot)), at: Desk.now) }
        return plain
    }
}

/// What a turn says, its lines below each other.
func text(_ outcome: PlainConsole.Outcome) -> String { outcome.lines.map(\.text).joined(separator: "\n") }
