internal import ArgumentParser
internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension AlertsVerb {
    /// Silences what matches.
    struct MakeSilence: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "silence", abstract: "Keep matching alerts from calling anybody for some minutes.",
            discussion: """
                A matcher is name=value, name!=value, name=~regex or name!~regex, as in Alertmanager; names are rule,
                host, metric, severity and category. An alert must match all of them.

                EXAMPLE:
                  watchdesk alerts silence 'host=~"db-.*"' rule=disk-busy --comment "replacing a disk" --minutes 120
                  watchdesk alerts silence severity=warning --preview
                """)

        @Argument(help: "What is meant; at least one.")
        var matchers: [String]

        @Option(help: "Why, for colleagues.")
        var comment: String = ""

        @Option(help: "For how many minutes.")
        var minutes: Int64 = 120

        @Flag(help: "Only list the open alerts that it would hide.")
        var preview = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            if preview {
                let question = PreviewSilence(matchers)
                let alerts = try DeskAccess.use(common) { client in
                    try await client.call(Operations.previewSilence, question)
                }
                return Listing(
                    items: alerts.items,
                    columns: [
                        .init("ID") { "\($0.id)" }, .init("SEVERITY") { $0.severity.rawValue },
                        .init("CONDITION") { $0.condition.rawValue }, .init("HOST") { $0.host },
                        .init("SUMMARY") { $0.summary },
                    ], empty: "It would hide no alert that is open now."
                ).print(asJSON: list.json)
            }
            let request = CreateSilence(matchers, comment: comment, minutes: minutes)
            let silence = try DeskAccess.use(common) { client in
                try await client.call(Operations.createSilence, request)
            }
            guard !list.json else { return Output.write(silence.json + "\n") }
            Output.write("Silence \(silence.id) holds until \(silence.endsAt.rfc3339).\n")
        }
    }

    /// Lists silences.
    struct ListSilences: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "silences", abstract: "List the silences that hold or will.",
            discussion: "EXAMPLE:\n  watchdesk alerts silences --expired")

        @Flag(help: "Also those that are over.")
        var expired = false

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = DeskAPI.ListSilences()
            request.expired = expired
            let question = request
            let silences = try DeskAccess.use(common) { client in
                try await client.call(Operations.listSilences, question)
            }
            Listing(
                items: silences.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("UNTIL") { $0.endsAt.rfc3339 }, .init("BY") { $0.author },
                    .init("MATCHES") { $0.matchers.joined(separator: ", ") }, .init("COMMENT") { $0.comment },
                ], empty: "No silences."
            ).print(asJSON: list.json)
        }
    }

    /// Ends a silence.
    struct Unsilence: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unsilence", abstract: "End a silence now: what still fires calls again.",
            discussion: "EXAMPLE:\n  watchdesk alerts unsilence 4")

        @Argument(help: "The silence's number, as `alerts silences` shows it.")
        var id: Int64

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = SilenceReference(ID(id))
            let silence = try DeskAccess.use(common) { client in
                try await client.call(Operations.expireSilence, reference)
            }
            guard !list.json else { return Output.write(silence.json + "\n") }
            Output.write("Silence \(silence.id) is over since \(silence.endsAt.rfc3339).\n")
        }
    }

    /// Shows one alert with its past.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show an alert, what was done about it, and its earlier episodes.",
            discussion: "EXAMPLE:\n  watchdesk alerts show 12")

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = AlertReference(ID(id))
            let history = try DeskAccess.use(common) { client in
                try await client.call(Operations.showAlert, reference)
            }
            guard !list.json else { return Output.write(history.json + "\n") }
            for line in AlertSheet(history).lines { Output.write(SafeText(untrusted: line).oneLine.text + "\n") }
        }
    }
}

/// An alert with its past as lines of text.
private struct AlertSheet {
    let history: AlertHistory

    init(_ history: AlertHistory) { self.history = history }

    var lines: [String] {
        let alert = history.alert
        var lines = [
            "Alert \(alert.id): \(alert.summary)",
            "  \(alert.severity.rawValue), \(alert.condition.rawValue), \(alert.rule) on \(alert.host), \(alert.metric)",
            "  since \((alert.firedAt ?? alert.startedAt).rfc3339)"
                + (alert.resolvedAt.map { " until \($0.rfc3339)" } ?? ""),
        ]
        if let name = alert.acknowledgedBy {
            let note = alert.note.map { ": \($0)" } ?? ""
            lines.append("  acknowledged by \(name) until \(alert.acknowledgedUntil?.rfc3339 ?? "?")\(note)")
        }
        if let by = alert.suppressedBy {
            let until = alert.suppressedUntil.map { " until \($0.rfc3339)" } ?? ""
            lines.append("  \(alert.suppression.rawValue) by \(by)\(until)")
        }
        if let name = alert.assignedTo { lines.append("  assigned to \(name)") }
        if let name = alert.resolvedBy { lines.append("  ended by \(name): \(alert.note ?? "")") }
        if !alert.labels.isEmpty {
            lines.append("  " + alert.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ", "))
        }
        if let runbook = alert.runbook { lines.append("  runbook: \(runbook)") }
        if alert.level > 0 { lines.append("  nobody answered: step \(alert.level) of the escalation was called") }
        if let previous = alert.previous { lines.append("  after alert \(previous)") }
        if alert.flapping { lines.append("  flapping: \(alert.flaps) times in a quarter of an hour") }
        lines.append("What was done:")
        lines += history.audit.map { "  \($0.at.rfc3339)  \($0.actorName)  \($0.action)  \($0.detail)" }
        lines.append(history.earlier.isEmpty ? "No earlier episodes." : "Earlier episodes:")
        return lines
            + history.earlier.map { alert in
                let length = alert.resolvedAt.map { ($0 - (alert.firedAt ?? alert.startedAt)).age } ?? "?"
                return "  \(alert.id)  \((alert.firedAt ?? alert.startedAt).rfc3339)  for \(length)  \(alert.summary)"
            }
    }
}
