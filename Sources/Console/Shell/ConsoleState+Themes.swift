public import Terminal
public import Vocabulary

extension ConsoleState {
    /// Notes which theme the screen wears.
    public mutating func wear(_ theme: Theme) {
        self.theme = theme
    }

    /// Opens the list of themes; `configuration` is the file in which a choice can be written down.
    public mutating func offer(_ themes: [OfferedTheme], configuration: SafeText) {
        overlay = .themes(ThemePicker(themes, before: theme, configuration: configuration))
    }

    /// Gives a key to the list of themes.
    mutating func press(_ picker: ThemePicker, _ key: Key, _ turn: inout Turn) {
        var picker = picker
        let page = max(1, ThemeSheet(picker: picker).listRows(in: ConsoleState.body(of: size)) - 1)
        let outcome = picker.take(key, page: page)
        overlay = .themes(picker)
        switch outcome {
        case .previewing(let theme): turn.ask(.wear(theme))
        case .kept(let offered):
            overlay = nil
            guard let theme = offered.theme else { return }
            self.theme = theme
            turn.ask(.wear(theme))
            let line: SafeText = "theme: \(offered.name)"
            turn.say("\(offered.name) until you quit. To keep it, write \(line) into \(picker.configuration)", .ok)
        case .left:
            overlay = nil
            turn.ask(.wear(picker.before))
        case nil: break
        }
    }
}
