import GoldenFrames
import Testing
import Vocabulary

@testable import Terminal

@Suite struct WidgetFrameTests {
    @Test func `tiles carry title, key, state and footer in their lines`() {
        var frame = Frame(Size(columns: 44, rows: 12))
        let rows = frame.bounds.rows(weights: [1, 1, 1])
        Tile("Alerts", state: Mark.critical.styled, key: "a", isFocused: true).draw(in: rows[0], on: &frame)
        Tile("Reply", state: "draft: Tab accept", key: "3", footer: "Enter send · Ctrl-J new line")
            .draw(in: rows[1].left(40), on: &frame)
        let halves = rows[2].columns(weights: [1, 1], gap: 1)
        Tile("A title that is far too long", state: "4", isPast: true).draw(in: halves[0], on: &frame)
        Tile("周敏", state: "a state that is too long").draw(in: halves[1], on: &frame)
        expectGolden(frame, "tiles")
    }

    @Test(arguments: [(72, "table-wide"), (44, "table-narrow"), (20, "table-tiny")])
    func `a table drops the columns that matter least`(columns: Int, name: String) {
        var frame = Frame(Size(columns: columns, rows: 5))
        Self.inbox.draw(count: Self.rows.count, selected: 1, in: frame.bounds, on: &frame) { Self.rows[$0] }
        expectGolden(frame, name)
    }

    @Test func `an empty table teaches`() {
        var frame = Frame(Size(columns: 30, rows: 3))
        Self.inbox.draw(count: 0, in: frame.bounds, on: &frame) { _ in [] }
        #expect(lines(of: frame) == ["No conversations. Customers", "reach you with watchdesk chat.", ""])
    }

    @Test func `only the rows that are visible are asked for`() {
        var asked: [Int] = []
        var frame = Frame(Size(columns: 60, rows: 4))
        Self.inbox.draw(count: 10_000, first: 500, in: frame.bounds, on: &frame) { row in
            asked.append(row)
            return Self.rows[row % 3]
        }
        #expect(asked == [500, 501, 502])
    }

    @Test func `columns never overlap and never leave the room`() {
        for room in 0...90 {
            let places = Self.inbox.layout(room)
            #expect(places.allSatisfy { $0.range.lowerBound >= 0 && $0.range.upperBound <= room })
            #expect(zip(places, places.dropFirst()).allSatisfy { $0.range.upperBound < $1.range.lowerBound })
            if room >= 61 { #expect(places.last?.range.upperBound == room) }
        }
    }

    @Test func `gauges show eighths, several parts, and nothing measured`() {
        var frame = Frame(Size(columns: 24, rows: 7))
        for (row, share) in [0, 0.001, 0.5, 0.62, 1.0, 7].enumerated() {
            Gauge(share).draw(in: frame.bounds.line(row).left(11), on: &frame)
        }
        Gauge(nil).draw(in: frame.bounds.line(0).right(12), on: &frame)
        Gauge(parts: [Gauge.Part(0.3, .series1), Gauge.Part(0.25, .series2)])
            .draw(in: frame.bounds.line(1).right(12), on: &frame)
        Gauge(parts: []).draw(in: frame.bounds.line(2).right(12), on: &frame)
        Gauge(.nan).draw(in: frame.bounds.line(3).right(12), on: &frame)
        Sparkline([1, 2, nil, 4, 8, 8, 3, 0]).draw(in: frame.bounds.line(6).left(10), on: &frame)
        expectGolden(frame, "gauges")
    }

    @Test func `a toast slides in from the right over what is there`() {
        var frame = Frame(Size(columns: 50, rows: 12))
        for row in 0..<12 { frame.write("周敏周敏周敏周敏周敏周敏周敏周敏周敏周敏周敏周敏周", at: Position(column: 0, row: row), .dim) }
        let toast = Toast("Disk /data acknowledged for 24 minutes by ana. Others see it too.", .acked)
        toast.draw(in: frame.bounds.top(6), on: &frame)
        toast.draw(in: frame.bounds.bottom(6), shown: 0.4, on: &frame)
        expectGolden(frame, "toast")
    }

    @Test func `a text that is too long for its room says so`() {
        var frame = Frame(Size(columns: 12, rows: 2))
        let drawn = TextBlock("one two three four five six", .dim, hanging: 2).draw(in: frame.bounds, on: &frame)
        #expect(drawn == 2)
        #expect(lines(of: frame) == ["one two", "  three fou…"])
    }

    @Test func `everything survives every size`() {
        for columns in 0...26 {
            for rows in 0...7 {
                var frame = Frame(Size(columns: columns, rows: rows))
                let inner = Tile("Title", state: "state", key: "t", footer: "foot").draw(in: frame.bounds, on: &frame)
                var chart = Chart(
                    [
                        Chart.Series(Samples.load(50), name: "a", kind: .line),
                        Chart.Series(Samples.wave(50), name: "b"),
                    ],
                    scale: 0...100, unit: .percent, span: .seconds(50), step: .seconds(1))
                chart.thresholds = [Chart.Threshold(80, label: "limit")]
                chart.markers = [Chart.Marker(age: .seconds(20), label: "deploy")]
                chart.cursor = .seconds(10)
                chart.draw(in: inner, on: &frame)
                Self.inbox.draw(count: 3, selected: 0, in: inner, on: &frame) { Self.rows[$0] }
                Toast("text", .warning).draw(in: frame.bounds, on: &frame)
                Gauge(0.5).draw(in: inner, on: &frame)
                Sparkline([1, 2]).draw(in: inner, on: &frame)
                TextField(hint: "hint", hasLines: true).draw(in: inner, on: &frame)
                #expect(frame.row(0).count == (rows == 0 ? 0 : columns))
            }
        }
    }

    static let inbox = Table(
        [
            Table.Column("wait", width: 7, align: .right), Table.Column("customer", width: 10, stretch: 1),
            Table.Column("subject", width: 16, stretch: 3, priority: 1), Table.Column("state", width: 16, priority: 2),
            Table.Column("tok", width: 4, align: .right, priority: 3),
        ], empty: "No conversations. Customers reach you with watchdesk chat.")

    static let rows: [[StyledText]] = [
        [
            StyledText("4m02s", .critical), StyledText("Crystal M.", .customer), "wrong size, wants return",
            "asked for a person", "412",
        ],
        ["1m12s", StyledText("José Á.", .customer), "card was charged twice", "low confidence 0.31", "96"],
        ["38s", StyledText("周敏", .customer), "where is my parcel", "assistant is answering …", "1.2k"],
    ]
}
