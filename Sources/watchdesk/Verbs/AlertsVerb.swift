internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk alerts`: what needs a person, and taking responsibility for it.
struct AlertsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List alerts, acknowledge and silence them.",
        discussion: "EXAMPLE:\n  watchdesk alerts ack 12 --note \"restarting the import\" --minutes 30",
        subcommands: [
            ListAll.self, Show.self, Export.self, Acknowledge.self, Unacknowledge.self, MakeSilence.self,
            ListSilences.self,
            Unsilence.self,
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

    /// Acknowledges alerts.
    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ack", abstract: "Acknowledge firing alerts for some minutes.",
            discussion: """
                Of several alerts each is acknowledged by itself: what is refused is told, the others are acknowledged
                all the same, and the exit status is 1.

                EXAMPLE:
                  watchdesk alerts ack 12 13 --note "restarting the import" --minutes 30
                """)

        @Argument(help: ArgumentHelp("The alerts' numbers, as `alerts list` shows them.", valueName: "id"))
        var ids: [Int64]

        @Option(help: "Why, for colleagues.")
        var note: String = ""

        @Option(help: "For how many minutes; afterwards it calls again.")
        var minutes: Int64 = 30

        @Flag(help: "Take it over from whoever acknowledged it before.")
        var take = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let requests = ids.map { id in
                var request = AcknowledgeAlert(ID(id), note: note, minutes: minutes)
                request.take = take
                return request
            }
            let outcomes = try DeskAccess.use(common) { client in
                var outcomes: [Result<Alert, Problem>] = []
                for request in requests {
                    do throws(Problem) {
                        outcomes.append(.success(try await client.call(Operations.acknowledgeAlert, request)))
                    } catch {
                        outcomes.append(.failure(error))
                    }
                }
                return outcomes
            }
            if outcomes.count == 1, case .failure(let problem) = outcomes[0] { throw problem }
            var refused = 0
            for (id, outcome) in zip(ids, outcomes) {
                switch outcome {
                case .success(let alert): Output.write(list.json ? alert.json + "\n" : line(of: alert))
                case .failure(let problem):
                    refused += 1
                    let detail = SafeText(untrusted: problem.detail).oneLine.text
                    Output.write(
                        list.json
                            ? String(decoding: problem.encoded, as: UTF8.self) + "\n"
                            : "Alert \(id) is not acknowledged: \(detail)\n")
                }
            }
            if refused > 0 { throw Failure("\(refused) of \(ids.count) alerts could not be acknowledged", status: 1) }
        }

        private func line(of alert: Alert) -> String {
            "Acknowledged alert \(alert.id) until \(alert.acknowledgedUntil?.rfc3339 ?? "?"): "
                + "\(SafeText(untrusted: alert.summary).oneLine.text)\n"
        }
    }

    /// Gives an acknowledgment up.
    struct Unacknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unack", abstract: "Give an acknowledgment up: the alert calls again.",
            discussion: "EXAMPLE:\n  watchdesk alerts unack 12")

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = AlertReference(ID(id))
            let alert = try DeskAccess.use(common) { client in
                try await client.call(Operations.unacknowledgeAlert, reference)
            }
            guard !list.json else { return Output.write(alert.json + "\n") }
            Output.write(
                "Alert \(alert.id) calls again: \(SafeText(untrusted: alert.summary).oneLine.text)\n")
        }
    }
}
