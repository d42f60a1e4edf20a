internal import Conversations
internal import DeskAPI
internal import Monitoring
internal import Security
internal import Vocabulary

extension EndpointTable {
    /// What was, and what happened.
    var past: [Endpoint] {
        let parts = parts
        return [
            bind(Operations.showMoment) { _, input, now in
                try await EndpointTable.moment(input, of: parts, at: now)
            },
            bind(Operations.listOccurrences) { _, input, now in
                try await parts.security.occurrences(input, at: now)
            },
        ]
    }

    /// What each slice knows of a moment; a host that was not measured then is left out.
    private static func moment(_ request: ShowMoment, of parts: DeskParts, at now: Timestamp) async throws -> DeskMoment
    {
        guard request.at <= now else {
            throw Problem(.invalidField, "at must not lie in the future; it is \(now.rfc3339) here")
        }
        var moment = DeskMoment()
        moment.at = request.at
        if let host = request.host ?? parts.hosts.own {
            do {
                if let found = try await parts.history.snapshot(of: host, at: request.at) {
                    moment.host = found.snapshot.record
                    moment.step = found.step
                }
            } catch let failure as HistoryFailure {
                guard request.host == nil else { throw Problem(failure) }
            }
        }
        moment.alerts = try await parts.alerts.past(at: request.at)
        moment.conversations = try await parts.conversations.past(at: request.at)
        return moment
    }
}
