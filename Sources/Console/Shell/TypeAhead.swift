internal import Vocabulary

/// Keys that were typed ahead, pasted or fell out of a stuck keyboard answer no question: a person has to have seen it.
enum TypeAhead {
    /// Nobody reads a question faster.
    private static let time = Duration.milliseconds(300)

    /// Whether a yes can be meant for a question that is shown since a moment.
    ///
    /// - Parameter quiet: when the key before it was pressed: whoever answers has let go of the keyboard to read.
    static func isOver(since shown: Timestamp, quiet: Timestamp? = nil, now: Timestamp) -> Bool {
        now - max(shown, quiet ?? shown) >= time
    }
}
