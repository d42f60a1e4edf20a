public import DeskAPI
internal import Terminal
public import Vocabulary

/// The console as lines of text, for screen readers, logs and terminals without a screen: the same facts and actions,
/// no frames, no symbols that are read aloud as noise, status always in words.
///
/// The run loop prints the lines and carries out the requests.
public struct PlainConsole: Equatable, Sendable {
    var facts = DeskFacts()
    var now: Timestamp
    let utcOffset: Duration
    /// The conversations whose messages are told.
    var followed: Set<ID<Conversation>> = []
    /// What the person asked for and has not heard of yet.
    var expected: [DeskRequest] = []
    /// The processes that were told, and may be signalled.
    var signalled: [Int64: ProcessRow] = [:]
    /// Whether what is told was true at a moment of the past.
    var isPast = false
    /// The moment that was told last; `nil` for now.
    var lookedAt: Timestamp?
    /// The event that is looked for, to go to it.
    var pendingStep: Step?
    private var saidStatusAt: Timestamp?

    /// What a turn leads to.
    public struct Outcome: Equatable, Sendable {
        /// The lines to print, in order.
        public var lines: [SafeText] = []
        /// What is to be asked of the desk, or of the loop (`.quit`).
        public var requests: [DeskRequest] = []
    }

    /// How often the state of the desk is told without anything having happened.
    public static let statusInterval = Duration.seconds(60)

    /// A console that knows nothing yet.
    public init(now: Timestamp, utcOffset: Duration = .zero) {
        self.now = now
        self.utcOffset = utcOffset
        facts.connection.since = now
    }

    /// What to ask for at the start.
    public var firstRequests: [DeskRequest] { Topic.allCases.map(\.request) }

    /// What to say at the start.
    public var greeting: [SafeText] { ["Watchdesk, plain mode. Write help for what can be done, quit to leave."] }

    /// Takes what happened.
    public mutating func take(_ news: DeskNews, at now: Timestamp) -> Outcome {
        self.now = max(self.now, now)
        switch news {
        case .connection(let state):
            let before = facts.connection.state
            facts.take(state, at: self.now)
            guard state != before else { return Outcome() }
            let isBack = facts.connection.isLive && facts.loaded.isEmpty == false
            return Outcome(
                lines: [line(ConnectionSign(facts.connection, now: self.now).words)],
                requests: isBack ? firstRequests : [])
        case .missed: return Outcome(requests: firstRequests)
        case .event(let event): return take(event)
        }
    }

    private mutating func take(_ event: DeskEvent) -> Outcome {
        var words: SafeText?
        switch event {
        case .alertChanged(let record):
            words = PlainWords.change(of: facts.alerts[record.id], to: AlertRow(record), at: now)
        case .conversationChanged(let record):
            words = PlainWords.change(
                of: facts.conversations[record.id], to: ConversationRow(record), for: facts.actor)
        case .messagePosted(let record) where followed.contains(record.conversation):
            words = PlainWords.message(TranscriptEntry(record), in: record.conversation)
        default: break
        }
        _ = facts.take(event, at: now)
        return Outcome(lines: words.map { [line($0)] } ?? [])
    }

    /// Takes the desk's answer to a request.
    public mutating func answered(
        _ request: DeskRequest, _ answer: Result<DeskAnswer, Problem>, at now: Timestamp
    ) -> Outcome {
        self.now = max(self.now, now)
        let isExpected = expected.firstIndex(of: request).map { expected.remove(at: $0) } != nil
        switch answer {
        case .failure(let problem):
            let words = SafeText(untrusted: problem.detail, limit: 300).oneLine
            return Outcome(lines: isExpected ? [line("refused: \(words)")] : [])
        case .success(let answer):
            _ = facts.take(answer, to: request, at: self.now)
            guard isExpected else { return Outcome() }
            return Outcome(lines: said(about: answer, to: request), requests: askFurther(after: request, answer))
        }
    }

    /// What is said about an answer that the person waits for.
    private mutating func said(about answer: DeskAnswer, to request: DeskRequest) -> [SafeText] {
        switch answer {
        case .processes(let list): return told(list)
        case .moment(let moment): return told(moment, to: request)
        case .series(let series): return told(series)
        case .occurrences(let records):
            guard case .listOccurrences(let asked) = request else { return [] }
            return told(records, to: asked)
        case .signalled(let delivery):
            let name = SafeText(untrusted: delivery.name, limit: 64).oneLine
            return [line("\(SafeText(untrusted: delivery.signal.rawValue)) sent to \(name), process \(delivery.pid)")]
        case .messages(let records):
            guard case .listMessages(let asked) = request else { return [] }
            return told(records.map(TranscriptEntry.init), of: asked.id)
        case .alert(let record): return [line(PlainWords.alert(AlertRow(record), at: now))]
        case .conversation(let record):
            return [line(told(ConversationRow(record)))]
        case .message: return [line("sent")]
        default: return [line("done")]
        }
    }

    /// Lets time pass: the state of the desk is told now and then.
    public mutating func tick(at now: Timestamp) -> Outcome {
        self.now = max(self.now, now)
        facts.forget(at: self.now)
        guard facts.loaded.contains(.alerts), facts.host?.newest != nil else { return Outcome() }
        if let saidStatusAt, self.now - saidStatusAt < PlainConsole.statusInterval { return Outcome() }
        saidStatusAt = self.now
        return Outcome(lines: status)
    }

    /// Says why something is not asked of the desk.
    func refuse(_ reason: String) -> Outcome {
        Outcome(lines: [line("refused: \(SafeText(untrusted: reason, limit: 300).oneLine)")])
    }

    /// A line with its time.
    func line(_ words: SafeText) -> SafeText {
        let time = LocalTime(now, utcOffset: utcOffset)
        return isPast ? "then, \(time.date) \(time.clockWithSeconds): \(words)" : "\(time.clockWithSeconds) \(words)"
    }
}
