internal import DeskAPI
internal import Vocabulary

/// What changed in what the console knows; panes bring their lists up to date by it.
enum FactChange: Equatable, Sendable {
    /// The list of conversations was read anew.
    case conversations
    /// One conversation changed.
    case conversation(ID<Conversation>)
    /// Entries of a transcript came; the key of the write when it was one message.
    case messages(ID<Conversation>, cid: ULID?)
    /// A message came that does not join the transcript: what lies between must be read.
    case gap(ID<Conversation>)
    /// An answer grew, or somebody typed.
    case activity(ID<Conversation>)
    /// What calls the person changed.
    case notifications
    /// Alerts changed.
    case alerts
    /// The assistant's versions changed.
    case models
    /// A host was sampled.
    case sample
    /// The history of a metric was read.
    case series
    /// The person went to another moment, or back to now: everything that is shown is another.
    case moment
    /// What happened at the desk was read.
    case timeline
    /// The desk at a glance, the person's rights or the connection changed.
    case status
    /// It became known who the console's person is.
    case identity
    /// Somebody sits before the console again.
    case attended
    /// A pane came to the front.
    case shown
}
