internal import Bus
public import DeskAPI
internal import Digests
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// Which version answers a conversation, and whether it is being tried.
public struct ModelRoute: Equatable, Sendable {
    /// The version.
    public let version: ID<ModelVersion>
    /// The deployments under way that count what it answers: that of a tried version, or all that are compared with it.
    public let deployments: [ID<Deployment>]
    /// Whether it is the new version of that deployment.
    public let isCanary: Bool
    /// The version that it is tried beside; the version itself when none is.
    public let stable: ID<ModelVersion>

    /// A version that was named itself: no deployment has a part in it.
    public init(to version: ID<ModelVersion>) {
        self.init(version: version, deployments: [], isCanary: false, stable: version)
    }

    init(version: ID<ModelVersion>, deployments: [ID<Deployment>], isCanary: Bool, stable: ID<ModelVersion>) {
        self.version = version
        self.deployments = deployments
        self.isCanary = isCanary
        self.stable = stable
    }
}

/// How an answer in a conversation went.
public struct ObservedAnswer: Equatable, Sendable {
    /// The conversation's number; negative for threads of clients.
    public let conversation: Int64
    /// Whether the new version gave it.
    public let isCanary: Bool
    /// What was wrong with it.
    public let failures: Set<FailureGuard>

    /// An answer.
    public init(conversation: Int64, isCanary: Bool, failures: Set<FailureGuard>) {
        self.conversation = conversation
        self.isCanary = isCanary
        self.failures = failures
    }
}

extension Models {
    /// A version that was rolled back may not be tried again for so long, unless somebody insists.
    static let coolDown: Duration = .seconds(6 * 3600)

    /// How many versions may be tried under a name at once.
    static let mostTried = 4

    /// Which version a name means for a conversation; `nil` when nothing has the name.
    ///
    /// The same conversation gets the same version for as long as shares only grow: the keyed hash of its number is a
    /// place that belongs to one of the versions.
    public func route(_ name: String, for conversation: Int64) -> ModelRoute? {
        shelf.withLockedValue { shelf in
            guard let named = shelf.aliases[name] else { return nil }
            let tried = shelf.tried[name] ?? []
            guard let first = tried.first, let salt = shelf.salts[first] else { return ModelRoute(to: named) }
            let stable = shelf.deployments[first]?.stable ?? named
            let place = Circle.place(of: conversation, salt: salt)
            for id in tried where shelf.places[id]?.contains(place) == true {
                guard let version = shelf.deployments[id]?.canary else { continue }
                return ModelRoute(version: version, deployments: [id], isCanary: true, stable: stable)
            }
            return ModelRoute(version: stable, deployments: tried, isCanary: false, stable: stable)
        }
    }

    /// Every deployment, the newest first.
    public var deployments: List<Deployment> {
        List(shelf.withLockedValue { Array($0.deployments.values) }.sorted { $0.id > $1.id })
    }

    /// Begins to move traffic in steps.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.inUse`, `.coolingDown`, `.invalidField`; `StorageFailure`.
    public func start(_ request: StartDeployment, by caller: Caller, at now: Timestamp) async throws -> Deployment {
        try requireRight(of: caller, toGiveTrafficUnder: request.name)
        let rising = zip(request.steps, request.steps.dropFirst()).allSatisfy { $0 < $1 }
        guard rising, (request.steps.first ?? 0) >= 1, request.steps.last == 10_000 else {
            throw Problem(
                FieldFault("must grow from 1 up to 10000, such as [100, 500, 2500, 5000, 10000]").within("steps"))
        }
        let fresh = SecureRandom().bytes(32)
        return try await change { transaction in
            let shelf = try Models.read(transaction)
            guard let stable = shelf.aliases[request.name] else {
                throw Problem(.notFound, "no version has the name \(request.name)")
            }
            guard let version = shelf.versions[request.version], version.kind == .chat else {
                throw Problem(.notFound, "there is no chat version \(request.version)")
            }
            guard stable != version.id else {
                throw Problem(.inUse, "\(request.name) points to version \(version.id) already")
            }
            let open = shelf.deployments.values.filter { $0.name == request.name && $0.status.isOpen }
                .sorted { $0.id < $1.id }
            if let same = open.first(where: { $0.canary == version.id }) {
                throw Problem(
                    .inUse,
                    "deployment \(same.id) of \(request.name) tries version \(version.id) already: end it first")
            }
            guard open.count < Models.mostTried else {
                throw Problem(
                    .inUse,
                    "\(Circle.words(open.map(\.canary))) are tried under \(request.name) already, and more than "
                        + "\(Models.mostTried) at once cannot be: end one first")
            }
            // Whom nobody heard was not taken back from anybody.
            let last = shelf.deployments.values.filter {
                $0.canary == version.id && $0.status == .rolledBack && ($0.shadow == nil || $0.canaryConversations > 0)
            }.compactMap(\.endedAt).max()
            if !request.isAgain, let last, now - last < Models.coolDown {
                throw Problem(
                    .coolingDown, "version \(version.id) was rolled back within the last six hours; say again to insist"
                )
            }
            var deployment = Deployment()
            deployment.name = request.name
            (deployment.stable, deployment.canary) = (stable, version.id)
            deployment.steps = request.steps
            (deployment.leastConversations, deployment.margin) = (request.leastConversations, request.margin)
            deployment.startedBy = caller.name
            deployment.startedAt = now
            let before = shelf.versions[stable].map { "\($0.model) v\($0.version)" } ?? "version \(stable)"
            deployment.reason = "began beside \(before)"
            var rollout = Rollout(deployment)
            let salt = open.first.flatMap { shelf.salts[$0.id] } ?? fresh
            rollout.circle.salt = salt
            rollout.circle.neighbours = try Models.neighbours(of: nil, salt: salt, in: transaction)
            if request.isShadow {
                rollout.shadow(request.shadowShare, at: now)
                try Models.forgetDelays(of: version.id, in: transaction)
            } else {
                try Models.requireRoom(for: rollout, field: "steps")
                rollout.step(at: now)
            }
            rollout.deployment.id = ID(
                try transaction.insert(
                    "INSERT INTO deployment (record, evidence, salt) VALUES ('', '', ?)", salt))
            let beside = open.isEmpty ? "" : ", and \(Circle.words(open.map(\.canary)))"
            try Models.note(
                "deployment.start", of: rollout.deployment, by: caller, at: now,
                "version \(version.id) beside \(stable)\(beside)\(request.isShadow ? ", in the shadow" : "")",
                in: transaction)
            let others = request.isShadow ? [] : try Models.shareAlpha(with: &rollout, in: transaction)
            try Models.save(rollout, in: transaction)
            return [rollout] + others
        }
    }

    /// Goes on with a deployment, pauses it, promotes it or takes it back.
    ///
    /// Promoting a version ends the others that are tried: they were compared with a version that nobody has any more.
    /// - Throws: ``Problem`` `.notFound`, `.staleRevision` when it is over, `.invalidField` when the next share does
    ///   not fit beside the others'; `StorageFailure`.
    public func steer(_ request: SteerDeployment, by caller: Caller, at now: Timestamp) async throws -> Deployment {
        try await change { transaction in
            var rollout = try Models.rollout(request.id, in: transaction)
            guard rollout.deployment.status.isOpen else {
                throw Problem(.staleRevision, "deployment \(request.id) is over")
            }
            if request.act == .step || request.act == .promote {
                try self.requireRight(of: caller, toGiveTrafficUnder: rollout.deployment.name)
            }
            let reason = request.reason.isEmpty ? "\(caller.name) wanted it" : request.reason
            var others: [Rollout] = []
            switch request.act {
            case .step:
                if rollout.deployment.share >= 10_000 {
                    others = try Models.promote(&rollout, because: reason, by: caller, at: now, in: transaction)
                } else {
                    others = try Models.step(&rollout, because: reason, by: caller, at: now, in: transaction)
                }
            case .pause where rollout.deployment.status == .shadow:
                throw Problem(
                    .staleRevision, "in the shadow there is no share to be left as it is: step, or take it back")
            case .pause: try Models.pause(&rollout, because: reason, by: caller, at: now, in: transaction)
            case .promote:
                others = try Models.promote(&rollout, because: reason, by: caller, at: now, in: transaction)
            case .rollBack: try Models.rollBack(&rollout, because: reason, by: caller, at: now, in: transaction)
            }
            try Models.save(rollout, in: transaction)
            return [rollout] + others
        }
    }

    /// Takes how an answer in a conversation went, and does what follows from it: durable when it returns.
    ///
    /// - Returns: the deployments whose status or share changed by it.
    @discardableResult
    public func observe(
        _ conversation: Int64, on route: ModelRoute, failures: Set<FailureGuard>, at now: Timestamp
    ) async throws -> [Deployment] {
        let answer = ObservedAnswer(conversation: conversation, isCanary: route.isCanary, failures: failures)
        return try await observe([answer], of: route.deployments, at: now)
    }

    /// Takes how several answers went for each of some deployments, in one transaction.
    ///
    /// - Returns: the deployments whose status or share changed by them.
    public func observe(
        _ answers: [ObservedAnswer], of ids: [ID<Deployment>], at now: Timestamp
    ) async throws -> [Deployment] {
        let before = shelf.withLockedValue { shelf in
            ids.compactMap { shelf.deployments[$0] }.filter(\.status.isOpen)
        }
        guard !before.isEmpty else { return [] }
        let after = try await changeAll { transaction in
            var changed: [Rollout] = []
            // One after the other: what becomes of one changes the shares of the next.
            for id in before.map(\.id) {
                var rollout = try Models.rollout(id, in: transaction)
                for answer in answers where rollout.deployment.status.isOpen {
                    for verdict in try Models.take(answer, into: &rollout, in: transaction) {
                        changed += try Models.carryOut(verdict, on: &rollout, at: now, in: transaction)
                    }
                }
                try Models.save(rollout, in: transaction)
                changed.append(rollout)
            }
            return changed
        }
        return after.filter { now in
            before.contains { $0.id == now.id && ($0.status != now.status || $0.share != now.share) }
        }
    }

    /// Takes what happened to a conversation later: the customer asked for a person, or rated.
    ///
    /// - Returns: the deployments whose status or share changed by it.
    @discardableResult
    public func observe(_ conversation: Int64, failure: FailureGuard, at now: Timestamp) async throws -> [Deployment] {
        let open = shelf.withLockedValue { shelf in shelf.deployments.values.filter(\.status.isOpen).map(\.id) }
        var changed: [Deployment] = []
        for id in open.sorted() {
            let isCanary: Bool? = try await database.read { snapshot in
                try snapshot.value(
                    "SELECT canary FROM deployment_conversation WHERE deployment = ? AND conversation = ?", id,
                    conversation)
            }
            guard let isCanary else { continue }
            let answer = ObservedAnswer(conversation: conversation, isCanary: isCanary, failures: [failure])
            changed += try await observe([answer], of: [id], at: now)
        }
        return changed
    }
}
