internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Puts the pieces of streaming answers together to "everything so far".
struct AnswerAssembly: Sendable {
    private struct Partial {
        var question: Int64
        var text: String
        var scalars: Int
    }

    private var partials: [Int64: Partial] = [:]

    /// Takes a piece; gives the whole so far, or `nil` when a piece in between is missing or it is no piece.
    mutating func take(_ data: JSONValue) -> AnswerProgress? {
        guard let conversation = data["conversation"]?.wholeNumber, let question = data["question"]?.wholeNumber,
            let from = data["from"]?.wholeNumber, let text = data["text"]?.text, let isOver = data["over"]?.boolean
        else { return nil }
        var partial = Partial(question: question, text: "", scalars: 0)
        if from > 0 {
            guard let known = partials[conversation], known.question == question, known.scalars == Int(from) else {
                // The message itself follows when the answer is complete.
                guard isOver else { return nil }
                partials[conversation] = nil
                return AnswerProgress(conversation: ID(conversation), question: question, text: "", isOver: true)
            }
            partial = known
        }
        partial.text += text
        partial.scalars += text.unicodeScalars.count
        partials[conversation] = isOver ? nil : partial
        return AnswerProgress(conversation: ID(conversation), question: question, text: partial.text, isOver: isOver)
    }

    /// Forgets everything: the connection was lost.
    mutating func clear() {
        partials.removeAll()
    }
}
