internal import ArgumentParser
internal import Conversations
internal import Settings
internal import YAML

extension ConversationsVerb {
    /// Checks the file of hours, targets and replies.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a file of business hours, targets and replies.",
            discussion: """
                Every fault is told with its line. Without a name it is support.yaml beside the configuration.

                EXAMPLE:
                  watchdesk conversations check support.yaml
                """)

        @Argument(help: "The file.")
        var file: String?
        @OptionGroup var common: CommonOptions

        func run() throws {
            let path =
                try file ?? ConfigurationFile.path("support.yaml", beside: common.settings().config.value)
            guard let bytes = try ConfigurationFile.read(path) else {
                throw Failure("there is no file \(path); without one the desk never closes")
            }
            let plan: SupportPlan
            do throws(YAMLFailure) {
                plan = try SupportFile.read(bytes, file: path, zones: NotifyText.zone)
            } catch {
                throw Failure("\(error)")
            }
            let hours = plan.hours.week == nil ? "open at all hours" : "business hours"
            Output.write("\(path): \(hours), \(plan.replies.count) replies; it can be followed.\n")
        }
    }
}
