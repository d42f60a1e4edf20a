internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Commands of the palette that take a word or more behind their name: `at 14:05`, `filter disk`.
enum PaletteArguments {
    /// The command that a text means with its argument; `nil` when it is no such text.
    static func command(for text: String, in state: ConsoleState) -> AnyCommand? {
        let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 2 else { return nil }
        let argument = words[1].trimmed
        switch words[0].lowercased() {
        case "at", "time": return look(at: argument, state)
        case "filter": return filter(argument, state)
        default: return nil
        }
    }

    private static func look(at text: String, _ state: ConsoleState) -> AnyCommand {
        let shown = SafeText(untrusted: text, limit: 40).oneLine
        do throws(MomentFailure) {
            let moment = try Moment.read(text, now: state.now, utcOffset: state.utcOffset)
            let clock = state.scene.local(moment).clockWithSeconds
            return ShellCommands.command(
                title: "go to \(shown)", purpose: "Look at \(clock), \((state.now - moment).age) ago, in every pane.",
                perform: { state, turn in turn.pass(on: state.look(at: moment)) })
        } catch {
            let reason = SafeText(untrusted: error.description, limit: 200).oneLine
            return ShellCommands.command(
                title: "go to \(shown)", purpose: reason, obstacle: { _ in reason }, perform: { _, _ in })
        }
    }

    private static func filter(_ text: String, _ state: ConsoleState) -> AnyCommand {
        let name = state.front
        return ShellCommands.command(
            title: "filter \(SafeText(untrusted: text, limit: 40).oneLine)",
            purpose: "Show only the rows of this pane that hold this text.",
            perform: { state, turn in
                turn.pass(on: state.show(.filter(name)))
                let pane = Panes.pane(name)
                guard pane.mode(state) == .filter else {
                    return turn.say("This pane has no list to filter.", .info)
                }
                for character in text { pane.write(.character(character), &state, &turn) }
            })
    }
}

extension String {
    /// Without blanks at either end.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
