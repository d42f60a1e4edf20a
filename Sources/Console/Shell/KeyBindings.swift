internal import Terminal
internal import Vocabulary

/// The keys of the commands as a person's file changes them; without a file each command has its own.
public struct KeyBindings: Equatable, Sendable {
    private var changed: [String: [Key]] = [:]

    /// One line of the file: a command's name, such as `alerts.acknowledge`, and the keys that it is to have.
    public struct Wish: Equatable, Sendable {
        /// The command's name.
        public let command: String
        /// The keys as written, such as `A` or `Ctrl-K`; none takes the command its keys.
        public let keys: [String]

        /// A wish for a command.
        public init(command: String, keys: [String]) {
            self.command = command
            self.keys = keys
        }
    }

    /// What is wrong with a wish.
    public struct Fault: Error, Equatable, Sendable {
        /// The wish's place in the list, counted from 0.
        public let index: Int
        /// What is wrong, and what would be accepted.
        public let message: String
    }

    /// The keys that every command has by itself.
    public init() {}

    /// The keys after a person's wishes.
    ///
    /// - Throws: the ``Fault`` of the first wish that names no command or no key, or that gives a key to two commands.
    public init(_ wishes: [Wish]) throws(Fault) {
        let names = KeyBindings.commands.map(\.name)
        for (index, wish) in wishes.enumerated() {
            guard names.contains(wish.command) else {
                let hint = names.sorted().nearest(to: wish.command).map { ", did you mean `\($0)`?" } ?? ""
                throw Fault(index: index, message: "unknown command `\(wish.command)`\(hint)")
            }
            var keys: [Key] = []
            for text in wish.keys {
                guard let key = Key(name: text) else {
                    throw Fault(
                        index: index,
                        message:
                            "`\(wish.command)`: \"\(text)\" is no key; expected one such as a, A, Ctrl-K, F5, Enter")
                }
                keys.append(key)
            }
            changed[wish.command] = keys
        }
        for (index, wish) in wishes.enumerated() {
            if let clash = clash(of: wish.command) { throw Fault(index: index, message: clash) }
        }
    }

    /// The names of all commands that can have other keys.
    public static var names: [String] { commands.map(\.name) }

    /// Those that a person presses while keys are commands; what forms and texts need is fixed.
    private static var commands: [AnyCommand] {
        (ShellCommands.all + Panes.all.flatMap(\.commands)).filter { $0.mode == .keys }
    }

    func keys(of command: AnyCommand) -> [Key] {
        guard command.mode == .keys, !changed.isEmpty else { return command.keys }
        return changed[command.name] ?? command.keys
    }

    /// The key that is shown, such as `a` or `Ctrl-L`.
    func keyText(of command: AnyCommand) -> SafeText { keys(of: command).first?.name ?? "" }

    /// Another command that would have a key of this one at the same place; two that share it by themselves may.
    private func clash(of name: String) -> String? {
        let all = KeyBindings.commands
        for command in all where command.name == name {
            for key in keys(of: command) {
                let other = all.first { other in
                    other.name != name && keys(of: other).contains(key)
                        && (other.pane == command.pane || other.pane == nil || command.pane == nil)
                        && !(command.keys.contains(key) && other.keys.contains(key))
                }
                if let other {
                    return "\(key.name.text) would be both `\(name)` and `\(other.name)`; give one of them another key"
                }
            }
        }
        return nil
    }
}

extension AnyCommand {
    /// The name for a file of keys, such as `alerts.acknowledge` or `everywhere.quit`.
    var name: String {
        let words = title.text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return (pane?.rawValue ?? "everywhere") + "." + words.joined(separator: "-")
    }
}
