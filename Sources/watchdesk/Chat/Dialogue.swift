internal import DeskAPI
internal import Vocabulary

/// What stands on the customer's screen, line by line.
struct Dialogue {
    private let session: CustomerSession
    private let isTerminal: Bool
    private var printer = AnswerPrinter()
    private var lastOffset: Int64 = 0
    private var isPromptShown = false
    private var isOffline = false
    private var lastAsked: Int64 = 0
    private var lastAnswered: Int64 = 0
    /// Whether the conversation is over and the next line may rate it.
    private var isRatingAsked = false

    init(session: CustomerSession, isTerminal: Bool) {
        self.session = session
        self.isTerminal = isTerminal
    }

    /// Whether an answer is still expected.
    var isWaiting: Bool { lastAsked > lastAnswered }

    /// Shows where the customer types.
    mutating func prompt() {
        guard isTerminal, !isPromptShown else { return }
        Output.write("you> ")
        isPromptShown = true
    }

    /// Sends a line; an empty one is no message, a refusal is said and the dialogue goes on.
    mutating func say(_ text: String) async throws {
        isPromptShown = false
        guard text.contains(where: { !$0.isWhitespace }) else { return prompt() }
        if isRatingAsked, let rating = Rating(text) { return try await rate(rating) }
        do {
            lastAsked = try await session.send(text).offset
        } catch let problem as Problem {
            tell("not sent: \(problem.detail)")
        }
    }

    /// Shows what the desk said or did.
    mutating func take(_ news: DeskNews) async throws {
        switch news {
        case .event(.answerGrew(let progress)) where !progress.isOver:
            if !printer.isUnderWay { startLine("desk> ") }
            printer.grow(progress.text)
        case .event(.messagePosted(let message)): show(message)
        case .event(.conversationChanged(let conversation)):
            guard conversation.status == .resolved, conversation.rating == nil, !isRatingAsked else { return }
            isRatingAsked = true
            tell("It is over. How was the help? Type 1 (very bad) to 5 (very good), and words if you like")
        case .connection(.live), .missed:
            if isOffline { tell("connected again") }
            isOffline = false
            for message in try await session.messages(after: lastOffset) { show(message) }
        case .connection(.offline(let reason, _)):
            if !isOffline { tell("\(reason); trying again") }
            isOffline = true
        case .connection(.refused(let reason)): throw Failure(reason)
        default: break
        }
    }

    /// What a customer types to rate the help: a number, and words behind it.
    private struct Rating {
        let stars: Int64
        let comment: String

        init?(_ text: String) {
            let words = text.drop(while: \.isWhitespace)
            guard let first = words.first, let stars = Int64(String(first)), (1...5).contains(stars),
                words.dropFirst().first.map({ !$0.isNumber && !$0.isLetter }) ?? true
            else { return nil }
            self.stars = stars
            comment = String(words.dropFirst().drop { $0.isWhitespace || $0 == "," || $0 == ":" }.prefix(2000))
        }
    }

    private mutating func rate(_ rating: Rating) async throws {
        do {
            try await session.rate(rating.stars, comment: rating.comment)
            isRatingAsked = false
            tell("thank you")
        } catch let problem as Problem {
            tell("not taken: \(problem.detail)")
        }
    }

    private mutating func show(_ message: Message) {
        guard message.offset > lastOffset else { return }
        lastOffset = message.offset
        switch message.author {
        case .customer, .note: return
        case .system: tell(message.text)
        case .assistant, .agent:
            let name =
                message.author == .agent ? SafeText(untrusted: message.authorName, limit: 40).oneLine.text : "desk"
            if !printer.isUnderWay { startLine("\(name)> ") }
            printer.finish(message)
            lastAnswered = message.offset
            prompt()
        }
    }

    private mutating func tell(_ text: String) {
        startLine("-- \(SafeText(untrusted: text).oneLine.text) --\n")
        prompt()
    }

    /// Begins a line of the desk's; the prompt that stood there is wiped.
    private mutating func startLine(_ text: String) {
        Output.write(isPromptShown ? "\r\u{1b}[K\(text)" : text)
        isPromptShown = false
    }
}
