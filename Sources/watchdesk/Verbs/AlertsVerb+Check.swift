internal import ArgumentParser
internal import Monitoring
internal import Settings
internal import YAML

extension AlertsVerb {
    /// Reads a rules file without a desk.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Read a rules file and say everything that is wrong with it.",
            discussion: """
                Nothing is changed, and no desk needs to run. The exit status is 1 when the file has a fault.

                EXAMPLE:
                  watchdesk alerts check ~/.config/watchdesk/alerts.yaml
                """)

        @Argument(
            help: ArgumentHelp("The file; `alerts.yaml` beside the configuration unless given.", valueName: "file"))
        var file: String?

        @OptionGroup var common: CommonOptions

        func run() throws {
            let path = try file ?? ConfigurationFile.path("alerts.yaml", beside: common.settings().config.value)
            guard let bytes = try ConfigurationFile.read(path) else {
                throw Failure("there is no file \(path); without one the shipped rules are followed", status: 1)
            }
            let configuration: AlertConfiguration
            do throws(YAMLFailure) {
                configuration = try AlertRulesFile.read(bytes, file: path, zones: NotifyText.zone)
            } catch {
                throw Failure("\(error)", status: 1)
            }
            Output.write(
                "\(path) is right: \(configuration.rules.count) rules, \(configuration.inhibitions.count) inhibitions, "
                    + "\(configuration.windows.count) maintenance windows.\n")
        }
    }
}
