public import DeskAPI

/// What the desk measures of itself; it stands in the snapshot of the gateway's own host.
public enum DeskMetric: String, CaseIterable, Sendable {
    /// How long the customer who waits longest for a person has waited.
    case oldestWait = "desk.oldest_wait"
    /// Conversations in which a target is missed.
    case lateConversations = "desk.late"
    /// The share of the last day's ratings that were 4 or 5.
    case satisfaction = "desk.satisfaction"
    /// The share of the last day's resolved conversations without a rating whose customer was content by the estimate.
    case estimatedSatisfaction = "desk.estimated_satisfaction"
    /// Events that wait for the reader of the bus that is furthest behind.
    case waitingEvents = "desk.waiting_events"
    /// Requests that the gateway answered.
    case requests = "gateway.requests"
    /// Requests that failed with a status of 500 or more.
    case failures = "gateway.failures"
    /// Half of the gateway's answers took no longer.
    case medianTime = "gateway.p50"
    /// The 95th percentile of the gateway's answers.
    case responseTime = "gateway.p95"
    /// The 99th percentile of the gateway's answers.
    case slowTime = "gateway.p99"
    /// Open connections, HTTP and WebSocket.
    case connections = "gateway.connections"
    /// Open WebSocket connections.
    case webSockets = "gateway.websockets"
    /// Frames that wait because those who read them are slow.
    case waitingFrames = "gateway.waiting_frames"
    /// The mean time of a commit that survives a power cut.
    case commitTime = "storage.commit"
    /// Writes that wait for the disk.
    case waitingWrites = "storage.waiting_writes"
    /// How many of the desk's two databases could not be written last.
    case storageFailures = "storage.failing"
    /// What conversations, alerts, keys and audit take on the disk.
    case storageSize = "storage.size"
    /// What the hosts' history takes on the disk.
    case historySize = "storage.history_size"
    /// The 95th percentile of the time to an answer's first word.
    case firstWord = "assistant.first_word_p95"
    /// The share of requests to the language model that failed.
    case assistantErrors = "assistant.error_percent"
    /// The share that is used of the fullest budget of language models.
    case budget = "models.budget"
    /// How far what customers write lies from what the classifiers in use were trained for: the largest index.
    case drift = "models.drift"
    /// How much of customers' words is new to a classifier in use beyond what was new of its held-out texts: the most.
    case newWords = "models.new_words"

    /// What it counts.
    public var unit: MetricUnit {
        switch self {
        case .oldestWait: .seconds
        case .medianTime, .responseTime, .slowTime, .commitTime, .firstWord: .milliseconds
        case .requests, .failures: .perSecond
        case .waitingEvents, .lateConversations, .connections, .webSockets, .waitingFrames, .waitingWrites,
            .storageFailures, .drift:
            .count
        case .storageSize, .historySize: .bytes
        case .assistantErrors, .satisfaction, .estimatedSatisfaction, .budget, .newWords: .percent
        }
    }

    /// What it is called by people.
    public var title: String {
        switch self {
        case .oldestWait: "Longest wait of a customer for a person"
        case .lateConversations: "Conversations in which a target is missed"
        case .satisfaction: "Ratings of the last day that were 4 or 5"
        case .estimatedSatisfaction: "Customers of the last day without a rating who were content, estimated"
        case .waitingEvents: "Events waiting for the slowest reader"
        case .requests: "Requests answered"
        case .failures: "Requests failed"
        case .medianTime: "Time of an answer, median"
        case .responseTime: "Time of an answer, 95th percentile"
        case .slowTime: "Time of an answer, 99th percentile"
        case .connections: "Open connections"
        case .webSockets: "Open WebSocket connections"
        case .waitingFrames: "Frames waiting for slow readers"
        case .commitTime: "Time of a durable commit, mean"
        case .waitingWrites: "Writes waiting for the disk"
        case .storageFailures: "Databases that could not be written last"
        case .storageSize: "Conversations, alerts, keys and audit on the disk"
        case .historySize: "History of the hosts on the disk"
        case .firstWord: "Time to the assistant's first word, 95th percentile"
        case .assistantErrors: "Requests to the language model that failed"
        case .budget: "Used of the fullest budget of language models"
        case .drift: "Drift of the classifiers in use, the largest index"
        case .newWords: "Words new to a classifier in use, beyond the usual"
        }
    }
}
