internal import DeskAPI

/// A part of the desk that is read as a whole when the console starts or was cut off.
enum Topic: CaseIterable, Hashable, Sendable {
    case identity
    case status
    case conversations
    case alerts
    case models
    case deployments
    case trainings
    case hosts
    case presence
    case customers
    case notifications

    /// What to ask for.
    var request: DeskRequest {
        switch self {
        case .identity: .showIdentity
        case .status: .showStatus
        case .conversations: .listConversations(Topic.everyConversation)
        case .alerts: .listAlerts(ListAlerts())
        case .models: .listModels
        case .deployments: .listDeployments
        case .trainings: .listTrainings
        case .hosts: .listHosts
        case .presence: .listPresence
        case .customers: .listCustomerPresence
        case .notifications: .listNotifications
        }
    }

    /// The topic that a request reads; `nil` for actions and for parts of a topic.
    init?(_ request: DeskRequest) {
        guard let topic = Topic.allCases.first(where: { $0.request == request }) else { return nil }
        self = topic
    }

    private static var everyConversation: ListConversations {
        var list = ListConversations()
        list.limit = Int64(DeskFacts.conversationLimit)
        list.resolved = 200
        return list
    }
}
