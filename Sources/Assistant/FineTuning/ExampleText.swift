internal import JSON

/// A conversation as an example that a language model learns from.
public enum ExampleText {
    /// The conversation as one line of JSON with its end; `nil` when nobody of the desk answered in it.
    ///
    /// What colleagues wrote is what is to be learned; what the assistant said is left out, and personal data is behind
    /// marks. What follows each other from the same side becomes one message.
    public static func line(of turns: [Turn]) -> [UInt8]? {
        var data = PersonalData()
        var messages: [(role: String, text: String)] = []
        for turn in turns where turn.speaker != .assistant {
            let role = turn.speaker == .customer ? "user" : "assistant"
            let text = data.hide(in: turn.text)
            if text.allSatisfy(\.isWhitespace) { continue }
            if let last = messages.last, last.role == role {
                messages[messages.count - 1].text = last.text + "\n" + text
            } else if role == "user" || !messages.isEmpty {
                messages.append((role, text))
            }
        }
        if messages.last?.role == "user" { messages.removeLast() }
        guard messages.count >= 2 else { return nil }
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.name("messages")
            writer.array { writer in
                for message in messages {
                    writer.value(["role": .string(message.role), "content": .string(message.text)])
                }
            }
        }
        return writer.bytes + [10]
    }
}
