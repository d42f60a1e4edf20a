internal import ArgumentParser
internal import DeskAPI
internal import Monitoring
internal import Vocabulary

extension AlertsVerb {
    /// Writes down what happened around an alert.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write down what happened around an alert.",
            discussion: """
                Its metric half an hour before and after, what else changed at the same time, what was deployed, changed
                or restarted, what was done about it, and its earlier episodes. HTML holds the charts and needs nothing
                from elsewhere.

                EXAMPLE:
                  watchdesk alerts export 12 > incident.md
                  watchdesk alerts export 12 --format html --output incident.html
                """)

        /// What the document is written in.
        enum Format: String, ExpressibleByArgument, CaseIterable {
            case markdown
            case html
            case json
        }

        @Argument(help: "The alert's number, as `alerts list` shows it.")
        var id: Int64

        @Option(help: "markdown, html or json.")
        var format = Format.markdown

        @Option(help: ArgumentHelp("Write it to this file, readable by you alone.", valueName: "file"))
        var output: String?

        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = AlertReference(ID(id))
            let incident = try DeskAccess.use(common) { client in
                try await client.call(Operations.showIncident, reference)
            }
            let report = IncidentReport(incident, utcOffset: LocalClock.offset(at: incident.to))
            let text =
                switch format {
                case .markdown: report.markdown
                case .html: report.html
                case .json: incident.json + "\n"
                }
            guard let output else { return Output.write(text) }
            try PrivateFile.write(text, to: output)
        }
    }
}
