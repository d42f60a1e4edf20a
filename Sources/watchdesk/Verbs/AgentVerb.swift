internal import ArgumentParser
internal import Glibc
internal import HostAgent
internal import RemoteDesk
internal import Settings
internal import Storage
internal import Vocabulary

/// `watchdesk agent`: sends the samples of this host to a gateway elsewhere.
struct AgentVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Send the samples of this host to a gateway elsewhere.",
        discussion: """
            It samples this host each second. While the gateway is away the samples are kept in the data folder, and \
            follow when it is back: also after a restart of either, and after kill -9. It ends on SIGTERM and SIGINT \
            and sends what waits first, for five seconds at most.

            The key needs the role host-agent: watchdesk keys create --name web-1 --role host-agent

            EXAMPLE:
              watchdesk agent --url http://desk:7180 --key file:/etc/watchdesk/agent.key --name web-1
            """)

    @Option(help: ArgumentHelp("What this host is called there; its own name unless given.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Keep so much while the gateway is away, such as 6h or 1d.", valueName: "duration"))
    var agentBuffer: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let settings = try common.settings(["agent.name": name, "agent.buffer": agentBuffer])
        guard let url = settings.url, let key = settings.key else {
            throw Failure(
                "an agent needs a gateway and a key: give --url and --key, or WATCHDESK_URL and WATCHDESK_KEY",
                status: 2)
        }
        let folder = try DataFolder("\(settings.data.value)/agent")
        var configuration = AgentConfiguration(name: try hostName(settings), folder: folder.path) {
            Output.complain("watchdesk agent: \(SafeText(untrusted: $0, limit: 1000).oneLine.text)")
        }
        configuration.mostWaiting = Int(settings.agent.buffer.value.components.seconds)
        let signals = WaitedSignals([SIGTERM, SIGINT, SIGHUP])
        let client = try RemoteDesk(url: url.value.text, key: key.value.revealed)
        let agent = try HostAgent(configuration, client: client)
        let run = Task { await agent.run() }
        Output.write(
            "watchdesk \(Version.text) sends the samples of \(configuration.name) to \(url.value.text), "
                + "kept in \(folder.path)\n")
        signals.wait()
        signals.endOnNext()
        run.cancel()
        try Blocking.run {
            await run.value
            await client.close()
        }
    }

    private func hostName(_ settings: Settings) throws -> String {
        if let name = settings.agent.name { return name.value }
        var bytes = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else {
            throw Failure("this host has no name: give --name", status: 2)
        }
        return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
