internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Everything the desk has told the console: panes read it, only news and answers change it.
struct DeskFacts: Equatable, Sendable {
    var connection = Connection()
    var identity: Identity?
    var status: DeskStatus?
    var conversations: [ID<Conversation>: ConversationRow] = [:]
    /// The language that most customers write: only others are worth a word.
    var usualLanguage: SafeText?
    var transcripts: [ID<Conversation>: Transcript] = [:]
    var answers: [ID<Conversation>: GrowingAnswer] = [:]
    var typists: [ID<Conversation>: [String: Typist]] = [:]
    /// What calls the console's person and was not acknowledged.
    var notifications: [ID<StaffNotification>: NotificationRow] = [:]
    /// How far each of the staff has read, the console's person among them.
    var readers: [ID<Conversation>: [Reader]] = [:]
    /// Which customers are there, and since when others are gone.
    var customers: [ID<Conversation>: CustomerPresence] = [:]
    /// Colleagues who have a conversation before their eyes.
    var viewers: [ID<Conversation>: [Viewer]] = [:]
    var alerts: [ID<Alert>: AlertRow] = [:]
    var models: [ID<ModelVersion>: ModelRow] = [:]
    var deployments: [ID<Deployment>: Deployment] = [:]
    var trainings: [ID<TrainingJob>: TrainingJob] = [:]
    var hosts: [String: HostHistory] = [:]
    /// The host whose charts are shown: the first that was heard of.
    var mainHost: String?
    var windows: [String: MetricWindow] = [:]
    /// What happened at the desk, for charts and the look back.
    var timeline = Timeline()
    /// What must be read (again) before it can be called true.
    var stale = Set(Topic.allCases)
    /// What was read at least once.
    var loaded: Set<Topic> = []
    /// What changed while its list was being read: the list may be older.
    var changedWhileReading = ChangedWhileReading()
    /// Why a topic could not be read.
    var faults: [Topic: SafeText] = [:]

    /// An answer of the assistant while it streams.
    struct GrowingAnswer: Equatable, Sendable {
        var question: Int64
        var text: SafeText
        var at: Timestamp
    }

    /// Somebody who types, and until when that is believed.
    struct Typist: Equatable, Sendable {
        var name: SafeText
        var until: Timestamp
    }

    /// A colleague who has a conversation before their eyes.
    struct Viewer: Equatable, Sendable {
        var name: SafeText
        var state: PresenceState
    }

    /// Conversations that are kept; the desk has the rest.
    static let conversationLimit = 12_000
    /// Alerts that are kept; the desk has the rest.
    static let alertLimit = 400
    /// Transcripts that are kept; the oldest unused ones go.
    static let transcriptLimit = 24
    /// How long typing is believed without another sign of it.
    static let typingLifetime = Duration.seconds(5)

    var host: HostHistory? { mainHost.flatMap { hosts[$0] } }

    /// The actor of the console's person, such as `u:3`.
    var actor: String? { identity?.actor }

    /// Why the person's role does not allow something; `nil` when it does, or while the role is not known.
    func refusal(_ scope: Scope?) -> SafeText? {
        guard let scope, let identity, !identity.scopes.contains(scope.rawValue) else { return nil }
        let role = identity.role.map { SafeText(untrusted: $0.rawValue) } ?? "unknown"
        return "your role (\(role)) lacks \(scope.rawValue)"
    }

    /// The conversations in the order of the inbox.
    func inbox(where isWanted: (ConversationRow) -> Bool = { _ in true }) -> [ID<Conversation>] {
        var places: [InboxPlace] = []
        places.reserveCapacity(conversations.count)
        for row in conversations.values where isWanted(row) { places.append(row.place(for: actor)) }
        places.sort()
        return places.map(\.id)
    }

    /// Conversations that wait for a person, the longest wait first.
    var queue: [ConversationRow] {
        inbox(where: \.isWaiting).compactMap { conversations[$0] }
    }

    /// How many conversations wait, from the list when it was read, else from the desk's own count.
    var waiting: Int? {
        guard loaded.contains(.conversations) else { return (status?.waiting).map(Int.init) }
        let listed = conversations.values.count(where: \.isWaiting)
        // A list that is full does not hold everybody.
        let isFull = conversations.count >= DeskFacts.conversationLimit * 4 / 5
        return isFull ? max(listed, (status?.waiting).map(Int.init) ?? 0) : listed
    }

    var oldestWait: Timestamp? {
        guard loaded.contains(.conversations) else { return status?.oldestWaitingSince }
        return conversations.values.filter(\.isWaiting).map { $0.waitingSince ?? $0.updatedAt }.min()
    }

    /// Alerts of a severity that fire and that nobody has acknowledged.
    func calling(_ severity: Severity) -> Int {
        alerts.values.count { $0.needsPerson && $0.severity == severity }
    }
}

/// What events told since the reading of its list began: it stays, even if the list does not hold it.
struct ChangedWhileReading: Equatable, Sendable {
    var conversations: Set<ID<Conversation>> = []
    var alerts: Set<ID<Alert>> = []
    var models: Set<ID<ModelVersion>> = []

    /// The reading of a list begins.
    mutating func begin(_ topic: Topic) {
        switch topic {
        case .conversations: conversations = []
        case .alerts: alerts = []
        case .models: models = []
        case .identity, .status, .hosts, .deployments, .trainings, .presence, .customers, .notifications:
            break
        }
    }
}

/// How the desk is reached, since when, and when it was last heard of.
struct Connection: Equatable, Sendable {
    var state = ConnectionState.connecting
    var since = Timestamp(milliseconds: 0)
    /// When anything last came from the desk.
    var heardAt: Timestamp?

    var isLive: Bool { state == .live }

    /// Whether what is shown may have become untrue.
    var isCutOff: Bool {
        switch state {
        case .offline, .refused: true
        case .connecting, .live, .resyncing: false
        }
    }
}
