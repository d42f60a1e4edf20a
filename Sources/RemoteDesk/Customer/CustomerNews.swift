public import DeskAPI

/// What a customer is told.
public enum CustomerNews: Equatable, Sendable {
    /// The connection changed.
    case connection(ConnectionState)
    /// A message of the conversation, in the order of the offsets, each once; those of before come first.
    case message(Message)
    /// The assistant's answer so far; the finished one comes as a message.
    case answer(AnswerProgress)
    /// Somebody else is typing.
    case typing(Typing)
    /// The conversation changed its status or owner.
    case conversation(Conversation)
}
