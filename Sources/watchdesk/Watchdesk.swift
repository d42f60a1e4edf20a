internal import ArgumentParser
internal import CLinux
internal import Glibc

/// The program: one verb a file in `Verbs/`.
struct Watchdesk: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watchdesk",
        abstract: "A terminal-first operations console for an AI customer-service desk.",
        discussion: """
            Without a verb it opens the console, with a gateway of its own on the data folder, or attached to the one \
            already running there.

            EXAMPLES:
              watchdesk                                     the console
              watchdesk serve --listen 127.0.0.1:7180       the gateway alone
              watchdesk demo                                a first look, with made-up customers
              watchdesk chat --once "How do I start?"       ask as a customer
              watchdesk --url http://HOST:7180 --key KEY    a console far away
            """,
        version: Version.text,
        subcommands: [
            ConsoleVerb.self, ServeVerb.self, AgentVerb.self, DemoVerb.self, ChatVerb.self, ConversationsVerb.self,
            NotificationsVerb.self,
            CustomersVerb.self, ImportVerb.self,
            AlertsVerb.self, NotifyVerb.self, HostsVerb.self, HostVerb.self, ProcessesVerb.self, MetricsVerb.self,
            ServicesVerb.self,
            ModelsVerb.self, TrainVerb.self, KnowledgeVerb.self, KeysVerb.self, AuditVerb.self, DocsVerb.self,
            DoctorVerb.self,
        ],
        defaultSubcommand: ConsoleVerb.self)
}

/// Starts the program: `main` is synchronous and owns the terminal's thread.
@main
struct Program {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        // A parent may have blocked signals for us; then nothing could end the console or tell it of a new size.
        WaitedSignals.unblockAll()
        do {
            var command = try Watchdesk.parseAsRoot(arguments)
            try command.run()
        } catch let failure as Failure {
            Output.complain(failure.message)
            exit(failure.status)
        } catch {
            end(with: error)
        }
    }

    /// What was typed, with `doctor --config` without a file meaning "show the configuration".
    private static var arguments: [String] {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.first == "doctor" else { return arguments }
        for (index, argument) in arguments.enumerated() where argument == "--config" {
            let next = index + 1 < arguments.count ? arguments[index + 1] : "-"
            if next.hasPrefix("-") { arguments[index] = "--config-values" }
        }
        return arguments
    }

    /// Help and versions go to standard output with 0; wrong usage to standard error with 2.
    private static func end(with error: any Error) -> Never {
        let code = Watchdesk.exitCode(for: error)
        if code == .success {
            Output.write(Watchdesk.fullMessage(for: error) + "\n")
            exit(0)
        }
        if code == .validationFailure {
            Output.complain(Watchdesk.fullMessage(for: error))
            exit(2)
        }
        // The verb has said what it had to say.
        if let status = error as? ExitCode { exit(status.rawValue) }
        let failure = Failure(error)
        Output.complain(failure.message)
        exit(failure.status)
    }
}
