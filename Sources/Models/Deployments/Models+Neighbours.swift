internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// Several versions that are tried under a name at once, each beside the same stable one.
extension Models {
    /// Where the places of each tried version are.
    static let neighboursMigration = Migration(
        "models-arms-1",
        """
        ALTER TABLE deployment ADD COLUMN places TEXT NOT NULL DEFAULT '';
        CREATE INDEX deployment_salt ON deployment (salt);
        """)

    /// The other deployments on the same circle, oldest first.
    static func neighbours(
        of id: ID<Deployment>?, salt: [UInt8], in snapshot: Snapshot
    ) throws -> [Circle.Neighbour] {
        try snapshot.rows(
            "SELECT record, places FROM deployment WHERE salt = ? AND id IS NOT ? AND record != '' ORDER BY id",
            salt, id
        ) { row in
            let record = try Deployment.read(try JSONParser.parse(try row[0] as String), .natural)
            return Circle.Neighbour(
                deployment: record.id, version: record.canary, status: record.status, share: record.share,
                places: try places(try row[1], of: record))
        }
    }

    /// The places of a deployment; those of earlier programs began at the first.
    static func places(_ stored: String, of deployment: Deployment) throws -> Places {
        stored.isEmpty ? Places(first: deployment.share) : try Places(text: stored)
    }

    /// Whether a conversation says nothing of a version, because it is or was another's.
    ///
    /// What another version said before it was taken back is neither this one's fault nor the stable one's. Who comes
    /// to such a place later counts as everybody.
    static func isOfAnother(
        _ conversation: Int64, _ circle: Circle, in transaction: Transaction
    ) throws -> Bool {
        guard !circle.neighbours.isEmpty else { return false }
        let place = circle.place(of: conversation)
        for neighbour in circle.neighbours where neighbour.places.contains(place) {
            if neighbour.hasTraffic { return true }
            let known: Int64? = try transaction.value(
                "SELECT failures FROM deployment_conversation WHERE deployment = ? AND conversation = ?",
                neighbour.deployment, conversation)
            if known != nil { return true }
        }
        return false
    }

    /// Checks that the next share fits beside those of the others.
    ///
    /// - Throws: ``Problem`` `.invalidField`.
    static func requireRoom(for rollout: Rollout, field: String) throws(Problem) {
        guard rollout.nextShare > rollout.room else { return }
        let others = rollout.circle.words
        let wanted = Decimals.percent(Double(rollout.nextShare) / 10_000)
        let left = Decimals.percent(Double(rollout.room) / 10_000)
        let verb = rollout.circle.tried.count == 1 ? "has" : "have"
        throw Problem(
            FieldFault(
                rollout.room > 0
                    ? "must not give \(wanted): \(left) (\(rollout.room) of 10000) are left, \(others) \(verb) the rest"
                    : "must not give \(wanted): nothing is left, \(others) \(verb) all of it"
            ).within(field))
    }

    /// Shares the chance of a false rollback among all that are tried now: together they never have more than one
    /// percent, and what was spent is not given back.
    ///
    /// - Returns: the others, saved.
    static func shareAlpha(with rollout: inout Rollout, in transaction: Transaction) throws -> [Rollout] {
        let alpha = Rollout.alpha / Double(rollout.circle.tried.count + 1)
        rollout.spend(atMost: alpha)
        return try rollout.circle.tried.map { neighbour in
            var other = try self.rollout(neighbour.deployment, in: transaction)
            other.spend(atMost: alpha)
            try save(other, in: transaction)
            return other
        }
    }

    /// Ends the others that are tried, or in the shadow, because the version that they are compared with goes.
    ///
    /// - Returns: the others, saved.
    static func endOthers(
        than rollout: Rollout, by caller: Caller, at now: Timestamp, in transaction: Transaction
    ) throws -> [Rollout] {
        try rollout.circle.neighbours.filter(\.status.isOpen).map { neighbour in
            var other = try self.rollout(neighbour.deployment, in: transaction)
            other.deployment.status = .ended
            other.deployment.share = 0
            other.deployment.endedAt = now
            other.deployment.reason =
                "version \(rollout.deployment.canary) was promoted: what this one was compared with is gone"
            try note(
                "deployment.end", of: other.deployment, by: caller, at: now,
                "version \(other.deployment.canary) ended: \(other.deployment.reason)", in: transaction)
            try save(other, in: transaction)
            return other
        }
    }
}
