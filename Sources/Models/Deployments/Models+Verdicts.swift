internal import Bus
internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

extension Models {
    /// Who acts when nobody does.
    private static let desk = Caller.local(name: "watchdesk")

    /// Carries out a change of a deployment, and of others that follow from it.
    ///
    /// - Returns: the first of them.
    func change(
        _ body: @escaping @Sendable (Transaction) throws -> [Rollout]
    ) async throws -> Deployment {
        guard let first = try await changeAll(body).first else { throw Problem(.notFound, "there is no deployment") }
        return first
    }

    /// Carries out changes of deployments that the body has saved, and tells everybody after they are durable.
    func changeAll(
        _ body: @escaping @Sendable (Transaction) throws -> [Rollout]
    ) async throws -> [Deployment] {
        let shelf = shelf
        let bus = bus
        return try await database.write { transaction in
            let changed = try body(transaction).map(\.deployment)
            let fresh = try Models.read(transaction)
            transaction.afterCommit {
                let moved = shelf.withLockedValue { shelf in
                    let old = shelf
                    shelf.take(fresh)
                    return Models.moved(from: old, to: shelf)
                }
                for version in moved { bus.publish(.modelChanged(version)) }
                for deployment in changed { bus.publish(.deploymentChanged(deployment)) }
            }
            return changed
        }
    }

    /// The versions whose names are others than before.
    static func moved(from old: Shelf, to fresh: Shelf) -> [ModelVersion] {
        fresh.versions.values.filter { old.versions[$0.id]?.aliases != $0.aliases }.sorted { $0.id < $1.id }
    }

    static func rollout(_ id: ID<Deployment>, in transaction: Transaction) throws -> Rollout {
        let stored = try transaction.first(
            "SELECT record, evidence, places, salt FROM deployment WHERE id = ?", id
        ) { row in
            (
                record: try row[0] as String, evidence: try row[1] as String, places: try row[2] as String,
                salt: try row[3] as [UInt8]
            )
        }
        guard let stored else { throw Problem(.notFound, "there is no deployment \(id)") }
        var rollout = try Rollout(record: stored.record, evidence: stored.evidence)
        if !stored.places.isEmpty { rollout.circle.places = try Places(text: stored.places) }
        rollout.circle.salt = stored.salt
        rollout.circle.neighbours = try neighbours(of: id, salt: stored.salt, in: transaction)
        return rollout
    }

    /// Counts what happened in a conversation; each kind of failure once.
    static func take(
        _ answer: ObservedAnswer, into rollout: inout Rollout, in transaction: Transaction
    ) throws -> [Rollout.Verdict] {
        let (conversation, isCanary, failures) = (answer.conversation, answer.isCanary, answer.failures)
        let id = rollout.deployment.id
        guard try !isOfAnother(conversation, rollout.circle, in: transaction) else { return [] }
        let known: Int64? = try transaction.value(
            "SELECT failures FROM deployment_conversation WHERE deployment = ? AND conversation = ?", id, conversation)
        var verdicts: [Rollout.Verdict] = []
        var bits = known ?? 0
        if known == nil { verdicts.append(rollout.began(isCanary: isCanary)) }
        if failures.isEmpty { rollout.wentWell(isCanary: isCanary) }
        for failure in FailureGuard.allCases where failures.contains(failure) && bits & failure.bit == 0 {
            verdicts.append(rollout.failed(failure, isCanary: isCanary, isFirst: bits == 0))
            bits |= failure.bit
        }
        if known == nil || bits != known {
            try transaction.run(
                """
                INSERT INTO deployment_conversation (deployment, conversation, canary, failures) VALUES (?, ?, ?, ?)
                ON CONFLICT (deployment, conversation) DO UPDATE SET failures = excluded.failures
                """, id, conversation, isCanary, bits)
        }
        return verdicts
    }

    /// - Returns: other deployments that were changed by it.
    static func carryOut(
        _ verdict: Rollout.Verdict, on rollout: inout Rollout, at now: Timestamp, in transaction: Transaction
    ) throws -> [Rollout] {
        // A verdict before may have ended it.
        guard rollout.deployment.status.isOpen else { return [] }
        switch verdict {
        case .wait: return []
        case .step:
            return try step(&rollout, because: "the step went well", by: desk, at: now, in: transaction)
        case .promote:
            return try promote(&rollout, because: "every step went well", by: desk, at: now, in: transaction)
        case .pause(let reason): try pause(&rollout, because: reason, by: desk, at: now, in: transaction)
        case .rollBack(let reason): try rollBack(&rollout, because: reason, by: desk, at: now, in: transaction)
        }
        return []
    }

    /// - Returns: other deployments that were changed by it.
    static func step(
        _ rollout: inout Rollout, because reason: String, by caller: Caller, at now: Timestamp,
        in transaction: Transaction
    ) throws -> [Rollout] {
        let before = rollout.deployment.status
        // Going on after a pause leaves the share as it is, unless the step had its conversations.
        if before == .paused, rollout.deployment.stepConversations < rollout.deployment.leastConversations {
            rollout.deployment.status = .canary
        } else {
            try requireRoom(for: rollout, field: "act")
            rollout.step(at: now)
        }
        rollout.deployment.reason = reason
        let who = rollout.circle.tried.isEmpty ? "" : "version \(rollout.deployment.canary) gets "
        try note(
            "deployment.step", of: rollout.deployment, by: caller, at: now,
            "\(who)\(rollout.deployment.share) of 10000: \(reason)", in: transaction)
        return before == .shadow ? try shareAlpha(with: &rollout, in: transaction) : []
    }

    static func pause(
        _ rollout: inout Rollout, because reason: String, by caller: Caller, at now: Timestamp,
        in transaction: Transaction
    ) throws {
        rollout.deployment.status = .paused
        rollout.deployment.reason = reason
        try note(
            "deployment.pause", of: rollout.deployment, by: caller, at: now,
            "version \(rollout.deployment.canary) paused: \(reason)", in: transaction)
    }

    /// - Returns: the others that it ended.
    static func promote(
        _ rollout: inout Rollout, because reason: String, by caller: Caller, at now: Timestamp,
        in transaction: Transaction
    ) throws -> [Rollout] {
        let others = try endOthers(than: rollout, by: caller, at: now, in: transaction)
        rollout.deployment.status = .promoted
        rollout.deployment.share = 10_000
        rollout.deployment.endedAt = now
        rollout.deployment.reason = reason
        if !others.isEmpty {
            rollout.deployment.reason += "; ended: \(Circle.words(others.map(\.deployment.canary)))"
        }
        try point(
            rollout.deployment.name, to: rollout.deployment.canary, because: reason, by: caller, at: now, transaction)
        return others
    }

    /// Takes back what is under way for a name.
    static func endDeployments(
        of name: String, because reason: String, by caller: Caller, at now: Timestamp, _ transaction: Transaction
    ) throws {
        for open in try read(transaction).deployments.values where open.name == name && open.status.isOpen {
            var rollout = try rollout(open.id, in: transaction)
            try rollBack(&rollout, because: reason, by: caller, at: now, in: transaction)
            try save(rollout, in: transaction)
        }
    }

    static func save(_ rollout: Rollout, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE deployment SET record = ?, evidence = ?, places = ? WHERE id = ?", rollout.deployment.json,
            rollout.evidenceText, rollout.circle.places.text, rollout.deployment.id)
    }

    static func rollBack(
        _ rollout: inout Rollout, because reason: String, by caller: Caller, at now: Timestamp,
        in transaction: Transaction
    ) throws {
        rollout.deployment.status = .rolledBack
        rollout.deployment.share = 0
        rollout.deployment.endedAt = now
        rollout.deployment.reason = reason
        try note(
            "deployment.rollback", of: rollout.deployment, by: caller, at: now,
            "version \(rollout.deployment.canary) rolled back: \(reason)", in: transaction)
    }

    static func note(
        _ action: String, of deployment: Deployment, by caller: Caller, at now: Timestamp, _ detail: String,
        in transaction: Transaction
    ) throws {
        try AuditTrail.append(
            AuditTrail.Draft(
                at: now, actor: caller.actor, actorName: caller.name, action: action,
                subject: "deployment:\(deployment.id)", detail: "\(deployment.name): \(detail)"),
            in: transaction)
    }
}
