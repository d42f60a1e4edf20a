internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk notifications`: what calls the person.
struct NotificationsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifications", abstract: "List and acknowledge what calls you.",
        discussion: "EXAMPLE:\n  watchdesk notifications list\n  watchdesk notifications acknowledge 9",
        subcommands: [ListAll.self, Acknowledge.self], defaultSubcommand: ListAll.self)

    /// Lists what calls.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List mentions, conversations given to you, and targets you missed.",
            discussion: "EXAMPLE:\n  watchdesk notifications list --all --json")

        @Flag(help: "Those that were acknowledged, too.")
        var all = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = ListNotifications()
            request.acknowledged = all
            let question = request
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.listNotifications, question).items
            }
            Listing(
                items: found,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("PRIORITY") { $0.priority.rawValue },
                    .init("KIND") { $0.kind.rawValue }, .init("FROM") { $0.from },
                    .init("CONVERSATION") { "\($0.conversation)" }, .init("AT") { $0.at.rfc3339 },
                    .init("ACKNOWLEDGED") { $0.acknowledgedAt?.rfc3339 ?? "-" }, .init("TEXT") { $0.text },
                ], empty: "Nothing calls you."
            ).print(asJSON: list.json)
        }
    }

    /// Acknowledges one, or all.
    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that you know of one, or of everything until now.",
            discussion: "EXAMPLE:\n  watchdesk notifications acknowledge 9\n  watchdesk notifications acknowledge --all"
        )

        @Argument(help: ArgumentHelp("The notification's number.", valueName: "id"))
        var number: Int64?
        @Flag(help: "Everything until now.")
        var all = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (number == nil) == all else { throw ValidationError("give the number of one, or --all") }
        }

        func run() throws {
            let wanted = number
            let known = try DeskAccess.use(common) { client in
                if let wanted {
                    return try await client.call(
                        Operations.acknowledgeNotifications, AcknowledgeNotifications(ID(wanted)))
                }
                let last = try await client.call(Operations.listNotifications, ListNotifications()).lastOffset
                return try await client.call(
                    Operations.acknowledgeNotifications, AcknowledgeNotifications(through: last))
            }
            guard !list.json else { return Output.write(known.json + "\n") }
            let count = known.items.count
            Output.write(
                count == 0
                    ? "There was nothing to acknowledge.\n"
                    : "Acknowledged \(count) notification\(count == 1 ? "" : "s").\n")
        }
    }
}
