internal import DeskAPI
public import Terminal
public import Vocabulary

/// The whole console as one value: news, keys and answers change it, frames are drawn from it, nothing else happens.
///
/// The run loop feeds it and carries out the ``DeskRequest``s that it returns. It is used from one thread.
public struct ConsoleState: Equatable, Sendable {
    var facts = DeskFacts()
    var overview = OverviewPane.initial
    var system = SystemPane.initial
    var alerts = AlertsPane.initial
    var conversations = ConversationsPane.initial
    var models = ModelsPane.initial
    var metrics = MetricsPane.initial
    /// How much room the side in focus has in every pane.
    var screen = ScreenMode.normal

    var front = PaneName.overview
    var overlay: Overlay?
    /// When the question that lies over the pane was put.
    var questionShownAt: Timestamp
    var notices = Notices()
    /// What the screen wears, apart from a preview.
    var theme = Theme.dark
    var ownCost: OwnCost?
    /// What was asked of the desk, and what it answered.
    var requestLog = RequestLog()
    /// The keys of the commands, as far as the person's file changes them.
    var bindings = KeyBindings()
    /// What takes the last action back.
    var undo: UndoStep?
    /// Whether the terminal's window is in front; without a word from it, yes.
    public internal(set) var isFocused = true
    /// Where the person looks back to; `nil` while the console shows now.
    var rewind: Rewind?
    /// What was true there, made anew with each answer that tells more of it.
    var pastFacts: DeskFacts?
    var now: Timestamp
    var size = Size(columns: 80, rows: 24)
    /// Requests that were returned and not answered yet.
    var underWay: [DeskRequest] = []
    /// A conversation that changed since the lists were put in order.
    var unsettled: ID<Conversation>?
    /// When topics that could not be read are asked for again.
    var retries: [Topic: Timestamp] = [:]
    /// What the desk was last told of this console.
    var toldPresence: ToldPresence?
    /// When the last key was pressed.
    var pressedAt: Timestamp
    /// What this console is called among the devices of its person.
    let device: String
    var randomness: SplitMix64
    let utcOffset: Duration
    let deskName: SafeText
    /// Whether the customers are made up; then every screen says so.
    let isDemo: Bool

    /// A console that knows nothing yet.
    ///
    /// - Parameters:
    ///   - deskName: where the desk is, such as the host of its address; empty for this machine.
    ///   - isDemo: whether the customers are made up; then every screen says so.
    ///   - now: the moment of the start.
    ///   - utcOffset: how far the person's clock is ahead of UTC.
    ///   - seed: a random number, different in each console: idempotency keys are made from it.
    public init(
        deskName: String = "", isDemo: Bool = false, now: Timestamp, utcOffset: Duration = .zero, seed: UInt64
    ) {
        self.isDemo = isDemo
        self.deskName = SafeText(untrusted: deskName, limit: 60).oneLine
        self.now = now
        questionShownAt = now
        pressedAt = now
        device = "console-" + String(seed, radix: 36)
        self.utcOffset = utcOffset
        randomness = SplitMix64(seed: seed)
        facts.connection.since = now
        underWay = firstRequests
    }

    /// What to ask for at the start: the run loop carries these out before anything else, and they count as under way.
    public var firstRequests: [DeskRequest] {
        Topic.allCases.map(\.request) + [.listOccurrences(ListOccurrences())]
    }

    /// The title of the terminal's window, such as `watchdesk ■ 1 · 2 waiting`.
    public var windowTitle: SafeText {
        var parts: [SafeText] = []
        if facts.calling(.critical) > 0 { parts.append("■ \(facts.calling(.critical))") }
        if let waiting = facts.waiting, waiting > 0 { parts.append("\(waiting) waiting") }
        return parts.isEmpty ? "watchdesk" : "watchdesk " + parts.joined(separator: " · ")
    }

    /// Takes what the console itself costs.
    public mutating func measured(_ cost: OwnCost) {
        ownCost = cost
    }

    /// Takes the size of the screen; scrolling by pages depends on it.
    public mutating func resize(to size: Size) {
        self.size = size
    }

    var scene: Scene { scene(in: ConsoleState.body(of: size)) }

    func scene(in body: Rect) -> Scene {
        Scene(
            facts: seen, now: shownAt, utcOffset: utcOffset, room: body.size, front: front, isPast: rewind != nil,
            occurrence: rewind?.occurrence, screen: screen, device: device, isAttended: !isIdle)
    }

    /// What is shown: what is known now, or of the moment that the person looks back to.
    var seen: DeskFacts { pastFacts ?? facts }

    /// The moment that is shown.
    var shownAt: Timestamp { rewind?.shown ?? now }

    /// The part of the screen that belongs to the pane in front.
    static func body(of size: Size) -> Rect {
        let screen = Rect(size)
        return size.rows >= 4 ? screen.inset(rows: 1) : screen.droppingTop(size.rows >= 2 ? 1 : 0)
    }
}
