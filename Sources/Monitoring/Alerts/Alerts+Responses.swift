public import DeskAPI
internal import Storage
public import Vocabulary

extension Alerts {
    /// Takes responsibility for an alert for some time; durable when it returns.
    ///
    /// Doing it twice changes nothing. Of several callers at the same time exactly one wins.
    ///
    /// - Returns: the alert as it is then.
    /// - Throws: ``Problem`` `.notFound`, `.notFiring`, `.alreadyAcknowledged` (with the owner; `take` overrides it) or
    ///   `.staleRevision`; ``StorageFailure`` when it could not be written, and then nothing has happened.
    @discardableResult
    public func acknowledge(
        _ request: AcknowledgeAlert, by caller: Caller, at now: Timestamp
    ) async throws -> Alert {
        try await respond(to: request.id, by: caller) { episode throws(AlertFailure) in
            try episode.acknowledge(request, by: caller, at: now)
        }
    }

    /// Gives an acknowledgment up, whoever's it is: the alert calls again.
    ///
    /// - Throws: ``Problem`` `.notFound` or `.notFiring`; ``StorageFailure`` when it could not be written.
    @discardableResult
    public func unacknowledge(_ id: ID<Alert>, by caller: Caller, at now: Timestamp) async throws -> Alert {
        try await respond(to: id, by: caller) { episode throws(AlertFailure) in try episode.unacknowledge(at: now) }
    }

    /// Decides inside the transaction, on what earlier transactions left, so that nobody decides on a state that is gone.
    private func respond(
        to id: ID<Alert>, by caller: Caller,
        _ decide: @escaping @Sendable (inout AlertEpisode) throws(AlertFailure) -> AlertStep?
    ) async throws -> Alert {
        try await database.write { [self] transaction in
            guard var episode = try AlertStore.episode(id, in: transaction) else { throw Problem(.unknown(id)) }
            let step: AlertStep?
            do throws(AlertFailure) {
                step = try decide(&episode)
            } catch {
                throw Problem(error)
            }
            guard let step else { return episode.alert }
            let calls = episode.calls(after: [step])
            try AlertStore.respond(episode, in: transaction)
            try AlertTrail.record(step, episode.alert, id, by: caller, in: transaction)
            for reason in calls {
                try AlertNoticeStore.append(reason, episode.alert, id, at: episode.alert.updatedAt, in: transaction)
            }
            transaction.afterCommit { [episode] in self.publish(episode) }
            return episode.alert
        }
    }
}
