internal import Console
internal import DeskAPI
internal import NcursesScreen
internal import Settings
internal import Terminal
internal import Vocabulary

/// A console on the terminal, as the settings want it.
struct ConsoleSession {
    let settings: Settings
    let theme: Theme
    let keys: KeyBindings

    /// Opens the screen, runs the console until its end, and gives the terminal back.
    func run(_ state: ConsoleState, on client: any DeskClient) throws {
        let environment = try ProcessEnvironment.current()
        let screen = try Screen.open(options, environment: environment, theme: theme)
        defer { screen.close() }
        var state = state
        state.bind(keys)
        state.wear(theme)
        state.arrange(settings.overview.value.compactMap(OverviewTile.init))
        var loop = try ConsoleLoop(
            screen: screen, client: client, state: state, calls: settings.calls.value, themes: try themes,
            environment: environment)
        loop.run()
    }

    private var options: Screen.Options {
        var options = Screen.Options()
        if settings.charts.value == .blocks { options.glyphs = .blocks }
        if settings.ascii.value { options.glyphs = .ascii }
        options.hasMouse = settings.mouse.value
        return options
    }

    private var themes: ThemeOffer {
        get throws {
            let library = try ThemeChoice.library()
            let configuration = SafeText(untrusted: settings.config.value, limit: 200).oneLine
            return ThemeOffer(configuration: configuration) { ThemeChoice.offered(by: library) }
        }
    }
}
