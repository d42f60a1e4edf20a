internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Choosing and ordering the tiles.
extension OverviewPane {
    static let tileCommands: [Command<OverviewPane>] = [
        Command(
            .character("<"), title: "tile earlier", purpose: "Give the tile in focus an earlier place.",
            action: .shift(-1),
            obstacle: { state, _ in state.neighbour(-1) == nil ? "it is the first of its kind" : nil }),
        Command(
            .character(">"), title: "tile later", purpose: "Give the tile in focus a later place.", action: .shift(1),
            obstacle: { state, _ in state.neighbour(1) == nil ? "it is the last of its kind" : nil }),
        Command(
            .character("x"), title: "hide tile", purpose: "Take the tile in focus off the overview.", action: .hide,
            obstacle: { state, _ in state.tiles.count < 2 ? "it is the only one" : nil }),
        Command(
            .character("X"), title: "all tiles", purpose: "Show every tile in the usual order.", action: .showAll,
            obstacle: { state, _ in state.tiles == OverviewTile.allCases ? "all are shown as usual" : nil }),
    ]

    /// Moves a tile, or hides it, and says which line of the configuration keeps it so.
    static func arrange(_ action: Action, _ state: inout State, _ turn: inout Turn) {
        switch action {
        case .shift(let step):
            guard let other = state.neighbour(step), let mine = state.tiles.firstIndex(of: state.focus) else { return }
            state.tiles.swapAt(mine, other)
        case .hide:
            let place = state.tiles.firstIndex(of: state.focus) ?? 0
            state.tiles.removeAll { $0 == state.focus }
            state.isZoomed = false
            state.focus = state.tiles[min(place, state.tiles.count - 1)]
        case .showAll: state.tiles = OverviewTile.allCases
        default: return
        }
        let names = state.tiles.map { SafeText(untrusted: $0.rawValue) }.joined(separator: " ")
        turn.say("To keep it, write into the configuration: overview: \(names)", .info)
    }
}

extension OverviewPane.State {
    /// The place of the next tile of the same kind in one direction.
    func neighbour(_ step: Int) -> Int? {
        guard let mine = tiles.firstIndex(of: focus) else { return nil }
        var place = mine + step
        while tiles.indices.contains(place), tiles[place].isList != focus.isList { place += step }
        return tiles.indices.contains(place) ? place : nil
    }
}

extension ConsoleState {
    /// Shows these tiles on the overview in this order; none means all in the usual one.
    public mutating func arrange(_ tiles: [OverviewTile]) {
        overview.tiles = tiles.isEmpty ? OverviewTile.allCases : tiles
        if let first = overview.tiles.first, !overview.tiles.contains(overview.focus) { overview.focus = first }
    }
}
