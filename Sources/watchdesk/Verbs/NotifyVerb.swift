internal import ArgumentParser
internal import DeskAPI
internal import Monitoring
internal import Vocabulary

/// `watchdesk notify`: who is told of alerts, and what became of each message.
struct NotifyVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "See and test who is told of alerts, and handle dead letters.",
        discussion: """
            The file notify.yaml beside the configuration says who is told; it is read anew when it changes:

              receivers:
                - name: chat
                  slack: {url: env:SLACK_URL}
              route:
                receiver: chat

            EXAMPLE:
              watchdesk notify test chat
            """,
        subcommands: [
            Check.self, ListAll.self, Test.self, Deliveries.self, Dead.self, Retry.self, Drop.self,
        ], defaultSubcommand: ListAll.self)

    /// Checks a file without using it.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a notify.yaml; every fault is told with its line.",
            discussion: "EXAMPLE:\n  watchdesk notify check ~/.config/watchdesk/notify.yaml")

        @Argument(help: "The file.")
        var file: String

        func run() throws {
            guard let bytes = try ConfigurationFile.read(file) else { throw Failure("there is no file \(file)") }
            let found: NotifyConfiguration
            do {
                found = try NotifyFile.read(bytes, file: file, zones: NotifyText.zone)
            } catch {
                throw Failure(error)
            }
            for receiver in found.receivers {
                Output.write(
                    "\(receiver.name): \(receiver.kind), \(SafeText(untrusted: receiver.target).oneLine.text)\n")
            }
            Output.write(found.receivers.isEmpty ? "The file is right; nobody is told.\n" : "The file is right.\n")
        }
    }

    /// Lists receivers.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List who is told of alerts, and how that goes.",
            discussion: "EXAMPLE:\n  watchdesk notify list --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let receivers = try DeskAccess.use(common) { client in
                try await client.call(Operations.listReceivers, Nothing())
            }
            Listing(
                items: receivers.items,
                columns: [
                    .init("RECEIVER") { $0.name }, .init("KIND") { $0.kind },
                    .init("STATE") { $0.isHealthy.map { $0 ? "ok" : "FAILING" } ?? "n/a" },
                    .init("WAITING") { "\($0.waiting)" }, .init("DEAD") { "\($0.dead)" },
                    .init("LAST SENT") { $0.lastSentAt?.rfc3339 ?? "never" }, .init("TARGET") { $0.target },
                    .init("LAST FAILURE") { $0.lastFailure ?? "none" },
                ], empty: "Nobody is told of alerts; see watchdesk notify --help."
            ).print(asJSON: list.json)
        }
    }

    /// Sends a test.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a marked test message to a receiver, and say what it answered.",
            discussion: "EXAMPLE:\n  watchdesk notify test chat")

        @Argument(help: "The receiver's name, as `notify list` shows it.")
        var receiver: String

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = ReceiverReference(receiver)
            let test = try DeskAccess.use(common) { client in
                try await client.call(Operations.testReceiver, reference)
            }
            if list.json { Output.write(test.json + "\n") }
            guard test.isDelivered else { throw Failure("\(receiver): \(test.answer)") }
            if !list.json { Output.write("\(SafeText(untrusted: "\(receiver): \(test.answer)").oneLine.text)\n") }
        }
    }
}
