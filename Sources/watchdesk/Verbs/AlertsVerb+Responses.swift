internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension AlertsVerb {
    /// Acknowledges alerts.
    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ack", abstract: "Acknowledge firing alerts for some minutes.",
            discussion: """
                Of several alerts each is acknowledged by itself: what is refused is told, the others are acknowledged
                all the same, and the exit status is 1.

                EXAMPLE:
                  watchdesk alerts ack 12 13 --note "restarting the import" --minutes 30
                  watchdesk alerts ack 12 --extend --minutes 60
                """)

        @Argument(help: ArgumentHelp("The alerts' numbers, as `alerts list` shows them.", valueName: "id"))
        var ids: [Int64]

        @Option(help: "Why, for colleagues.")
        var note: String = ""

        @Option(help: "For how many minutes; afterwards it calls again.")
        var minutes: Int64 = 30

        @Flag(help: "Take it over from whoever acknowledged it before.")
        var take = false

        @Flag(help: "Hold what you acknowledged before for so many minutes from now on.")
        var extend = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = AcknowledgeAlerts(ids.map { ID($0) }, note: note, minutes: minutes)
            (request.take, request.extend) = (take, extend)
            let asked = request
            let outcomes = try DeskAccess.use(common) { client in
                try await client.call(Operations.acknowledgeAlerts, asked).items
            }
            let refused = outcomes.filter { $0.alert == nil }
            if outcomes.count == 1, let detail = refused.first?.detail { throw Failure(detail) }
            for outcome in outcomes {
                let detail = SafeText(untrusted: outcome.detail ?? "").oneLine.text
                Output.write(
                    list.json
                        ? (outcome.alert?.json ?? outcome.json) + "\n"
                        : outcome.alert.map(line) ?? "Alert \(outcome.id) is not acknowledged: \(detail)\n")
            }
            guard refused.isEmpty else {
                throw Failure("\(refused.count) of \(ids.count) alerts could not be acknowledged")
            }
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
            discussion: "EXAMPLE:\n  watchdesk alerts unack 12 --reason \"the wrong host\"")

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @Option(help: "Why, for colleagues.")
        var reason: String = ""

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = UnacknowledgeAlert(ID(id), reason: reason)
            let alert = try DeskAccess.use(common) { client in
                try await client.call(Operations.unacknowledgeAlert, request)
            }
            alert.tell("Alert \(alert.id) calls again", asJSON: list.json)
        }
    }

    /// Ends an alert by hand.
    struct Resolve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve", abstract: "End an alert by hand.",
            discussion: """
                It fires again only after its value was good once.

                EXAMPLE:
                  watchdesk alerts resolve 12 --note "a test of the backup, nothing is broken"
                """)

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @Option(help: "What was found, for whoever reads it later.")
        var note: String

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = ResolveAlert(ID(id), note: note)
            let alert = try DeskAccess.use(common) { client in
                try await client.call(Operations.resolveAlert, request)
            }
            alert.tell("Alert \(alert.id) is over", asJSON: list.json)
        }
    }

    /// Says who is to take care of an alert.
    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Say who is to take care of an alert; `-` for nobody.",
            discussion: "EXAMPLE:\n  watchdesk alerts assign 12 ana --note \"it is her import\"")

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @Argument(help: "Who, for people; `-` for nobody.")
        var name: String

        @Option(help: "Why, for colleagues.")
        var note: String = ""

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = AssignAlert(ID(id), to: name == "-" ? "" : name, note: note)
            let alert = try DeskAccess.use(common) { client in
                try await client.call(Operations.assignAlert, request)
            }
            let whom = alert.assignedTo.map { SafeText(untrusted: $0).oneLine.text } ?? "nobody"
            alert.tell("Alert \(alert.id) is assigned to \(whom)", asJSON: list.json)
        }
    }

    /// Raises an alert from outside of the rules.
    struct Raise: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "raise", abstract: "Raise an alert from a script, or say that it is over.",
            discussion: """
                The same name, host and labels are the same alert. It is over by itself when it is not raised again
                within so many minutes.

                EXAMPLE:
                  watchdesk alerts raise backup-failed "the nightly backup of db-1 failed" --severity critical --label team=storage
                  watchdesk alerts raise backup-failed --label team=storage --over
                """)

        @Argument(help: "What happened, one word.")
        var name: String

        @Argument(help: "What is wrong, one line; not needed with --over.")
        var summary: String?

        @Option(help: "The host it is about; the gateway's own unless given.")
        var host: String?

        @Option(help: "info, warning or critical.", transform: Raise.severity)
        var severity = Severity.warning

        @Option(help: "system, service, model, security, conversation or custom.")
        var category: String = "custom"

        @Option(name: .customLong("label"), help: ArgumentHelp("name=value; may be given again.", valueName: "label"))
        var labels: [String] = []

        @Option(help: "What to do about it: an address or a line of text.")
        var runbook: String?

        @Option(help: "It is over when it is not raised again for so long.")
        var minutes: Int64 = 60

        @Flag(help: "It is over now.")
        var over = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = RaiseAlert()
            request.name = name
            request.summary = summary ?? name
            (request.host, request.severity, request.category) = (host, severity, category)
            (request.runbook, request.minutes, request.over) = (runbook, minutes, over)
            request.labels = try labels.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else {
                    throw ValidationError("\"\(text)\" is no label; write it as name=value, such as team=storage")
                }
                return AlertLabel(String(parts[0]), String(parts[1]))
            }
            guard over || summary != nil else {
                throw ValidationError("what is wrong? Give one line after the name, or --over")
            }
            let asked = request
            let alert = try DeskAccess.use(common) { client in try await client.call(Operations.raiseAlert, asked) }
            alert.tell("Alert \(alert.id) \(alert.isOpen ? "fires" : "is over")", asJSON: list.json)
        }

        @Sendable private static func severity(_ text: String) throws -> Severity {
            guard let severity = Severity(rawValue: text) else {
                throw ValidationError("\"\(text)\" is no severity; expected info, warning or critical")
            }
            return severity
        }
    }
}

extension Alert {
    /// Writes the alert as JSON, or what became of it in a line.
    fileprivate func tell(_ what: String, asJSON: Bool) {
        Output.write(asJSON ? json + "\n" : "\(what): \(SafeText(untrusted: summary).oneLine.text)\n")
    }
}
