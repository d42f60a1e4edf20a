internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Turns what a gateway pushes back into the desk's events.
struct EventDecoder {
    private var layouts: [String: MetricLayout] = [:]
    private var answers: [ID<Conversation>: String] = [:]

    /// The event, or `nil` for one that this version does not know.
    mutating func event(_ name: String, _ data: JSONValue) -> DeskEvent? {
        do {
            switch name {
            case "message":
                let message = try Message.read(data, .natural)
                if message.author == .assistant { answers[message.conversation] = nil }
                return .messagePosted(message)
            case "conversation": return .conversationChanged(try Conversation.read(data, .natural))
            case "alert": return .alertChanged(try Alert.read(data, .natural))
            case "model": return .modelChanged(try ModelVersion.read(data, .natural))
            case "status": return .statusChanged(try DeskStatus.read(data, .natural))
            case "host": return snapshot(try Host.read(data, .natural)).map { .hostSampled($0) }
            case "answer": return growth(data)
            case "typing": return typing(data)
            default: return nil
            }
        } catch {
            return nil
        }
    }

    private mutating func snapshot(_ host: Host) -> HostSnapshot? {
        let snapshot = host.snapshot(reusing: layouts[host.name])
        if let snapshot { layouts[host.name] = snapshot.layout }
        return snapshot
    }

    /// Puts the pieces of a streaming answer together; one that does not fit waits for the next from the start.
    private mutating func growth(_ data: JSONValue) -> DeskEvent? {
        guard let number = data["conversation"]?.wholeNumber, let question = data["question"]?.wholeNumber,
            let from = data["from"]?.wholeNumber, let text = data["text"]?.text
        else { return nil }
        let id = ID<Conversation>(number)
        let isOver = data["over"]?.boolean ?? false
        let known = answers[id] ?? ""
        guard from == 0 || known.unicodeScalars.count == from else { return nil }
        let whole = from == 0 ? text : known + text
        answers[id] = isOver ? nil : whole
        return .answerGrew(AnswerProgress(conversation: id, question: question, text: whole, isOver: isOver))
    }

    private func typing(_ data: JSONValue) -> DeskEvent? {
        guard let number = data["conversation"]?.wholeNumber, let actor = data["actor"]?.text else { return nil }
        return .typed(Typing(conversation: ID(number), actor: actor, name: data["name"]?.text ?? ""))
    }
}
