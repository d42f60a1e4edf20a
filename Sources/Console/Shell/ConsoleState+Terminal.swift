internal import DeskAPI
internal import Terminal
public import Vocabulary

extension ConsoleState {
    /// The most that is sent to a clipboard, in bytes: terminals drop longer texts (75,000 bytes as base64).
    public static let longestCopy = 56_000

    /// What is under the cursor of the pane in front, as a text.
    var textToCopy: SafeText? { overlay == nil ? Panes.pane(front).copy(self) : nil }

    /// Takes other keys for the commands.
    public mutating func bind(_ bindings: KeyBindings) {
        self.bindings = bindings
    }

    /// Tells the person something that happened at the terminal.
    public mutating func tell(_ text: SafeText, isProblem: Bool = false) {
        notices.show(text, isProblem ? .warning : .ok, at: now)
    }
}
