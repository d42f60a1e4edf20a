internal import DeskAPI
internal import JSON
internal import Vocabulary

/// The answers that stream now: turns "everything so far" into what rooms have not seen yet.
struct AnswerStreams {
    private struct Stream {
        var question: Int64
        var text: String
        var scalars: Int
    }

    private var streams: [ID<Conversation>: Stream] = [:]

    /// What a room is to be told about a growing answer, as JSON; `nil` when nothing is new.
    ///
    /// `from` counts the Unicode scalars that the room has; the client appends `text` when that is what it has,
    /// and begins anew when it is 0.
    mutating func grow(_ progress: AnswerProgress) -> [UInt8]? {
        let sent = streams[progress.conversation].flatMap { $0.question == progress.question ? $0 : nil }
        guard let (from, rest) = AnswerStreams.growth(from: sent, to: progress) else { return nil }
        streams[progress.conversation] =
            progress.isOver
            ? nil
            : Stream(question: progress.question, text: progress.text, scalars: from + rest.unicodeScalars.count)
        return AnswerStreams.encode(progress, from: from, text: rest)
    }

    /// What is new, and behind how many scalars; `nil` when nothing is.
    private static func growth(from sent: Stream?, to progress: AnswerProgress) -> (Int, String)? {
        guard let sent else { return (0, progress.isOver ? "" : progress.text) }
        let (old, new) = (sent.text.utf8, progress.text.utf8)
        guard new.starts(with: old) else { return (0, progress.text) }
        guard new.count > old.count || progress.isOver else { return nil }
        let index = new.index(new.startIndex, offsetBy: old.count)
        return (sent.scalars, String(progress.text.unicodeScalars[index...]))
    }

    /// Everything so far of the answer that streams in a conversation, as JSON from 0.
    func current(in conversation: ID<Conversation>) -> [UInt8]? {
        streams[conversation].map { stream in
            let progress = AnswerProgress(conversation: conversation, question: stream.question, text: stream.text)
            return AnswerStreams.encode(progress, from: 0, text: stream.text)
        }
    }

    /// Everything so far of every answer that streams.
    var all: [[UInt8]] { streams.keys.sorted().compactMap { current(in: $0) } }

    /// Forgets an answer whose message is committed.
    mutating func settle(_ conversation: ID<Conversation>) {
        streams[conversation] = nil
    }

    private static func encode(_ progress: AnswerProgress, from: Int, text: String) -> [UInt8] {
        var writer = JSONWriter(capacity: text.utf8.count + 96)
        writer.object { writer in
            writer.name("conversation")
            writer.integer(progress.conversation.number)
            writer.name("question")
            writer.integer(progress.question)
            writer.name("from")
            writer.integer(from)
            writer.name("text")
            writer.string(text)
            writer.name("over")
            writer.bool(progress.isOver)
        }
        return writer.bytes
    }
}
