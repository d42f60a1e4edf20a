internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Everything that is measured on a host, and its processes.
enum SystemPane: Pane {
    struct State: Equatable, Sendable {
        /// The host that is shown; `nil` shows the first that was heard of.
        var host: String?
        /// The rows of the sheet above the window.
        var scroll = 0
        var processes = ProcessesView()
    }

    enum Action: Equatable, Sendable {
        case scroll(ListMove)
        case nextHost
        case processes(ProcessAction)
    }

    static let name = PaneName.system
    static let purpose: SafeText = "Everything that is measured on this host."
    static let initial = State()

    static let commands: [Command<SystemPane>] =
        [
            Command(
                .down, .character("j"), title: "scroll", purpose: "Scroll one row down.", action: .scroll(.down),
                rank: 1, applies: isSheet),
            Command(
                .up, .character("k"), title: "scroll up", purpose: "Scroll one row up.", action: .scroll(.up),
                applies: isSheet),
            Command(
                .pageDown, .character(" "), title: "page down", purpose: "Scroll one page down.",
                action: .scroll(.pageDown), applies: isSheet),
            Command(
                .pageUp, title: "page up", purpose: "Scroll one page up.", action: .scroll(.pageUp), applies: isSheet),
            Command(
                .home, .character("g"), title: "top", purpose: "Scroll to the top.", action: .scroll(.top),
                applies: isSheet),
            Command(
                .end, .character("G"), title: "end", purpose: "Scroll to the end.", action: .scroll(.bottom),
                applies: isSheet),
            Command(
                .character("h"), title: "next host", purpose: "Show the next host that sends samples.",
                action: .nextHost, rank: 9,
                obstacle: { $1.facts.hosts.count < 2 ? "there is only one host" : nil }),
        ] + ProcessCommands.all

    @Sendable private static func isSheet(_ state: State) -> Bool { !state.processes.isShown }

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        switch action {
        case .processes(let action): apply(action, to: &state, &turn)
        case .scroll(let move):
            state.processes.isShown = false
            scroll(move, &state, turn.scene)
        case .nextHost:
            let names = turn.facts.hosts.keys.sorted()
            let index = (state.host ?? turn.facts.mainHost).flatMap { names.firstIndex(of: $0) } ?? -1
            state.host = names.isEmpty ? nil : names[(index + 1) % names.count]
            state.scroll = 0
            state.processes.forget()
            state.processes.ask(host: state.host, &turn)
        }
    }

    private static func scroll(_ move: ListMove, _ state: inout State, _ scene: Scene) {
        let room = Rect(scene.room)
        let sheet = SystemSheet(state, scene, columns: room.columns)
        let window = window(of: sheet, in: room)
        let limit = max(0, sheet.rows - window.rows)
        let page = max(1, window.rows - 2)
        let target =
            switch move {
            case .down: state.scroll + 1
            case .up: state.scroll - 1
            case .pageDown: state.scroll + page
            case .pageUp: state.scroll - page
            case .top: 0
            case .bottom: limit
            case .next, .previous: state.scroll
            }
        state.scroll = min(max(0, target), limit)
    }

    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard !state.processes.isShown else { return state.processes.draw(scene, in: rect, on: &frame) }
        let sheet = SystemSheet(state, scene, columns: rect.columns)
        guard sheet.rows > 0 else {
            let inside = Tile("System").draw(in: rect, on: &frame).inset(columns: 1)
            let text: SafeText = "No host has been sampled yet. This host's own samples come once a second."
            TextBlock(text, .dim).draw(in: inside, on: &frame)
            return
        }
        let window = SystemPane.window(of: sheet, in: rect)
        let scroll = min(state.scroll, max(0, sheet.rows - window.rows))
        frame.draw(sheet.drawn(), at: Position(column: rect.column, row: rect.row - scroll), within: window)
        drawCharts(state, scene, in: rect.droppingTop(sheet.rows), on: &frame)
        guard window.rows < rect.rows, sheet.rows > window.rows else { return }
        let below = sheet.rows - scroll - window.rows
        let hint: SafeText = below > 0 ? "↓ \(below) more rows" : "the end"
        frame.write(hint, in: rect.bottom(1).droppingRight(2), below > 0 ? .accent : .dim, align: .right)
    }

    /// What is left below the sheet shows the last minutes.
    private static func drawCharts(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard rect.rows >= 8, rect.columns >= 120, let name = state.host ?? scene.facts.mainHost else { return }
        let history = scene.facts.hosts[name]
        let charts = HostCharts(scene, of: history)
        let cores = history?.newest.map { SystemReading(sample: $0, scene: scene).cores } ?? []
        let mapRows = HostMaps.rows(cores: cores.count)
        guard rect.rows >= mapRows + 10 else { return charts.drawRow(in: rect.top(18), on: &frame) }
        let above = rect.droppingBottom(mapRows).top(18)
        charts.drawRow(in: above, on: &frame)
        HostMaps(charts: charts, cores: cores).draw(
            in: rect.droppingTop(above.rows).top(mapRows), on: &frame)
    }

    /// What of the pane shows the sheet: one row less when there is more than fits, for the hint that says so.
    private static func window(of sheet: SystemSheet, in rect: Rect) -> Rect {
        sheet.rows > rect.rows && rect.rows > 4 ? rect.droppingBottom(1) : rect
    }
}
