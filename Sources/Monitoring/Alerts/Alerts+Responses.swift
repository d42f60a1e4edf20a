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

    /// Takes responsibility for several alerts; each is decided by itself.
    ///
    /// - Returns: what became of each, in their order.
    /// - Throws: ``StorageFailure`` when one could not be written; those before it are acknowledged.
    public func acknowledge(
        _ request: AcknowledgeAlerts, by caller: Caller, at now: Timestamp
    ) async throws -> [AlertOutcome] {
        var outcomes: [AlertOutcome] = []
        for id in request.ids {
            var outcome = AlertOutcome()
            outcome.id = id
            var one = AcknowledgeAlert(id, note: request.note, minutes: request.minutes)
            (one.take, one.extend) = (request.take, request.extend)
            do {
                outcome.alert = try await acknowledge(one, by: caller, at: now)
            } catch let problem as Problem {
                outcome.code = problem.code.rawValue
                outcome.detail = problem.detail
            }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Gives an acknowledgment up, whoever's it is: the alert calls again.
    ///
    /// - Throws: ``Problem`` `.notFound` or `.notFiring`; ``StorageFailure`` when it could not be written.
    @discardableResult
    public func unacknowledge(
        _ request: UnacknowledgeAlert, by caller: Caller, at now: Timestamp
    ) async throws -> Alert {
        try await respond(to: request.id, by: caller, saying: request.reason) { episode throws(AlertFailure) in
            try episode.unacknowledge(at: now)
        }
    }

    /// Ends an alert by hand; it fires again only after its value was good once.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.notFiring`, `.staleRevision` or `.invalidField` without a note;
    ///   ``StorageFailure`` when it could not be written.
    @discardableResult
    public func resolve(_ request: ResolveAlert, by caller: Caller, at now: Timestamp) async throws -> Alert {
        guard !request.note.allSatisfy(\.isWhitespace) else {
            throw Problem(FieldFault("must say what was found, for whoever reads it later").within("note"))
        }
        return try await respond(to: request.id, by: caller, saying: request.note) { episode throws(AlertFailure) in
            try episode.resolve(request, by: caller, at: now)
        }
    }

    /// Says who is to take care of an alert.
    ///
    /// - Throws: ``Problem`` `.notFound` or `.notFiring`; ``StorageFailure`` when it could not be written.
    @discardableResult
    public func assign(_ request: AssignAlert, by caller: Caller, at now: Timestamp) async throws -> Alert {
        try await respond(to: request.id, by: caller, saying: request.note) { episode throws(AlertFailure) in
            try episode.assign(request, at: now)
        }
    }

    /// Decides inside the transaction, on what earlier transactions left, so that nobody decides on a state that is gone.
    private func respond(
        to id: ID<Alert>, by caller: Caller, saying reason: String = "",
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
            try AlertTrail.record(step, episode.alert, by: caller, saying: reason, in: transaction)
            try AlertNoticeStore.append(calls, episode.alert, at: episode.alert.updatedAt, in: transaction)
            transaction.afterCommit { [episode] in self.publish(episode) }
            return episode.alert
        }
    }
}
