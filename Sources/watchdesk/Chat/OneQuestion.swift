internal import DeskAPI
internal import Vocabulary

/// One question and its answer on standard output, word by word as it comes.
struct OneQuestion: Sendable {
    let session: CustomerSession

    private static let patience = Duration.seconds(60)

    /// Asks, prints the answer with its source, and ends; a person's reply counts as an answer too.
    ///
    /// - Throws: ``Failure`` when no answer comes within a minute.
    func ask(_ text: String) async throws {
        let session = session
        let news = session.news()
        let isAnswered = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await OneQuestion.follow(news, of: session, asking: text) }
            group.addTask {
                try await Task.sleep(for: OneQuestion.patience)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
        guard isAnswered else {
            throw Failure("no answer came within a minute; the question is kept, an agent sees it")
        }
    }

    private static func follow(
        _ news: AsyncStream<DeskNews>, of session: CustomerSession, asking text: String
    ) async throws -> Bool {
        var printer = AnswerPrinter()
        var asked: Int64?
        for await item in news {
            switch item {
            case .connection(.live) where asked == nil: asked = try await session.send(text).offset
            case .connection(.live), .missed:
                for message in try await session.messages(after: asked ?? 0) where message.author.answers {
                    printer.finish(message)
                    return true
                }
            case .connection(.refused(let reason)): throw Failure(reason)
            case .connection(.offline(let reason, _)) where asked == nil: throw Failure(reason)
            case .event(.answerGrew(let progress)) where !progress.isOver: printer.grow(progress.text)
            case .event(.messagePosted(let message)) where message.author.answers:
                printer.finish(message)
                return true
            default: break
            }
        }
        return false
    }
}

extension Message.Author {
    /// Whether a customer takes it as an answer.
    fileprivate var answers: Bool { self == .assistant || self == .agent }
}
