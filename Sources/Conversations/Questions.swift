/// How customers' words sound, asked of whoever says; a struct of its own, see ``StaffQuestion``.
struct FeelingQuestion: Sendable {
    let ask: Conversations.Feeling
}

/// Whether anybody of the staff is connected, asked of whoever knows.
///
/// A box that holds the bare closure wraps it once more at every look: the compiler converts it out of the generic box
/// and, as the access may change it, back into it. After a thousand messages each went through a thousand wrappings.
struct StaffQuestion: Sendable {
    let ask: @Sendable () -> Bool
}
