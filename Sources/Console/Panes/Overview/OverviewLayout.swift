internal import Terminal

/// The tiles of the overview by name, in the order of the Tab key.
public enum OverviewTile: String, CaseIterable, Equatable, Sendable {
    /// What is wrong, and who is on it.
    case alerts
    /// Who waits, and what is said.
    case conversations
    /// What answers.
    case models
    /// Processor time of the host.
    case processors = "cpu"
    /// Memory of the host.
    case memory
    /// What the disks read and write.
    case disk
    /// What comes and goes over the network.
    case network

    /// Whether it holds a list; the others hold a chart.
    var isList: Bool { self == .alerts || self == .conversations || self == .models }
}

/// Which tiles a screen shows, and where: those that the person chose in their order, fewer on a small screen, never
/// smaller meaning.
struct OverviewLayout {
    private(set) var places: [(tile: OverviewTile, rect: Rect)] = []
    private let lists: [OverviewTile]
    private let charts: [OverviewTile]

    /// The tiles of a screen.
    ///
    /// - Parameters:
    ///   - rect: the room.
    ///   - tiles: the tiles that are wanted, in their order.
    ///   - focus: the tile that gets more room.
    ///   - screen: how much more; on a screen that has none to give, `half` changes nothing.
    init(
        _ rect: Rect, tiles: [OverviewTile] = OverviewTile.allCases, focus: OverviewTile? = nil,
        screen: ScreenMode = .normal
    ) {
        var rect = rect
        var tiles = tiles
        if let focus, screen == .full {
            (lists, charts, places) = ([], [], [(focus, rect)])
            return
        }
        if let focus, screen == .half, tiles.count > 1, rect.columns >= 120 || rect.rows >= 40 {
            let isWide = rect.columns >= 120
            let side = isWide ? rect.left(rect.columns / 2) : rect.top(rect.rows / 2)
            rect = isWide ? rect.droppingLeft(side.columns + 1) : rect.droppingTop(side.rows)
            tiles.removeAll { $0 == focus }
            places = [(focus, side)]
        }
        lists = tiles.filter(\.isList)
        charts = tiles.filter { !$0.isList }
        if rect.columns >= 110, rect.rows >= 24 {
            arrangeWide(rect)
        } else if rect.columns >= 60, rect.rows >= 16 {
            arrangeStandard(rect)
        }
    }

    /// Whether there is no room for tiles: then a few lines say the same.
    var isTooSmall: Bool { places.isEmpty }

    /// The tiles that can have the focus, in the order of the Tab key.
    var tiles: [OverviewTile] {
        OverviewTile.allCases.filter { tile in places.contains { $0.tile == tile } }
    }

    func place(of tile: OverviewTile) -> Rect? { places.first { $0.tile == tile }?.rect }

    /// The first list stands beside the charts, the others below.
    private mutating func arrangeWide(_ rect: Rect) {
        guard !charts.isEmpty, let side = lists.first else {
            return fill(rect, with: charts.isEmpty ? lists : charts, gap: 1)
        }
        let sideColumns = min(44, max(32, rect.columns / 4))
        let below = Array(lists.dropFirst())
        let bottomRows = below.isEmpty ? 0 : max(9, rect.rows * 2 / 5)
        let top = rect.droppingBottom(bottomRows)
        places.append((side, top.right(sideColumns)))
        let bottom = rect.bottom(bottomRows)
        if below.count == 1 { places.append((below[0], bottom)) }
        if below.count == 2 {
            places.append((below[0], bottom.droppingRight(sideColumns + 1)))
            places.append((below[1], bottom.right(sideColumns)))
        }
        fill(top.droppingRight(sideColumns + 1), with: charts, gap: 1)
    }

    /// The charts stand above, the first two lists below.
    private mutating func arrangeStandard(_ rect: Rect) {
        guard !charts.isEmpty, !lists.isEmpty else { return fill(rect, with: charts.isEmpty ? lists : charts, gap: 0) }
        let listRows = min(max(6, rect.rows * 2 / 5), 10)
        let shown = Array(lists.prefix(2))
        // Conversations have the longest lines.
        let bottom = rect.bottom(listRows).columns(weights: shown.map { $0 == .conversations ? 3 : 2 })
        for (tile, place) in zip(shown, bottom) { places.append((tile, place)) }
        fill(rect.droppingBottom(listRows), with: charts, gap: 0)
    }

    /// Tiles in one row, or in two from three on.
    private mutating func fill(_ rect: Rect, with tiles: [OverviewTile], gap: Int) {
        let perRow = tiles.count <= 2 ? max(1, tiles.count) : (tiles.count + 1) / 2
        let rowCount = max(1, (tiles.count + perRow - 1) / perRow)
        let lines = rect.rows(weights: Array(repeating: 1, count: rowCount))
        for (line, start) in zip(lines, stride(from: 0, to: tiles.count, by: perRow)) {
            let row = tiles[start..<min(start + perRow, tiles.count)]
            let cells = line.columns(weights: Array(repeating: 1, count: row.count), gap: gap)
            for (tile, place) in zip(row, cells) { places.append((tile, place)) }
        }
    }
}
