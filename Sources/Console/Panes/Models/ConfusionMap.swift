internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What a classifier takes for what, as a picture: a line for each label that texts have, a column for each they got.
///
/// With more labels than room, neighbours share a cell and the highest share counts; close up, each has its own and the
/// picture shows those around the pair under the cursor.
struct ConfusionMap: Equatable, Sendable {
    private let title: SafeText
    private var refusal: SafeText?
    /// The labels, sorted by name.
    private var names: [SafeText] = []
    /// How many texts have each label.
    private var texts: [Int64] = []
    /// The share of a label's texts that got another, 0 to 100.
    private var shares: [[Double?]] = []
    /// What is confused, the most frequent first.
    private var pairs: [Pair] = []
    private var cursor = 0
    private(set) var isClose = false
    private var isRead = false

    private struct Pair: Equatable, Sendable {
        let label: Int
        let given: Int
        let count: Int64
    }

    init(_ title: SafeText) {
        self.title = title
    }

    mutating func refuse(_ problem: Problem) {
        refusal = SafeText(untrusted: problem.detail, limit: 300).oneLine
    }

    mutating func show(_ report: ClassifierReport) {
        isRead = true
        let labels = report.labels.map(\.label)
        let places = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
        names = labels.map { SafeText(untrusted: $0, limit: 120).oneLine }
        texts = report.labels.map(\.texts)
        shares = labels.map { _ in [Double?](repeating: nil, count: labels.count) }
        pairs = []
        for confusion in report.confusions where confusion.texts > 0 {
            guard let label = places[confusion.label], let given = places[confusion.given] else { continue }
            shares[label][given] = 100 * Double(confusion.texts) / Double(max(1, texts[label]))
            if label != given { pairs.append(Pair(label: label, given: given, count: confusion.texts)) }
        }
        pairs.sort { ($1.count, $0.label, $0.given) < ($0.count, $1.label, $1.given) }
        cursor = min(cursor, max(0, pairs.count - 1))
    }

    mutating func move(_ move: ListMove, page: Int) {
        switch move {
        case .up: cursor -= 1
        case .down: cursor += 1
        case .pageUp: cursor -= page
        case .pageDown: cursor += page
        case .top: cursor = 0
        case .bottom: cursor = pairs.count - 1
        default: break
        }
        cursor = min(max(0, cursor), max(0, pairs.count - 1))
    }

    mutating func zoom() { isClose.toggle() }

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = StyledText(isClose ? "a line for each label" : "all \(names.count) labels", .dim)
        let inside = Tile(
            title, state: state, footer: StyledText(isClose ? "z whole · Esc back" : "z closer · Esc back", .dim),
            isFocused: true
        )
        .draw(in: rect, on: &frame).inset(columns: 1)
        if let refusal { return frame.write(styled: StyledText("▲ \(refusal)", .warning), in: inside.line(0)) }
        guard isRead else { return frame.write("Reading …", in: inside.line(0), .dim) }
        let list = inside.right(min(56, inside.columns * 2 / 5))
        drawPairs(in: list, on: &frame)
        drawMap(in: inside.left(inside.columns - list.columns - 2), on: &frame)
    }

    // MARK: The picture

    private static let longestLabel = 17

    private func drawMap(in rect: Rect, on frame: inout Frame) {
        guard rect.rows >= 4, rect.columns >= 12, !names.isEmpty else { return }
        let body = rect.droppingTop(1)
        let labels = min(ConfusionMap.longestLabel, rect.columns / 3)
        let room = (rows: body.rows - 1, columns: body.columns - labels - 1)
        let size = isClose ? 1 : (names.count + min(room.rows, room.columns) - 1) / min(room.rows, room.columns)
        let pair = pairs.indices.contains(cursor) ? pairs[cursor] : nil
        let rows = window(size: size, room: room.rows, around: pair?.label)
        let columns = window(size: size, room: isClose ? room.columns / 2 : room.columns, around: pair?.given)
        let width = min(12, max(1, room.columns / columns.count))
        // The map's own labels would be cut to a third of it: they stand beside it, and its gap holds the mark.
        let labelled = min(labels, rows.map { label($0).columns }.max() ?? 0)
        let place = body.droppingLeft(labelled).left(1 + columns.count * width)
        var map = HeatMap(
            rows.map { row in HeatMap.Row("", columns.map { highest(row, $0) }) }, scale: 0...100,
            unit: .percent, count: columns.count)
        map.endLabel = ""
        map.draw(in: place, on: &frame)
        let height = max(1, min(3, (place.rows - (place.columns >= 24 ? 1 : 0)) / rows.count))
        for (index, row) in rows.enumerated() {
            let isChosen = pair.map { row.contains($0.label) } ?? false
            let line = body.line(index * height)
            frame.write(label(row), in: line.left(labelled), isChosen ? .strong : .dim, align: .right)
            if isChosen { frame.write("▶", in: line.droppingLeft(labelled).left(1), .accent) }
        }
        // A head has room where few labels are; the pair under the cursor is named beside the map in any case.
        if width >= 5 {
            for (index, column) in columns.enumerated() {
                let isChosen = pair.map { column.contains($0.given) } ?? false
                let place = rect.line(0).droppingLeft(labelled + 2 + index * width).left(width - 2)
                frame.write(label(column).truncated(to: width - 2), in: place, isChosen ? .strong : .dim)
            }
        }
        if let pair, let column = columns.firstIndex(where: { $0.contains(pair.given) }) {
            frame.write("▼", in: rect.line(0).droppingLeft(labelled + 1 + column * width).left(1), .accent)
        }
    }

    /// The groups of neighbours that there is room for, those around a label where it is not for all.
    private func window(size: Int, room: Int, around label: Int?) -> [Range<Int>] {
        let groups = stride(from: 0, to: names.count, by: size).map { $0..<min($0 + size, names.count) }
        guard groups.count > room else { return groups }
        let first = min(max(0, (label ?? 0) / size - room / 2), groups.count - room)
        return Array(groups[first..<(first + room)])
    }

    private func highest(_ labels: Range<Int>, _ given: Range<Int>) -> Double? {
        labels.compactMap { label in shares[label][given].compactMap(\.self).max() }.max()
    }

    private func label(_ group: Range<Int>) -> SafeText {
        let more: SafeText = group.count > 1 ? " +\(group.count - 1)" : ""
        return names[group.lowerBound].truncated(to: ConfusionMap.longestLabel - 2 - more.columns) + more
    }

    // MARK: The pairs

    private func drawPairs(in rect: Rect, on frame: inout Frame) {
        guard let pair = pairs.indices.contains(cursor) ? pairs[cursor] : nil, rect.rows > 5 else {
            return frame.write(styled: StyledText("no mistake", .ok), in: rect.line(0))
        }
        frame.write(styled: StyledText("is  ", .dim) + StyledText(names[pair.label], .strong), in: rect.line(0))
        frame.write(styled: StyledText("got ", .dim) + StyledText(names[pair.given], .warning), in: rect.line(1))
        let share = shares[pair.label][pair.given] ?? 0
        frame.write(
            styled: StyledText("\(pair.count)", .strong) + StyledText(" of \(texts[pair.label]) texts, ", .dim)
                + Quantity(share, .percent).styled(), in: rect.line(2))
        let list = rect.droppingTop(4)
        let first = min(max(0, cursor - list.rows / 2), max(0, pairs.count - list.rows))
        let half = max(4, (list.columns - 8) / 2)
        for (row, index) in (first..<min(pairs.count, first + list.rows)).enumerated() {
            let (one, line) = (pairs[index], list.line(row))
            let role: Terminal.Role = index == cursor ? .strong : .text
            if index == cursor { frame.write(styled: StyledText("▶", .accent), in: line.left(1)) }
            frame.write("\(one.count)", in: line.droppingLeft(1).left(3), .warning, align: .right)
            frame.write(names[one.label], in: line.droppingLeft(5).left(half), role)
            frame.write(styled: StyledText("→", .dim), in: line.droppingLeft(5 + half).left(1))
            frame.write(names[one.given], in: line.droppingLeft(7 + half), role)
        }
    }
}
