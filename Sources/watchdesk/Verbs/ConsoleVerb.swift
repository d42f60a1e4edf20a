internal import ArgumentParser
internal import Console
internal import Desk
internal import DeskAPI
internal import Gateway
internal import Glibc
internal import RemoteDesk
internal import Settings
internal import Terminal
internal import Vocabulary

/// `watchdesk console`, and `watchdesk` alone: the console.
struct ConsoleVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console (the default).",
        discussion: """
            With no --url it starts a gateway of its own on the data folder, or attaches to the one that runs there.

            EXAMPLE:
              watchdesk --url http://desk.example:7180 --key wd_live_…
              watchdesk --plain
            """)

    @Option(help: ArgumentHelp("Let the embedded gateway listen here.", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("The console's colours: a theme's name or file.", valueName: "name"))
    var theme: String?

    @Option(help: ArgumentHelp("What charts are drawn with: braille or blocks.", valueName: "glyphs"))
    var charts: String?

    @Flag(help: "Draw with plain ASCII characters only.")
    var ascii = false

    @Flag(help: "Tell everything in lines of text: for screen readers, logs, and terminals without a screen.")
    var plain = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let settings = try common.settings([
            "listen": listen, "theme": theme, "charts": charts, "ascii": ascii ? "true" : nil,
        ])
        let theme = try ThemeChoice.load(settings)
        let keys = try KeyChoice.load(settings)
        let signals = plain ? WaitedSignals([SIGTERM, SIGINT, SIGHUP]) : nil
        let way = try ConsoleWay.open(settings)
        do {
            if let signals { try tell(on: way, signals) } else { try run(settings, theme, keys, on: way) }
        } catch {
            way.close()
            throw error
        }
        way.close()
    }

    private func tell(on way: ConsoleWay, _ signals: WaitedSignals) throws {
        let state = PlainConsole(now: .now, utcOffset: LocalClock.offset(at: .now))
        var loop = try PlainLoop(client: way.client, state: state, signals: signals)
        loop.run()
    }

    private func run(_ settings: Settings, _ theme: Theme, _ keys: KeyBindings, on way: ConsoleWay) throws {
        var random = SystemRandomNumberGenerator()
        let state = ConsoleState(
            deskName: way.name, now: .now, utcOffset: LocalClock.offset(at: .now), seed: random.next())
        try ConsoleSession(settings: settings, theme: theme, keys: keys).run(state, on: way.client)
    }
}

/// How the console reaches its desk: in its own process, or through a gateway.
struct ConsoleWay: Sendable {
    /// The desk.
    let client: any DeskClient
    /// Where it is, for the status line; empty for this machine.
    let name: String
    private let end: @Sendable () async -> Void

    /// Attaches to the gateway that the settings mean, or starts one on the data folder; blocks until it answers.
    static func open(_ settings: Settings) throws -> ConsoleWay {
        if let target = try GatewayTarget.find(settings) {
            // Without Swift's pool: a console that attaches has no use for its threads and timers.
            let remote = try RemoteDesk(url: target.url, key: target.token)
            return ConsoleWay(client: remote, name: settings.url.map { $0.value.text } ?? "") { await remote.close() }
        }
        return try Blocking.run {
            let live = try await serving(
                try await LiveDesk.open(settings) { Output.complain("watchdesk: \($0)") }, settings)
            let client = EmbeddedClient(desk: live.desk, caller: .local(name: UserName.current))
            return ConsoleWay(client: client, name: "") { await live.close() }
        }
    }

    /// Closes the way; what was asked is finished first.
    func close() {
        let end = end
        do {
            try Blocking.run { await end() }
        } catch {
            Output.complain("watchdesk: \(error)")
        }
    }

    /// The usual port may be taken by another desk of this machine; then any free one does, unless one was asked for.
    private static func serving(_ live: LiveDesk, _ settings: Settings) async throws -> LiveDesk {
        do {
            return try await live.serving(at: settings.listen.value)
        } catch let failure as GatewayFailure {
            guard settings.listen.origin == .default, case .addressInUse = failure else {
                await live.close()
                throw failure
            }
            return try await live.serving(at: ListenAddress(host: settings.listen.value.host, port: 0))
        }
    }
}

/// How far this machine's clock is ahead of UTC.
enum LocalClock {
    static func offset(at moment: Timestamp) -> Duration {
        var seconds = time_t(moment.wholeSeconds)
        var fields = unsafe tm()
        tzset()
        guard unsafe localtime_r(&seconds, &fields) != nil else { return .zero }
        return unsafe .seconds(fields.tm_gmtoff)
    }
}
