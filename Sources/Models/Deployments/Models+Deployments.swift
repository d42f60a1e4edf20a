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
    /// The deployment under way whose traffic it is part of.
    public let deployment: ID<Deployment>?
    /// Whether it is the new version of that deployment.
    public let isCanary: Bool
    /// The version that it is tried beside; the version itself when none is.
    public let stable: ID<ModelVersion>

    /// A version that was named itself: no deployment has a part in it.
    public init(to version: ID<ModelVersion>) {
        self.init(version: version, deployment: nil, isCanary: false, stable: version)
    }

    init(version: ID<ModelVersion>, deployment: ID<Deployment>?, isCanary: Bool, stable: ID<ModelVersion>) {
        self.version = version
        self.deployment = deployment
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

    /// Which version a name means for a conversation; `nil` when nothing has the name.
    ///
    /// The same conversation gets the same version for as long as shares only grow: it is the new one's when the keyed
    /// hash of its number lies below the share.
    public func route(_ name: String, for conversation: Int64) -> ModelRoute? {
        shelf.withLockedValue { shelf in
            guard let stable = shelf.aliases[name] else { return nil }
            guard let open = shelf.deployments.values.first(where: { $0.name == name && $0.status.isOpen }),
                open.status != .shadow, let salt = shelf.salts[open.id]
            else { return ModelRoute(to: stable) }
            let isCanary = Models.place(of: conversation, salt: salt) < open.share
            return ModelRoute(
                version: isCanary ? open.canary : open.stable, deployment: open.id, isCanary: isCanary,
                stable: open.stable)
        }
    }

    /// Where a conversation stands among ten thousand.
    static func place(of conversation: Int64, salt: [UInt8]) -> Int64 {
        let digest = SHA256Digest(of: Array("conversation \(conversation)".utf8), authenticatedBy: salt)
        return Int64(digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 10_000)
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
        let salt = SecureRandom().bytes(32)
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
            if let open = shelf.deployments.values.first(where: { $0.name == request.name && $0.status.isOpen }) {
                throw Problem(.inUse, "deployment \(open.id) of \(request.name) is under way: end it first")
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
            if request.isShadow {
                rollout.shadow(request.shadowShare, at: now)
                try Models.forgetDelays(of: version.id, in: transaction)
            } else {
                rollout.step(at: now)
            }
            rollout.deployment.id = ID(
                try transaction.insert(
                    "INSERT INTO deployment (record, evidence, salt) VALUES ('', '', ?)", salt))
            try Models.note(
                "deployment.start", of: rollout.deployment, by: caller, at: now,
                "version \(version.id) beside \(stable)\(request.isShadow ? ", in the shadow" : "")", in: transaction)
            return rollout
        }
    }

    /// Goes on with a deployment, pauses it, promotes it or takes it back.
    ///
    /// - Throws: ``Problem`` `.notFound`, `.staleRevision` when it is over; `StorageFailure`.
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
            switch request.act {
            case .step:
                if rollout.deployment.share >= 10_000 {
                    try Models.promote(&rollout, because: reason, by: caller, at: now, in: transaction)
                } else {
                    try Models.step(&rollout, because: reason, by: caller, at: now, in: transaction)
                }
            case .pause where rollout.deployment.status == .shadow:
                throw Problem(
                    .staleRevision, "in the shadow there is no share to be left as it is: step, or take it back")
            case .pause: try Models.pause(&rollout, because: reason, by: caller, at: now, in: transaction)
            case .promote: try Models.promote(&rollout, because: reason, by: caller, at: now, in: transaction)
            case .rollBack: try Models.rollBack(&rollout, because: reason, by: caller, at: now, in: transaction)
            }
            return rollout
        }
    }

    /// Takes how an answer in a conversation went, and does what follows from it: durable when it returns.
    ///
    /// - Returns: the deployment when its status or share changed by it.
    @discardableResult
    public func observe(
        _ conversation: Int64, on route: ModelRoute, failures: Set<FailureGuard>, at now: Timestamp
    ) async throws -> Deployment? {
        guard let id = route.deployment else { return nil }
        let answer = ObservedAnswer(conversation: conversation, isCanary: route.isCanary, failures: failures)
        return try await observe([answer], of: id, at: now)
    }

    /// Takes how several answers of a deployment went, in one transaction.
    ///
    /// - Returns: the deployment when its status or share changed by them.
    public func observe(
        _ answers: [ObservedAnswer], of id: ID<Deployment>, at now: Timestamp
    ) async throws -> Deployment? {
        let before = shelf.withLockedValue { $0.deployments[id] }
        guard before?.status.isOpen == true else { return nil }
        let after = try await change { transaction in
            var rollout = try Models.rollout(id, in: transaction)
            for answer in answers where rollout.deployment.status.isOpen {
                for verdict in try Models.take(answer, into: &rollout, in: transaction) {
                    try Models.carryOut(verdict, on: &rollout, at: now, in: transaction)
                }
            }
            return rollout
        }
        return after.status != before?.status || after.share != before?.share ? after : nil
    }

    /// Takes what happened to a conversation later: the customer asked for a person, or rated.
    @discardableResult
    public func observe(_ conversation: Int64, failure: FailureGuard, at now: Timestamp) async throws -> Deployment? {
        let open = shelf.withLockedValue { shelf in shelf.deployments.values.filter(\.status.isOpen).map(\.id) }
        for id in open {
            let isCanary: Bool? = try await database.read { snapshot in
                try snapshot.value(
                    "SELECT canary FROM deployment_conversation WHERE deployment = ? AND conversation = ?", id,
                    conversation)
            }
            guard let isCanary else { continue }
            let answer = ObservedAnswer(conversation: conversation, isCanary: isCanary, failures: [failure])
            if let changed = try await observe([answer], of: id, at: now) { return changed }
        }
        return nil
    }
}
