import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct FrameTests {
    @Test func `a wide glyph is never cut in half`() {
        var frame = Frame(Size(columns: 6, rows: 1))
        frame.write("周敏周", at: Position(column: 0, row: 0), within: Rect(columns: 3, rows: 1))
        #expect(lines(of: frame) == ["周"])
        frame.write("敏敏", at: Position(column: -1, row: 0))
        #expect(lines(of: frame) == [" 敏"])
        frame.write("x", at: Position(column: 1, row: 0))
        #expect(lines(of: frame) == [" x"])
    }

    @Test func `overwriting one half of a wide glyph turns the other into a space`() {
        var frame = Frame(Size(columns: 4, rows: 1))
        frame.write("周敏", at: Position(column: 0, row: 0))
        frame.put("a", at: Position(column: 1, row: 0), .text)
        #expect(lines(of: frame) == [" a敏"])
        frame.put("b", at: Position(column: 2, row: 0), .text)
        #expect(lines(of: frame) == [" ab"])
    }

    @Test func `text keeps the background that is there`() {
        var frame = Frame(Size(columns: 3, rows: 1))
        frame.fill(frame.bounds, on: .selection)
        frame.write("ab", at: Position(column: 0, row: 0), .critical)
        #expect(frame[Position(column: 0, row: 0)].background == .selection)
        #expect(frame[Position(column: 0, row: 0)].role == .critical)
    }

    @Test func `nothing is drawn outside of the clip`() {
        var frame = Frame(Size(columns: 5, rows: 3))
        frame.write("abcdefgh", at: Position(column: -2, row: 1), within: Rect(column: 1, row: 0, columns: 2, rows: 9))
        frame.write("x", at: Position(column: 0, row: -1))
        frame.write("x", at: Position(column: 0, row: 3))
        #expect(lines(of: frame) == ["", " de", ""])
    }

    @Test func `whatever is drawn, halves stay together and no control leaves the frame`() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<300 {
            let size = Size(
                columns: Int.random(in: 0...12, using: &random), rows: Int.random(in: 0...4, using: &random))
            var frame = Frame(size)
            for _ in 0..<8 { scribble(&frame, &random) }
            #expect(isWhole(frame), "\(lines(of: frame))")
        }
    }

    @Test func `the changes between two frames say every cell that differs and no row that does not`() {
        var random = SeededRandom(seed: 6)
        for _ in 0..<300 {
            var earlier = Frame(Size(columns: 12, rows: 4))
            for _ in 0..<4 { scribble(&earlier, &random) }
            var later = earlier
            for _ in 0..<Int.random(in: 0...2, using: &random) { scribble(&later, &random) }
            let changes = later.changes(from: earlier)
            for row in 0..<4 {
                let differing = (0..<12).filter { column in
                    let place = Position(column: column, row: row)
                    return earlier[place] != later[place]
                }
                let change = changes.first { $0.row == row }
                #expect((change == nil) == differing.isEmpty)
                #expect(differing.allSatisfy { change?.columns.contains($0) == true })
                guard let change else { continue }
                #expect(!later[Position(column: change.columns.lowerBound, row: row)].isContinuation)
            }
        }
    }

    @Test func `a frame of another size is new from top to bottom`() {
        let changes = Frame(Size(columns: 3, rows: 2)).changes(from: Frame(Size(columns: 2, rows: 2)))
        #expect(changes.map(\.row) == [0, 1])
        #expect(changes.allSatisfy { $0.columns == 0..<3 })
        #expect(Frame(Size(columns: 0, rows: 2)).changes(from: Frame(Size(columns: 2, rows: 2))).isEmpty)
    }

    @Test func `a frame drawn into another is clipped and brings its cursor`() {
        var inner = Frame(Size(columns: 4, rows: 2))
        inner.write("ab周", at: Position(column: 0, row: 0))
        inner.cursor = Position(column: 1, row: 1)
        var outer = Frame(Size(columns: 5, rows: 3))
        outer.write("敏敏敏", at: Position(column: 0, row: 1))
        outer.draw(inner, at: Position(column: 2, row: 1))
        #expect(lines(of: outer) == ["", "敏ab", ""])
        #expect(outer.cursor == Position(column: 3, row: 2))
        #expect(isWhole(outer))
    }

    @Test func `tiles fill the room without a hole and keep their gap`() {
        for columns in 0...40 {
            let tiles = Rect(columns: columns, rows: 1).columns(weights: [3, 2, 2], gap: 1)
            #expect(tiles.count == 3)
            #expect(tiles[0].column == 0)
            if columns >= 5 { #expect(tiles[2].endColumn == columns) }
            #expect(zip(tiles, tiles.dropFirst()).allSatisfy { $0.endColumn + 1 == $1.column })
        }
    }

    private func scribble(_ frame: inout Frame, _ random: inout SeededRandom) {
        let place = Position(
            column: Int.random(in: -3...13, using: &random), row: Int.random(in: -1...4, using: &random))
        let area = Rect(
            column: place.column, row: place.row, columns: Int.random(in: 0...6, using: &random),
            rows: Int.random(in: 0...3, using: &random))
        switch Int.random(in: 0...4, using: &random) {
        case 0: frame.fill(area, with: "·", .dim, on: .selection)
        case 1: Tile("周敏", state: "敏 3", key: "x").draw(in: area, on: &frame)
        case 2:
            var other = Frame(Size(columns: 5, rows: 2))
            other.write(SafeText(untrusted: random.text(4)), at: Position(column: 0, row: 1))
            frame.draw(other, at: place)
        default:
            frame.write(
                SafeText(untrusted: random.text(6)), at: place, .customer, .bold,
                within: Bool.random(using: &random) ? area : nil)
        }
    }

    private func isWhole(_ frame: Frame) -> Bool {
        (0..<frame.size.rows).allSatisfy { row in
            let cells = Array(frame.row(row))
            return cells.indices.allSatisfy { index in
                guard let scalar = cells[index].scalar else { return index > 0 && isWide(cells[index - 1]) }
                let isFollowed = index + 1 < cells.count && cells[index + 1].isContinuation
                return isWide(cells[index]) == isFollowed && scalar.value >= 0x20
                    && !(0x7F..<0xA0).contains(scalar.value)
            }
        }
    }

    private func isWide(_ cell: Cell) -> Bool { SafeText(untrusted: cell.text).columns == 2 }
}
