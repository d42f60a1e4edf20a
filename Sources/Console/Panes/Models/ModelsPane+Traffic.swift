internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The deployments of one name that are shown together.
struct Traffic: Equatable {
    /// The one whose evidence is shown.
    let shown: Deployment
    /// All of its name that are under way, the oldest first; alone, or over, only that one.
    let all: [Deployment]
    /// Whether keys act on the one that is shown: it is the only one, or the cursor is on its version.
    let isMeant: Bool
}

extension ModelsPane {
    /// What of the traffic is shown: the deployment of the version under the cursor, else the one under way or the
    /// newest; `nil` when there was none.
    static func traffic(_ state: State, _ facts: DeskFacts) -> Traffic? {
        let open = facts.openDeployments
        let own = open.last { $0.canary == state.list.cursor }
        guard let shown = own ?? facts.newestDeployment else { return nil }
        let group = open.filter { $0.name == shown.name }
        return Traffic(shown: shown, all: group.isEmpty ? [shown] : group, isMeant: own != nil || group.count == 1)
    }

    /// The deployment under way that keys act on.
    static func meant(_ state: State, _ facts: DeskFacts) -> Deployment? {
        traffic(state, facts).flatMap { $0.isMeant && $0.shown.status.isOpen ? $0.shown : nil }
    }
}
