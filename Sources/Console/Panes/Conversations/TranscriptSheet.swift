internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Where a transcript is scrolled to: the last line that is visible, held by the entry it belongs to, so that
/// neither new entries below nor older ones above move what is being read.
struct TranscriptAnchor: Equatable, Sendable {
    /// The offset of the entry; the largest number for what stands behind the last one.
    var offset: Int64
    /// How many lines of the entry's end are out of sight.
    var hidden: Int
}

/// A transcript laid out in lines of a width; only the entries that are asked for are wrapped.
struct TranscriptSheet {
    private let entries: [TranscriptEntry]
    private let tail: [TranscriptLine]
    private let writer: TranscriptWriter
    private let seen: SeenMarks

    init(_ id: ID<Conversation>, _ state: ConversationsPane.State, _ scene: Scene, columns: Int) {
        entries = scene.facts.transcripts[id]?.entries ?? []
        writer = TranscriptWriter(columns: columns, scene: scene, found: state.find?.place)
        seen = SeenMarks(id, scene.facts)
        tail = writer.tail(
            behind: entries.last, letters: state.outbox.letters(to: id), answer: scene.facts.answers[id],
            typists: scene.facts.typists[id] ?? [:])
    }

    private static let tailOffset = Int64.max

    /// The lines that are visible above an anchor, from top to bottom, at most as many as there are rows.
    func visible(_ anchor: TranscriptAnchor?, rows: Int) -> [TranscriptLine] {
        var (block, hidden) = place(anchor)
        var lines: [TranscriptLine] = []
        while block >= 0, lines.count < rows {
            lines = Array(self.lines(block).dropLast(hidden)) + lines
            hidden = 0
            block -= 1
        }
        return Array(lines.suffix(rows))
    }

    /// The anchor this many lines further down (up when negative); `nil` at the end.
    func moved(_ anchor: TranscriptAnchor?, by distance: Int, rows: Int) -> TranscriptAnchor? {
        var (block, hidden) = place(anchor)
        hidden -= distance
        while block > 0, hidden >= lines(block).count {
            hidden -= lines(block).count
            block -= 1
        }
        while block < entries.count, hidden < 0 {
            block += 1
            hidden += lines(block).count
        }
        let missing = rows - count(upTo: block, hidden: hidden, enough: rows)
        guard missing > 0 else { return self.anchor(block, hidden) }
        // The top of the transcript is the end of the way up: the window stays full.
        hidden -= missing
        while block < entries.count, hidden < 0 {
            block += 1
            hidden += lines(block).count
        }
        return self.anchor(block, hidden)
    }

    /// Whether the first entry that was read is in sight.
    func isNearTop(_ anchor: TranscriptAnchor?, rows: Int) -> Bool {
        let (block, hidden) = place(anchor)
        return count(upTo: block, hidden: hidden, enough: rows * 2) < rows * 2
    }

    /// How many entries came after the anchor.
    func newer(than anchor: TranscriptAnchor?) -> Int {
        anchor.map { anchor in entries.reversed().prefix { $0.offset > anchor.offset }.count } ?? 0
    }

    private func anchor(_ block: Int, _ hidden: Int) -> TranscriptAnchor? {
        guard block < entries.count else {
            return hidden <= 0 ? nil : TranscriptAnchor(offset: TranscriptSheet.tailOffset, hidden: hidden)
        }
        return TranscriptAnchor(offset: entries[block].offset, hidden: max(0, hidden))
    }

    /// The block of an anchor and the lines at its end that are hidden; the tail is the block behind the last entry.
    private func place(_ anchor: TranscriptAnchor?) -> (block: Int, hidden: Int) {
        guard let anchor else { return (entries.count, 0) }
        let block = entries.firstIndex { $0.offset >= anchor.offset } ?? entries.count
        return (block, min(anchor.hidden, max(0, lines(block).count - 1)))
    }

    private func lines(_ block: Int) -> [TranscriptLine] {
        guard block < entries.count else { return tail }
        return writer.lines(of: entries[block], after: block > 0 ? entries[block - 1] : nil)
            + writer.handover(entries[block], after: entries[..<block])
            + writer.seen(seen.marks(of: entries[block], before: block + 1 < entries.count ? entries[block + 1] : nil))
    }

    /// The lines from the top to an anchor, counted no further than enough.
    private func count(upTo block: Int, hidden: Int, enough: Int) -> Int {
        var sum = -hidden
        var block = block
        while block >= 0, sum < enough {
            sum += lines(block).count
            block -= 1
        }
        return sum
    }
}

extension Transcript {
    /// Where to stand so that an entry is in sight with some behind it; `nil` where that is the end.
    func anchor(around offset: Int64) -> TranscriptAnchor? {
        offset + 3 < last ? TranscriptAnchor(offset: offset + 3, hidden: 0) : nil
    }
}
