internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The reference of every key, printed from the commands themselves.
public enum KeyReference {
    /// The whole reference as Markdown, as it stands in `docs/keys.md`.
    public static var markdown: String {
        var text = "# Keys of the console\n\n"
        text += "Printed from the commands themselves by `watchdesk docs keys`.\n"
        text += "A key that cannot act now says why; `?` shows the keys of the pane in front, `:` finds any command.\n"
        text += "Other keys for a command are given in `keys.yaml` beside the configuration, by its name.\n"
        text += section("Everywhere", ShellCommands.all)
        for pane in Panes.all { text += chapter(pane) }
        return text
    }

    private static func chapter(_ pane: AnyPane) -> String {
        var text = ""
        for mode in Mode.allCases {
            let commands = pane.commands.filter { $0.mode == mode }
            guard !commands.isEmpty else { continue }
            let title = pane.name.title.text.capitalizedFirst
            text += section(mode == .keys ? title : "\(title): \(mode.heading.text.lowercasedFirst)", commands)
        }
        return text
    }

    private static func section(_ title: String, _ commands: [AnyCommand]) -> String {
        var text = "\n## \(title)\n\n| key | does | meaning | needs | name |\n| --- | --- | --- | --- | --- |\n"
        for command in commands {
            let keys = command.keys.map { "`\($0.name.text.replacingPipes)`" }.joined(separator: " ")
            let scope = command.scope.map { "`\($0.rawValue)`" } ?? ""
            let name = command.mode == .keys ? "`\(command.name)`" : ""
            text += "| \(keys) | \(command.title.text) | \(command.purpose.text) | \(scope) | \(name) |\n"
        }
        return text
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    fileprivate var replacingPipes: String { String(map { $0 == "|" ? "¦" : $0 }) }
}
