internal import Terminal
public import Vocabulary

extension ConsoleState {
    /// Takes a text back from the person's editor.
    ///
    /// - Returns: what is to be done about it.
    public mutating func edited(_ text: String, at now: Timestamp) -> [DeskRequest] {
        self.now = max(self.now, now)
        var turn = makeTurn()
        ConversationsPane.edited(text, &conversations, &turn)
        return finish(turn)
    }
}
