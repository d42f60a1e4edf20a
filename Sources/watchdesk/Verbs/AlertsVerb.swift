internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk alerts`: what needs a person, and taking responsibility for it.
struct AlertsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List alerts, acknowledge and silence them.",
        discussion: "EXAMPLE:\n  watchdesk alerts ack 12 --note \"restarting the import\" --minutes 30",
        subcommands: [
            ListAll.self, Show.self, Export.self, Acknowledge.self, Unacknowledge.self, Resolve.self, Assign.self,
            Raise.self, MakeSilence.self, ListSilences.self, Unsilence.self, Check.self,
        ], defaultSubcommand: ListAll.self)

    /// Lists alerts.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List open alerts and those resolved lately.",
            discussion: "EXAMPLE:\n  watchdesk alerts list --open --json")

        @Flag(help: "Only alerts that are not resolved.")
        var open = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = ListAlerts()
            request.resolved = !open
            let question = request
            let alerts = try DeskAccess.use(common) { client in try await client.call(Operations.listAlerts, question) }
            Listing(
                items: alerts.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("SEVERITY") { $0.severity.rawValue },
                    .init("CONDITION") { alert in
                        let quiet = alert.suppression == .none ? "" : ", \(alert.suppression.rawValue)"
                        return alert.condition.rawValue + quiet + (alert.flapping ? ", flapping" : "")
                    }, .init("HOST") { $0.host },
                    .init("SINCE") { ($0.firedAt ?? $0.startedAt).rfc3339 },
                    .init("ACKNOWLEDGED") { alert in
                        guard let name = alert.acknowledgedBy else { return "-" }
                        return "\(name) until \(alert.acknowledgedUntil?.rfc3339 ?? "?")"
                    }, .init("SUMMARY") { $0.summary },
                ], empty: "No alerts."
            ).print(asJSON: list.json)
        }
    }
}
