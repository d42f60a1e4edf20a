internal import Assistant
internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// What is known of the servers that language models are asked at.
extension ModelDesk {
    /// How long answers may take at an endpoint.
    func limits(at route: String) -> AnswerLimits { configuration.endpointLimits[route] ?? configuration.answerLimits }

    /// Every endpoint with its limits and how it does; of several models at one, the one that does worst.
    func endpoints() async -> List<EndpointState> {
        var states: [EndpointState] = []
        let clients = clients.withLockedValue { $0 }.filter { !$0.key.hasPrefix("shadow ") }.map(\.value)
        for name in routes {
            guard let endpoint = endpoint(name) else { continue }
            var state = EndpointState()
            (state.name, state.origin, state.hasKey) = (name, endpoint.origin, endpoint.hasKey)
            state.wire = endpoint.wire.rawValue
            state.isConfigured = name == ModelDesk.assistant || configuration.endpoints[name] != nil
            let limits = limits(at: name)
            state.firstTokenMilliseconds = limits.firstToken.wholeMilliseconds
            state.wholeMilliseconds = limits.total.wholeMilliseconds
            state.retries = Int64(limits.retries)
            for client in clients where client.endpoint.url == endpoint.url && client.endpoint.wire == endpoint.wire {
                state.take(await client.health())
            }
            states.append(state)
        }
        return List(states)
    }
}

extension EndpointState {
    /// Takes how one client of the endpoint does, when it is worse than what is known.
    fileprivate mutating func take(_ health: LanguageModelClient.Health) {
        let (now, failures, rests): (EndpointHealth, Int64, Duration?) =
            switch health {
            case .well: (.well, 0, nil)
            case .failing(let count): (.failing, Int64(count), nil)
            case .resting(let time): (.resting, 0, time)
            case .trying: (.trying, 0, nil)
            }
        guard now.severity > self.health.severity else { return }
        self.health = now
        self.failures = failures
        restsMilliseconds = rests?.wholeMilliseconds
    }
}

extension EndpointHealth {
    fileprivate var severity: Int {
        switch self {
        case .unused: 0
        case .well: 1
        case .failing: 2
        case .trying: 3
        case .resting: 4
        }
    }
}
