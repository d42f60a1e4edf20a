internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What panes may look at besides their own state.
struct Scene: Sendable {
    /// What the desk has told.
    let facts: DeskFacts
    /// The moment that is shown.
    let now: Timestamp
    /// How far the person's clock is ahead of UTC.
    let utcOffset: Duration
    /// The room of the pane when it was last shown.
    let room: Size
    /// Which pane is in front.
    let front: PaneName
    /// Whether everything shown is of a moment of the past.
    var isPast = false
    /// What happened at that moment, when the person went to an event.
    var occurrence: Occurrence?
    /// How much room the side in focus has.
    var screen = ScreenMode.normal
    /// What this console is called among the devices of its person.
    var device = ""
    /// Whether somebody sits here: what comes while nobody does is not read.
    var isAttended = true

    func local(_ moment: Timestamp) -> LocalTime { LocalTime(moment, utcOffset: utcOffset) }

    /// How long ago something was.
    func age(_ moment: Timestamp) -> SafeText { "\((now - moment).age)" }
}
