internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension OverviewPane {
    enum Action: Equatable, Sendable {
        case focusNext
        case focusPrevious
        case move(Int)
        case open
        case zoom
        case leaveZoom
        case switchScale
        case filter
        case shift(Int)
        case hide
        case showAll
    }

    static let commands = usualCommands + tileCommands

    private static let usualCommands: [Command<OverviewPane>] = [
        Command(
            .enter, title: "open",
            purpose: "Open the pane of the tile in focus, at the row under the cursor; of a chart, its course.",
            action: .open, rank: 1),
        Command(.tab, title: "next tile", purpose: "Give the focus to the next tile.", action: .focusNext, rank: 2),
        Command(.backTab, title: "tile before", purpose: "Give the focus to the tile before.", action: .focusPrevious),
        Command(
            .character("z"), title: "zoom", purpose: "Give the tile in focus the whole screen, or its place back.",
            action: .zoom, rank: 3),
        Command(
            .character("l"), title: "log scale",
            purpose: "Spread the rates of disk and network by their ratio: small ones are seen beside large ones.",
            action: .switchScale),
        Command(
            .escape, title: "leave zoom", purpose: "Show all tiles again.", action: .leaveZoom,
            applies: { $0.isZoomed }),
        Command(
            .character("/"), title: "filter", purpose: "Look for a text in the list of the tile in focus, in its pane.",
            action: .filter, obstacle: { state, _ in state.listPane == nil ? "this tile has no list" : nil }),
        Command(
            .down, .character("j"), title: "row down", purpose: "Move the cursor of the list in focus down.",
            action: .move(1)),
        Command(
            .up, .character("k"), title: "row up", purpose: "Move the cursor of the list in focus up.",
            action: .move(-1)),
    ]

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        switch action {
        case .focusNext: moveFocus(by: 1, &state, turn.scene)
        case .focusPrevious: moveFocus(by: -1, &state, turn.scene)
        case .move(let distance): move(by: distance, &state)
        case .open: turn.go(to: destination(state))
        case .zoom: state.isZoomed.toggle()
        case .leaveZoom: state.isZoomed = false
        case .switchScale: state.isLogarithmic.toggle()
        case .filter: if let pane = state.listPane { turn.go(to: .filter(pane)) }
        case .shift, .hide, .showAll: arrange(action, &state, &turn)
        }
    }

    private static func moveFocus(by step: Int, _ state: inout State, _ scene: Scene) {
        // While zoomed, Tab goes through every tile, also those that the small screen does not show.
        let shown = state.layout(Rect(scene.room), scene.screen == .full ? .normal : scene.screen).tiles
        let tiles = state.isZoomed || shown.count < 2 ? OverviewTile.allCases.filter(state.tiles.contains) : shown
        let index = tiles.firstIndex(of: state.focus) ?? 0
        state.focus = tiles[(index + step + tiles.count) % tiles.count]
    }

    private static func move(by distance: Int, _ state: inout State) {
        switch state.focus {
        case .alerts: state.alerts.move(by: distance)
        case .conversations: state.conversations.move(by: distance)
        case .models: state.models.move(by: distance)
        case .processors, .memory, .disk, .network: break
        }
    }

    private static func destination(_ state: State) -> Destination {
        switch state.focus {
        case .alerts: state.alerts.cursor.map(Destination.alert) ?? .pane(.alerts)
        case .conversations: state.conversations.cursor.map(Destination.conversation) ?? .pane(.conversations)
        case .models: state.models.cursor.map(Destination.model) ?? .pane(.models)
        case .processors: .metric("cpu.busy", host: nil)
        case .memory: .metric("memory.used", host: nil)
        case .disk: .metric("disk.read", host: nil)
        case .network: .metric("net.received", host: nil)
        }
    }
}

extension OverviewPane.State {
    /// The pane that holds the whole list of the tile in focus.
    fileprivate var listPane: PaneName? {
        switch focus {
        case .alerts: .alerts
        case .conversations: .conversations
        case .models: .models
        case .processors, .memory, .disk, .network: nil
        }
    }
}
