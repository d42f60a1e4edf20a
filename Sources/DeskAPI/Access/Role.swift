/// What a caller is to the desk; decides what it may do.
public enum Role: String, FieldChoice, Sendable {
    /// Works conversations.
    case agent
    /// Watches hosts and alerts, and takes bad versions back.
    case sre
    /// May do everything.
    case admin
    /// A machine that sends its samples and may raise alerts.
    case hostAgent = "host-agent"
    /// Asks questions; sees only its own conversations.
    case customer

    /// Everything this role may do.
    public var scopes: Set<Scope> {
        switch self {
        case .agent: Role.agentScopes
        case .sre: Role.sreScopes
        case .admin: Role.adminScopes
        case .hostAgent: Role.hostAgentScopes
        case .customer: Role.customerScopes
        }
    }

    // Made once: every request asks.
    private static let agentScopes: Set<Scope> = [
        .conversationsRead, .conversationsWrite, .conversationsClaim, .alertsRead, .hostsRead, .modelsRead,
        .modelsUse, .knowledgeRead,
    ]
    private static let sreScopes: Set<Scope> = [
        .conversationsRead, .alertsRead, .alertsAcknowledge, .alertsSilence, .alertsRaise, .notificationsManage,
        .hostsRead, .hostsSignal, .modelsRead, .modelsUse, .modelsDeploy, .auditRead, .knowledgeRead,
    ]
    private static let adminScopes = Set(Scope.allCases)
    private static let hostAgentScopes: Set<Scope> = [.hostsWrite, .alertsRaise]
    private static let customerScopes: Set<Scope> = [.conversationsRead, .conversationsWrite]
}

extension Scope {
    /// Whether it only lets somebody see things.
    public var isForReading: Bool { rawValue.hasSuffix(":read") }
}

/// One thing that can be allowed.
public enum Scope: String, CaseIterable, Sendable {
    /// See conversations and messages (a customer: its own).
    case conversationsRead = "conversations:read"
    /// Start conversations and write messages.
    case conversationsWrite = "conversations:write"
    /// Take conversations over, hand them back, resolve them.
    case conversationsClaim = "conversations:claim"
    /// Import conversations that were held elsewhere.
    case conversationsImport = "conversations:import"
    /// Delete everything of a customer, and block customers.
    case customersDelete = "customers:delete"
    /// See alerts.
    case alertsRead = "alerts:read"
    /// Acknowledge alerts.
    case alertsAcknowledge = "alerts:acknowledge"
    /// Silence alerts, and end silences.
    case alertsSilence = "alerts:silence"
    /// Raise alerts from outside of the rules.
    case alertsRaise = "alerts:raise"
    /// Test receivers, and try messages again or discard them.
    case notificationsManage = "notifications:manage"
    /// See hosts and their history.
    case hostsRead = "hosts:read"
    /// Send samples of a host.
    case hostsWrite = "hosts:write"
    /// Send signals to processes of the gateway's host.
    case hostsSignal = "hosts:signal"
    /// See the assistant's versions.
    case modelsRead = "models:read"
    /// Register versions, move names, split traffic, roll back.
    case modelsDeploy = "models:deploy"
    /// Move names that are protected, such as production, to what they never pointed to.
    case modelsProtect = "models:protect"
    /// Train classifiers.
    case modelsTrain = "models:train"
    /// Ask models through the OpenAI-compatible address.
    case modelsUse = "models:use"
    /// See the audit trail.
    case auditRead = "audit:read"
    /// Create, list and revoke keys.
    case keysManage = "keys:manage"
    /// See the knowledge base.
    case knowledgeRead = "knowledge:read"
    /// Change the knowledge base.
    case knowledgeWrite = "knowledge:write"
}
