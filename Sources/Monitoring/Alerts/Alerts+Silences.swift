public import DeskAPI
internal import Storage
public import Vocabulary

extension Alerts {
    /// Keeps what matches from calling anybody for some time; durable when it returns.
    ///
    /// Open alerts that match are silenced with the next snapshot, at most a second later.
    ///
    /// - Throws: ``Problem`` `.invalidField` for a matcher that is none or an end that has passed; ``StorageFailure``.
    @discardableResult
    public func silence(_ request: CreateSilence, by caller: Caller, at now: Timestamp) async throws -> Silence {
        var silence = Silence()
        silence.matchers = try Alerts.matchers(request.matchers).map(\.description)
        silence.comment = request.comment
        silence.author = caller.name
        silence.createdAt = now
        silence.startsAt = max(request.startsAt ?? now, now)
        silence.endsAt = silence.startsAt + .seconds(request.minutes * 60)
        guard !request.comment.allSatisfy(\.isWhitespace) else {
            throw Problem(FieldFault("must say why, for colleagues").within("comment"))
        }
        let draft = silence
        return try await database.write { [self] transaction in
            var made = draft
            try SilenceStore.insert(&made, in: transaction)
            try Alerts.record("silence.create", made, by: caller, at: now, in: transaction)
            try followSilences(after: transaction, at: now)
            return made
        }
    }

    /// Ends a silence now; what still fires calls again with the next snapshot.
    ///
    /// Ending one that is over changes nothing.
    ///
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    @discardableResult
    public func expire(_ id: ID<Silence>, by caller: Caller, at now: Timestamp) async throws -> Silence {
        try await database.write { [self] transaction in
            guard var silence = try SilenceStore.silence(id, in: transaction) else {
                throw Problem(.notFound, "there is no silence \(id)")
            }
            guard silence.endsAt > now else { return silence }
            silence.endsAt = now
            silence.expiredBy = caller.name
            try SilenceStore.expire(silence, in: transaction)
            try Alerts.record("silence.expire", silence, by: caller, at: now, in: transaction)
            try followSilences(after: transaction, at: now)
            return silence
        }
    }

    /// Silences that hold or will, and the newest of those that are over if asked for.
    ///
    /// - Throws: ``StorageFailure``.
    public func silences(_ request: ListSilences, at now: Timestamp) async throws -> [Silence] {
        try await database.read { snapshot in
            let held = try SilenceStore.list(isOver: false, at: now, in: snapshot)
            return request.expired ? held + (try SilenceStore.list(isOver: true, at: now, in: snapshot)) : held
        }
    }

    /// The open alerts that a silence would hide, newest first.
    ///
    /// - Throws: ``Problem`` `.invalidField` for a matcher that is none.
    public func preview(_ request: PreviewSilence) throws -> [Alert] {
        let matchers = try Alerts.matchers(request.matchers)
        return open.filter { alert in
            let labels = AlertLabels.of(alert)
            return matchers.allSatisfy { $0.accepts(labels) }
        }.sorted { $0.id > $1.id }
    }

    private static func matchers(_ texts: [String]) throws(Problem) -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        for text in texts {
            do throws(LabelMatcher.Fault) {
                matchers.append(try LabelMatcher(text))
            } catch {
                throw Problem(FieldFault(error.message).within("matchers"))
            }
        }
        return matchers
    }

    private static func record(
        _ action: String, _ silence: Silence, by caller: Caller, at now: Timestamp, in transaction: Transaction
    ) throws {
        let comment = SafeText(untrusted: silence.comment, limit: 500).oneLine.text
        _ = try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: caller.actor, actorName: caller.name, action: action, subject: "silence:\(silence.id)",
                detail: "\(silence.matchers.joined(separator: ", ")) until \(silence.endsAt.rfc3339): \(comment)"),
            in: transaction)
    }

    private func followSilences(after transaction: Transaction, at now: Timestamp) throws {
        let held = try SilenceStore.list(isOver: false, at: now, in: transaction)
        transaction.afterCommit { self.follow(held, at: now) }
    }
}
