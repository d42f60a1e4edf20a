internal import ArgumentParser
internal import Desk
internal import Gateway
internal import Glibc
internal import Settings
internal import Vocabulary

/// `watchdesk serve`: the gateway alone, for customers and consoles elsewhere.
struct ServeVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the gateway: HTTP and WebSocket for customers and consoles.",
        discussion: """
            It ends on SIGTERM and SIGINT: requests under way are finished first, for ten seconds at most; a second \
            signal ends it at once.

            EXAMPLE:
              watchdesk serve --listen 0.0.0.0:7180 --data /var/lib/watchdesk
            """)

    @Option(help: ArgumentHelp("Listen here; port 0 takes a free one.", valueName: "host:port"))
    var listen: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let settings = try common.settings(["listen": listen])
        let signals = WaitedSignals([SIGTERM, SIGINT, SIGHUP])
        let live = try Blocking.run {
            let opened = try await LiveDesk.open(settings) { Output.complain("watchdesk: \($0)") }
            do {
                return try await opened.serving(at: settings.listen.value)
            } catch {
                await opened.close()
                throw error
            }
        }
        let address = ListenAddress(host: settings.listen.value.host, port: UInt16(clamping: live.gateway?.port ?? 0))
        Output.write("watchdesk \(Version.text) listens on http://\(address), data in \(settings.data.value)\n")
        if let offer = LocalModels.offer(settings) { Output.complain("watchdesk: \(offer)") }
        signals.wait()
        signals.endOnNext()
        try Blocking.run { await live.close() }
    }
}
