internal import ArgumentParser
internal import DeskAPI
internal import Gateway
internal import RemoteDesk
internal import Settings
internal import Vocabulary

/// `watchdesk chat`: be a customer from a terminal.
struct ChatVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Ask the desk as a customer.",
        discussion: """
            It talks to the gateway at --url, to the one that runs on the data folder, or to one of its own.

            EXAMPLES:
              watchdesk chat
              watchdesk chat --once "How do I acknowledge an alert?"
            """)

    @Option(help: ArgumentHelp("Ask this, print the answer and end.", valueName: "text"))
    var once: String?

    @Option(help: "The name that agents see.")
    var name: String = UserName.current

    @OptionGroup var common: CommonOptions

    func run() throws {
        let settings = try common.settings()
        let name = name
        let once = once
        if let once, once.unicodeScalars.count > Message.maximumLength {
            throw Failure("--once has more than \(Message.maximumLength) characters", status: 2)
        }
        try Blocking.run {
            let place = try await ChatPlace.open(settings)
            do {
                let session = try await CustomerSession.start(at: place.url, as: name)
                if let once {
                    try await OneQuestion(session: session).ask(once)
                } else {
                    try await Chat(session: session).run()
                }
                await session.close()
            } catch {
                await place.close()
                throw error
            }
            await place.close()
        }
    }
}

/// The gateway a customer talks to; one of our own when none runs.
struct ChatPlace: Sendable {
    /// Its address.
    let url: String
    private let live: LiveDesk?

    static func open(_ settings: Settings) async throws -> ChatPlace {
        // A customer needs no key: its token comes from the gateway itself.
        if let url = settings.url { return ChatPlace(url: url.value.text, live: nil) }
        if let target = try GatewayTarget.find(settings) { return ChatPlace(url: target.url, live: nil) }
        let desk = try await LiveDesk.open(settings) { Output.complain("watchdesk: \($0)") }
        guard let loopback = ListenAddress("127.0.0.1:0") else { throw Failure("127.0.0.1:0 is no address") }
        let live = try await desk.serving(at: loopback)
        return ChatPlace(url: "http://127.0.0.1:\(live.gateway?.port ?? 0)", live: live)
    }

    func close() async {
        await live?.close()
    }
}
