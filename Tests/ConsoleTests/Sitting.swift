import Console
import DeskAPI
import GoldenFrames
import Terminal
import Vocabulary

/// A person in front of a console: presses keys, hears the news, sees frames; the desk answers as the test says.
struct Sitting {
    private(set) var state: ConsoleState
    private(set) var now: Timestamp
    /// What was asked of the desk and the terminal since the last look.
    private(set) var requests: [DeskRequest] = []

    init(at now: Timestamp = Desk.now, size: Size = Size(columns: 80, rows: 24)) {
        self.now = now
        state = ConsoleState(now: now, seed: 7)
        state.resize(to: size)
    }

    /// A console that has read everything of the busy desk.
    static func busy(_ size: Size = Size(columns: 80, rows: 24), role: DeskAPI.Role = .admin) -> Sitting {
        var sitting = Sitting(size: size)
        sitting.hear(.connection(.live))
        sitting.load(conversations: Desk.conversations, alerts: Desk.alerts, models: Desk.models, role: role)
        for snapshot in Desk.snapshots { sitting.hear(.event(.hostSampled(snapshot))) }
        sitting.state.measured(OwnCost(cpuPercent: 0.4, residentBytes: 38 << 20))
        sitting.forget()
        return sitting
    }

    /// A console whose desk has nothing to show yet.
    static func empty(_ size: Size = Size(columns: 80, rows: 24)) -> Sitting {
        var sitting = Sitting(size: size)
        sitting.hear(.connection(.live))
        sitting.load(conversations: [], alerts: [], models: [], role: .admin)
        sitting.forget()
        return sitting
    }

    mutating func load(
        conversations: [Conversation], alerts: [Alert], models: [ModelVersion], role: DeskAPI.Role
    ) {
        for request in state.firstRequests {
            let answer: DeskAnswer =
                switch request {
                case .showIdentity: .identity(Desk.identity(role))
                case .showStatus: .status(Desk.status)
                case .listConversations: .conversations(conversations)
                case .listAlerts: .alerts(alerts)
                case .listModels: .models(models)
                case .listPresence: .presence([])
                case .listCustomerPresence: .customerPresence([])
                case .listNotifications: .notifications([])
                default: .hosts([])
                }
            settle(request, .success(answer))
        }
        for case .setPresence(let told) in requests { answer(.setPresence(told), .presence([])) }
    }

    mutating func press(_ keys: Key...) {
        for key in keys { requests += state.press(key, at: now) }
    }

    mutating func type(_ text: String) {
        for character in text { requests += state.press(.character(character), at: now) }
    }

    mutating func hear(_ news: DeskNews...) {
        for piece in news { requests += state.take(piece, at: now) + state.settle() }
    }

    mutating func hear(_ events: DeskEvent...) {
        for event in events { requests += state.take(.event(event), at: now) + state.settle() }
    }

    mutating func answer(_ request: DeskRequest, _ answer: DeskAnswer) {
        settle(request, .success(answer))
    }

    mutating func refuse(_ request: DeskRequest, _ problem: Problem) {
        settle(request, .failure(problem))
    }

    private mutating func settle(_ request: DeskRequest, _ answer: Result<DeskAnswer, Problem>) {
        requests += state.answered(request, answer, at: now)
    }

    mutating func offer(_ themes: [OfferedTheme]) {
        state.offer(themes, configuration: "~/.config/watchdesk/config.yaml")
    }

    mutating func pass(_ time: Duration) {
        now = now + time
        requests += state.tick(at: now)
    }

    /// The person's editor gives a text back.
    mutating func edit(_ text: String) {
        requests += state.edited(text, at: now)
    }

    mutating func arrange(_ tiles: [OverviewTile]) {
        state.arrange(tiles)
    }

    mutating func bind(_ bindings: KeyBindings) {
        state.bind(bindings)
    }

    mutating func resize(to size: Size) {
        state.resize(to: size)
    }

    /// The requests since the last look, without those that only keep books.
    mutating func look() -> [DeskRequest] {
        lookAtAll().filter { request in
            switch request {
            case .markRead, .keepDraft, .listReplies, .setPresence, .listViews: false
            default: true
            }
        }
    }

    /// Every request since the last look.
    mutating func lookAtAll() -> [DeskRequest] {
        defer { requests = [] }
        return requests
    }

    mutating func forget() {
        requests = []
    }

    func frame(_ columns: Int = 80, _ rows: Int = 24) -> Frame { state.view(Size(columns: columns, rows: rows)) }

    /// The screen as one text.
    func screen(_ columns: Int = 80, _ rows: Int = 24) -> String {
        lines(of: frame(columns, rows)).joined(separator: "\n")
    }
}
