internal import ArgumentParser
internal import JSON
internal import Settings
internal import Vocabulary

/// `watchdesk doctor`: what is wrong with this machine or this configuration, and how to mend it.
struct DoctorVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with this machine or this configuration, and how to mend it.",
        discussion: "EXAMPLES:\n  watchdesk doctor\n  watchdesk doctor --config")

    @Flag(
        name: .customLong("config-values"),
        help: "Print each setting, its value and where it came from; `--config` without a file does the same.")
    var showsConfiguration = false

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let settings = try common.settings()
        if showsConfiguration { return printSettings(settings) }
        let findings = Examination(settings: settings).findings()
        printFindings(findings)
        guard !findings.contains(where: { $0.state == .failed }) else { throw ExitCode(1) }
    }

    private func printSettings(_ settings: Settings) {
        guard !list.json else {
            var writer = JSONWriter()
            writer.array { writer in
                for line in settings.listing {
                    writer.object { writer in
                        for (name, text) in [
                            ("name", line.name), ("value", line.value?.text ?? ""), ("origin", line.origin.description),
                        ] {
                            writer.name(name)
                            writer.string(text)
                        }
                    }
                }
            }
            return Output.write(writer.text + "\n")
        }
        let width = settings.listing.map(\.name.count).max() ?? 0
        for line in settings.listing {
            let name = line.name + String(repeating: " ", count: width - line.name.count)
            Output.write("\(name)  \(line.value?.text ?? "-")  (\(line.origin))\n")
        }
    }

    private func printFindings(_ findings: [Finding]) {
        guard !list.json else {
            var writer = JSONWriter()
            writer.array { writer in for finding in findings { finding.write(to: &writer) } }
            return Output.write(writer.text + "\n")
        }
        for finding in findings {
            Output.write(
                "\(finding.state.mark) \(finding.subject): \(SafeText(untrusted: finding.text).oneLine.text)\n")
            if let remedy = finding.remedy { Output.write("    \(SafeText(untrusted: remedy).oneLine.text)\n") }
        }
    }
}

/// One thing that was looked at.
struct Finding: Equatable, Sendable {
    /// How it is.
    enum State: String, Sendable {
        /// As it should be.
        case ok
        /// Works, but look at it.
        case warning
        /// Does not work.
        case failed

        /// A word of fixed width for the list.
        var mark: String {
            switch self {
            case .ok: "ok      "
            case .warning: "warning "
            case .failed: "FAILED  "
            }
        }
    }

    let subject: String
    let state: State
    let text: String
    /// What to do, when there is something.
    var remedy: String?

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, text) in [("subject", subject), ("state", state.rawValue), ("text", text), ("remedy", remedy)] {
                guard let text else { continue }
                writer.name(name)
                writer.string(text)
            }
        }
    }
}
