internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What one key or one piece of news leads to, besides changes of a pane's own state.
struct Turn {
    /// What the panes may look at.
    let scene: Scene
    /// What the desk or the terminal is to do.
    private(set) var requests: [DeskRequest] = []
    /// Requests that count as under way already.
    private(set) var started: [DeskRequest] = []
    /// Short messages for the person.
    private(set) var notices: [(text: SafeText, mark: Mark)] = []
    /// Where the person wants to be next.
    private(set) var destination: Destination?
    /// A question to be answered before something is done.
    private(set) var question: Question?
    /// For idempotency keys.
    var randomness: SplitMix64

    /// When the key before this one was pressed, in a turn that a key began.
    var quietSince: Timestamp?

    init(scene: Scene, randomness: SplitMix64) {
        self.scene = scene
        self.randomness = randomness
    }

    var now: Timestamp { scene.now }
    var facts: DeskFacts { scene.facts }

    mutating func ask(_ request: DeskRequest) {
        requests.append(request)
    }

    /// Passes on what another turn, which this one caused, has begun.
    mutating func pass(on requests: [DeskRequest]) {
        started += requests
    }

    mutating func say(_ text: SafeText, _ mark: Mark) {
        notices.append((text, mark))
    }

    mutating func go(to destination: Destination) {
        self.destination = destination
    }

    mutating func confirm(_ question: Question) {
        self.question = question
    }

    /// A fresh idempotency key.
    mutating func makeKey() -> ULID { ULID(at: now, randomness: &randomness) }
}

/// A place in the console that a key can lead to.
enum Destination: Equatable, Sendable {
    case pane(PaneName)
    /// The filter of a pane's list.
    case filter(PaneName)
    case alert(ID<Alert>)
    case conversation(ID<Conversation>)
    case model(ID<ModelVersion>)
    /// The course of a metric, on this host or on the one that was shown last.
    case metric(String, host: String?)
    /// A moment of the past, in the pane that is in front.
    case moment(Timestamp)

    /// The pane in which the place is; `nil` for the one that is in front.
    var pane: PaneName? {
        switch self {
        case .moment: nil
        case .pane(let name), .filter(let name): name
        case .alert: .alerts
        case .conversation: .conversations
        case .model: .models
        case .metric: .metrics
        }
    }
}

/// Something that is done only after a yes.
struct Question: Equatable, Sendable {
    /// What will happen, as a question.
    let text: SafeText
    /// What is asked of the desk on yes.
    let request: DeskRequest
}
