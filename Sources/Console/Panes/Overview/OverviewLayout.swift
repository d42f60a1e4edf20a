internal import Terminal

/// The tiles of the overview by name, in the order of the Tab key.
enum OverviewTile: CaseIterable, Equatable, Sendable {
    case alerts
    case conversations
    case models
    case processors
    case memory
    case disk
    case network
}

/// Which tiles a screen shows, and where: fewer on a small one, never smaller meaning.
struct OverviewLayout {
    private(set) var places: [(tile: OverviewTile, rect: Rect)] = []

    init(_ rect: Rect, zoomed: OverviewTile?) {
        if let zoomed {
            places = [(zoomed, rect)]
        } else if rect.columns >= 110, rect.rows >= 24 {
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

    private mutating func arrangeWide(_ rect: Rect) {
        let gap = 1
        let bottomRows = max(9, rect.rows * 2 / 5)
        let top = rect.droppingBottom(bottomRows)
        let sideColumns = min(44, max(32, rect.columns / 4))
        let charts = top.droppingRight(sideColumns + gap)
        let lines = charts.rows(weights: [1, 1])
        let upper = lines[0].columns(weights: [1, 1], gap: gap)
        let lower = lines[1].columns(weights: [1, 1], gap: gap)
        let bottom = rect.bottom(bottomRows)
        places = [
            (.alerts, top.right(sideColumns)),
            (.conversations, bottom.droppingRight(sideColumns + gap)),
            (.models, bottom.right(sideColumns)),
            (.processors, upper[0]), (.memory, upper[1]), (.disk, lower[0]), (.network, lower[1]),
        ]
    }

    private mutating func arrangeStandard(_ rect: Rect) {
        let lists = min(max(6, rect.rows * 2 / 5), 10)
        let charts = rect.droppingBottom(lists).rows(weights: [1, 1])
        let upper = charts[0].columns(weights: [1, 1])
        let lower = charts[1].columns(weights: [1, 1])
        let bottom = rect.bottom(lists).columns(weights: [2, 3])
        places = [
            (.alerts, bottom[0]), (.conversations, bottom[1]), (.processors, upper[0]), (.memory, upper[1]),
            (.disk, lower[0]), (.network, lower[1]),
        ]
    }
}
