internal import Terminal
internal import Vocabulary

/// What lies over the pane and takes every key until it is closed.
enum Overlay: Equatable, Sendable {
    /// The keys of the pane in front, scrolled down by some rows.
    case help(scroll: Int)
    /// Every command, to be found by a few letters.
    case palette(Palette)
    /// What the console asked of the desk, scrolled down by some rows.
    case requestLog(scroll: Int)
    /// The question for a moment to look back to.
    case moment(MomentPrompt)
    /// The themes, with the one under the cursor on the screen.
    case themes(ThemePicker)
    /// What calls the person, with the cursor on one of it.
    case notifications(cursor: Int)
    /// Something that is done only after a yes.
    case question(Question)
    /// The end of the console, which would lose something.
    case quitting(loss: SafeText)
}
