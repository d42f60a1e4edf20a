internal import Vocabulary

/// Keys that were typed ahead, pasted or fell out of a stuck keyboard answer no question: a person has to have seen it.
enum TypeAhead {
    /// Nobody reads a question faster.
    private static let time = Duration.milliseconds(300)

    /// Whether a yes can be meant for a question that is shown since a moment.
    static func isOver(since shown: Timestamp, now: Timestamp) -> Bool { now - shown >= time }
}
