internal import DeskAPI
internal import Storage
internal import Vocabulary

extension Message {
    /// The message in a row of the view `message_row`; the sources of an answer are read apart.
    init(_ row: borrowing Row) throws {
        self.init()
        id = try row[0]
        conversation = try row[1]
        offset = try row[2]
        cid = try row[3]
        author = try choice(row[4])
        authorName = try row[5]
        text = try row[6]
        at = try row[7]
        if let model: String = try row[8] { answer = try AnswerDetails(model: model, row) }
    }
}

extension AnswerDetails {
    fileprivate init(model: String, _ row: borrowing Row) throws {
        self.init()
        self.model = model
        promptTokens = try row[9]
        answerTokens = try row[10]
        isEstimated = try row[11]
        firstTokenMilliseconds = try row[12]
        totalMilliseconds = try row[13]
        confidence = try row[14]
        fallbackReason = try row[15]
    }
}

extension Snapshot {
    /// Fills in the sources of answers.
    func withSources(_ messages: [Message]) throws -> [Message] {
        try messages.map { message in
            guard message.answer != nil else { return message }
            var complete = message
            complete.answer?.sources = try rows(
                "SELECT title, section, path FROM answer_source WHERE message = ? ORDER BY place", message.id
            ) { row in
                AnswerDetails.Source(title: try row[0], section: try row[1], path: try row[2])
            }
            return complete
        }
    }

    /// The message that was written with this idempotency key.
    func message(in conversation: ID<Conversation>, cid: ULID) throws -> Message? {
        try first(
            "SELECT * FROM message_row WHERE conversation = ? AND cid = ?", conversation, cid, read: Message.init)
    }
}

extension Transaction {
    /// Adds a message with everything about its answer and returns its number; its words are indexed later.
    func insert(_ message: Message) throws -> ID<Message> {
        let number = try insert(
            """
            INSERT INTO message (conversation, place, cid, author, author_name, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            message.conversation, message.offset, message.cid, message.author.rawValue, message.authorName,
            message.text, message.at)
        if let answer = message.answer { try insert(answer, of: number) }
        return ID(number)
    }

    private func insert(_ answer: AnswerDetails, of message: Int64) throws {
        try run(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            message, answer.model, answer.promptTokens, answer.answerTokens, answer.isEstimated,
            answer.firstTokenMilliseconds, answer.totalMilliseconds, answer.confidence, answer.fallbackReason)
        for (place, source) in answer.sources.enumerated() {
            try run(
                "INSERT INTO answer_source VALUES (?, ?, ?, ?, ?)", message, place, source.title, source.section,
                source.path)
        }
    }
}
