internal import DeskAPI
internal import Glibc
internal import Threads

/// A dialogue in lines: what the customer types goes out, what the desk says appears as it comes.
struct Chat: Sendable {
    let session: CustomerSession

    /// Something that happens in a dialogue.
    private enum Happening: Sendable {
        case typed(String)
        case inputEnded
        case news(DeskNews)
    }

    /// Runs until the input ends (Ctrl-D) or the customer says `/quit`; what was piped in is answered before the end.
    func run() async throws {
        Output.write("Ask anything; Ctrl-D or /quit ends. An assistant answers: ask for a person to get one.\n")
        let (happenings, sink) = AsyncStream.makeStream(of: Happening.self)
        try DedicatedThread.start("chat-input") {
            while let line = readLine() { sink.yield(.typed(line)) }
            sink.yield(.inputEnded)
        }
        let news = session.news()
        let forwarding = Task { for await item in news { sink.yield(.news(item)) } }
        defer { forwarding.cancel() }
        var dialogue = Dialogue(session: session, isTerminal: isatty(1) == 1)
        // A person may add to a question before it is answered; lines of a file are questions of their own.
        let asksInTurn = isatty(0) == 0
        var lines: [String] = []
        var isEnding = false
        dialogue.prompt()
        for await happening in happenings {
            switch happening {
            case .typed(let text): lines.append(text)
            case .inputEnded: isEnding = true
            case .news(let item): try await dialogue.take(item)
            }
            while !lines.isEmpty, !asksInTurn || !dialogue.isWaiting {
                let text = lines.removeFirst()
                if text == "/quit" { return }
                try await dialogue.say(text)
            }
            if isEnding, lines.isEmpty, !dialogue.isWaiting { return }
        }
    }
}
