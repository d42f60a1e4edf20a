internal import DeskAPI
internal import Vocabulary

/// One entry of a transcript as the console shows it: every text from outside made harmless once, here.
struct TranscriptEntry: Equatable, Sendable {
    let offset: Int64
    let cid: ULID?
    let author: Message.Author
    let authorName: SafeText
    let text: SafeText
    let at: Timestamp
    let answer: AnswerLine?

    init(_ record: Message) {
        offset = record.offset
        cid = record.cid
        author = record.author
        authorName = SafeText(untrusted: record.authorName, limit: 80).oneLine
        text = SafeText(untrusted: record.text)
        at = record.at
        answer = record.answer.map(AnswerLine.init)
    }
}

/// How the assistant came to an answer, ready to be shown.
struct AnswerLine: Equatable, Sendable {
    let sources: [SafeText]
    let model: SafeText
    let promptTokens: Int64
    let answerTokens: Int64
    let isEstimated: Bool
    let firstToken: Duration
    let total: Duration
    let confidence: Double?
    let fallbackReason: SafeText?

    init(_ details: AnswerDetails) {
        sources = details.sources.prefix(3).map {
            let title = SafeText(untrusted: $0.title, limit: 80).oneLine
            let section = SafeText(untrusted: $0.section, limit: 80).oneLine
            return section.isEmpty ? title : "\(title) § \(section)"
        }
        model = SafeText(untrusted: details.model, limit: 80).oneLine
        promptTokens = details.promptTokens
        answerTokens = details.answerTokens
        isEstimated = details.isEstimated
        firstToken = .milliseconds(details.firstTokenMilliseconds)
        total = .milliseconds(details.totalMilliseconds)
        confidence = details.confidence
        fallbackReason = details.fallbackReason.map { SafeText(untrusted: $0, limit: 300).oneLine }
    }
}

/// The part of a conversation's transcript that was read: a run of entries without gaps.
struct Transcript: Equatable, Sendable {
    private(set) var entries: [TranscriptEntry] = []

    /// The offset of the oldest entry that was read; `nil` while there is none.
    var first: Int64? { entries.first?.offset }
    /// The offset of the newest entry that was read; 0 while there is none.
    var last: Int64 { entries.last?.offset ?? 0 }
    /// Whether older entries exist that were not read.
    var hasOlder: Bool { (first ?? 1) > 1 }

    /// Takes entries in any order; what does not join the run is left out.
    ///
    /// - Returns: whether something is missing between the run and what was left out behind it.
    @discardableResult
    mutating func take(_ new: [TranscriptEntry]) -> Bool {
        var isGap = false
        let sorted = new.sorted { $0.offset < $1.offset }
        for entry in sorted where entry.offset > last {
            if entries.isEmpty || entry.offset == last + 1 { entries.append(entry) } else { isGap = true }
        }
        guard let first else { return isGap }
        let older = sorted.filter { $0.offset < first }
        let isJoined = older.last.map { $0.offset == first - 1 } ?? false
        let isRun = zip(older, older.dropFirst()).allSatisfy { $1.offset == $0.offset + 1 }
        if isJoined, isRun { entries.insert(contentsOf: older, at: 0) }
        return isGap
    }

    /// The place of an offset among the entries that were read.
    func index(of offset: Int64) -> Int? {
        guard let first, offset >= first, offset <= last else { return nil }
        return Int(offset - first)
    }
}
