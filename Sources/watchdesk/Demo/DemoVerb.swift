internal import ArgumentParser
internal import Console
internal import Desk
internal import DeskAPI
internal import Gateway
internal import Glibc
internal import Settings
internal import Vocabulary

/// `watchdesk demo`: a busy desk with made-up customers, for a first look.
struct DemoVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Open the console on a busy desk with made-up customers.",
        discussion: """
            The customers talk through a real gateway to the real assistant; two made-up agents help. Everything is kept \
            in a folder of its own, which is removed at the end, and every screen says that it is a demo.

            EXAMPLE:
              watchdesk demo --customers 12
            """)

    @Option(help: "How many customers talk at a time, 1 to 40.")
    var customers = 8

    @Option(help: ArgumentHelp("The console's colours: a theme's name or file.", valueName: "name"))
    var theme: String?

    @Flag(help: "Draw with plain ASCII characters only.")
    var ascii = false

    @Option(help: ArgumentHelp("The same number plays the same customers.", valueName: "number"))
    var seed: UInt64 = 7

    func validate() throws {
        guard (1...40).contains(customers) else { throw ValidationError("--customers must be 1 to 40") }
    }

    func run() throws {
        let folder = try DemoFolder()
        defer { folder.remove() }
        let flags = ["data": folder.path + "/data", "listen": "127.0.0.1:0", "config": folder.path + "/config.yaml"]
        let settings = try DemoVerb.settings(flags, theme: theme, ascii: ascii)
        let colours = try ThemeChoice.load(settings)
        let live = try Blocking.run {
            try await LiveDesk.open(settings) { Output.complain("watchdesk: \($0)") }
                .serving(at: ListenAddress(host: "127.0.0.1", port: 0))
        }
        defer { DemoVerb.close(live) }
        let client = EmbeddedClient(desk: live.desk, caller: .local(name: UserName.current))
        let crowd = DemoCrowd(
            url: "http://127.0.0.1:\(live.gateway?.port ?? 0)", admin: client, customers: customers, seed: seed)
        let life = Task { await crowd.run() }
        defer { life.cancel() }
        let state = ConsoleState(
            isDemo: true, now: .now, utcOffset: LocalClock.offset(at: .now), seed: seed)
        try ConsoleSession(settings: settings, theme: colours, keys: KeyBindings()).run(state, on: client)
    }

    private static func settings(_ flags: [String: String], theme: String?, ascii: Bool) throws -> Settings {
        var flags = flags
        if let theme { flags["theme"] = theme }
        if ascii { flags["ascii"] = "true" }
        var environment = try ProcessEnvironment.current()
        // The customers are made up, so no key and no gateway of the person's has anything to do with it.
        for name in ["WATCHDESK_URL", "WATCHDESK_KEY", "WATCHDESK_DATA", "WATCHDESK_CONFIG", "WATCHDESK_LISTEN"] {
            environment[name] = nil
        }
        do {
            return try Settings.resolve(flags: flags, environment: environment)
        } catch {
            throw Failure(error)
        }
    }

    private static func close(_ live: LiveDesk) {
        do {
            try Blocking.run { await live.close() }
        } catch {
            Output.complain("watchdesk: \(error)")
        }
    }
}
