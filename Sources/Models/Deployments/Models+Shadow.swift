internal import Bus
public import DeskAPI
internal import Digests
internal import JSON
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// A question that a version is asked out of the customers' sight.
public struct ShadowRoute: Equatable, Sendable {
    /// The deployment whose shadow it is.
    public let deployment: ID<Deployment>
    /// The version that is asked.
    public let version: ID<ModelVersion>

    /// A version in the shadow of a deployment.
    public init(deployment: ID<Deployment>, version: ID<ModelVersion>) {
        (self.deployment, self.version) = (deployment, version)
    }
}

/// What a version made of a question out of the customers' sight.
public struct ShadowAnswer: Equatable, Sendable {
    /// What two answers to the same question have in common, as far as it is measured.
    public struct Comparison: Equatable, Sendable {
        /// Whether the new version did not know, and offered a person.
        public var isRefused: Bool
        /// Whether the stable version did not know, and offered a person.
        public var isStableRefused: Bool
        /// Whether both rest on the same passage; `nil` unless both rest on one.
        public var isSamePassage: Bool?

        /// A comparison.
        public init(isRefused: Bool, isStableRefused: Bool, isSamePassage: Bool?) {
            (self.isRefused, self.isStableRefused) = (isRefused, isStableRefused)
            self.isSamePassage = isSamePassage
        }
    }

    /// What it used, and when its words came; its failure counts as an error.
    public var use: ModelUse
    /// What was wrong with it.
    public var failures: Set<FailureGuard> = []
    /// What it has in common with the answer that the customer got; `nil` unless both answered.
    public var comparison: Comparison?

    /// An answer.
    public init(_ use: ModelUse) {
        self.use = use
    }
}

extension Models {
    /// What is kept of shadows.
    static let shadowMigration = Migration(
        "models-shadow-1",
        """
        ALTER TABLE model_version ADD COLUMN shadow TEXT;
        CREATE TABLE shadow_delay (
            version INTEGER NOT NULL REFERENCES model_version (id),
            slot INTEGER NOT NULL,
            first_token REAL NOT NULL,
            total REAL NOT NULL,
            PRIMARY KEY (version, slot)
        ) STRICT;
        """)

    /// Which versions are asked a question beside the one that answers it; none for a question outside of their shares.
    ///
    /// A question is in the share when the keyed hash of its place lies below it: asked again, it is so again.
    public func shadows(of name: String, in conversation: Int64, question: Int64) -> [ShadowRoute] {
        shelf.withLockedValue { shelf in
            let open = shelf.deployments.values.filter { $0.name == name && $0.status == .shadow }
            return open.sorted { $0.id < $1.id }.compactMap { open in
                guard let salt = shelf.salts[open.id], let share = open.shadowShare,
                    Models.place(of: conversation, question: question, salt: salt) < share
                else { return nil }
                return ShadowRoute(deployment: open.id, version: open.canary)
            }
        }
    }

    /// Where a question stands among ten thousand.
    static func place(of conversation: Int64, question: Int64, salt: [UInt8]) -> Int64 {
        let digest = SHA256Digest(of: Array("question \(question) of \(conversation)".utf8), authenticatedBy: salt)
        return Int64(digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 10_000)
    }

    /// Counts an answer out of the customers' sight, at the version and at the deployment, with what it used of the
    /// budgets; and questions that were left out meanwhile.
    ///
    /// It is evidence neither for nor against the version.
    /// - Parameter answer: `nil` when nothing was asked.
    public func record(
        _ answer: ShadowAnswer?, on route: ShadowRoute, dropped: Int64 = 0, overBudget: Int64 = 0,
        charging charges: [BudgetCharge] = [], at now: Timestamp
    ) async throws {
        let (shelf, bus) = (shelf, bus)
        try await database.write { transaction in
            var rollout = try Models.rollout(route.deployment, in: transaction)
            let stored: String? = try transaction.value("SELECT shadow FROM model_version WHERE id = ?", route.version)
            var counts = try stored.map { try ShadowCounts.read(try JSONParser.parse($0), .natural) } ?? ShadowCounts()
            var own = rollout.deployment.shadow ?? ShadowCounts()
            counts.take(answer, dropped: dropped, overBudget: overBudget)
            own.take(answer, dropped: dropped, overBudget: overBudget)
            if let answer { try Models.count(answer, &counts, at: now, in: transaction) }
            own.copyDelays(of: counts)
            rollout.deployment.shadow = own
            try Models.save(rollout, in: transaction)
            try transaction.run("UPDATE model_version SET shadow = ? WHERE id = ?", counts.json, route.version)
            try BudgetCharge.write(charges, in: transaction)
            let (deployment, sums) = (rollout.deployment, counts)
            transaction.afterCommit {
                let changed = shelf.withLockedValue { shelf -> ModelVersion? in
                    shelf.deployments[deployment.id] = deployment
                    shelf.versions[route.version]?.take(answer?.use, sums, at: now)
                    return shelf.versions[route.version]
                }
                if let changed { bus.publish(.modelChanged(changed)) }
                bus.publish(.deploymentChanged(deployment))
            }
        }
    }

    /// Counts the tokens at the version, and how long the words took.
    private static func count(
        _ answer: ShadowAnswer, _ counts: inout ShadowCounts, at now: Timestamp, in transaction: Transaction
    ) throws {
        let use = answer.use
        try transaction.run(
            """
            UPDATE model_version SET prompt_tokens = prompt_tokens + ?, answer_tokens = answer_tokens + ?,
                cached_tokens = cached_tokens + ?, cache_write_tokens = cache_write_tokens + ?,
                reasoning_tokens = reasoning_tokens + ?, estimated = estimated + ?, cost = cost + ?, last_used_at = ?
            WHERE id = ?
            """, use.tokens.prompt, use.tokens.answer, use.tokens.cached, use.tokens.cacheWritten,
            use.tokens.reasoning, use.isEstimated ? 1 : 0, use.cost, now, use.version)
        guard use.failure == nil, let total = use.total else { return }
        try transaction.run(
            "INSERT OR REPLACE INTO shadow_delay (version, slot, first_token, total) VALUES (?, ?, ?, ?)",
            use.version, counts.requests % DelayWindow.size, (use.firstToken ?? total).inSeconds * 1000,
            total.inSeconds * 1000)
        var window = DelayWindow()
        try transaction.forEach(
            "SELECT slot, first_token, total FROM shadow_delay WHERE version = ?", use.version
        ) { row in
            window.put(firstToken: try row[1], total: try row[2], slot: try row[0])
        }
        window.describe(&counts)
    }

    /// Begins to measure anew: what a version took in an earlier shadow says nothing of this one.
    static func forgetDelays(of version: ID<ModelVersion>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM shadow_delay WHERE version = ?", version)
    }
}

extension ShadowCounts {
    fileprivate mutating func take(_ answer: ShadowAnswer?, dropped: Int64, overBudget: Int64) {
        self.dropped += dropped
        self.overBudget += overBudget
        guard let answer else { return }
        let use = answer.use
        requests += 1
        errors += answer.failures.contains(.errors) ? 1 : 0
        empty += answer.failures.contains(.empty) ? 1 : 0
        slow += answer.failures.contains(.slow) ? 1 : 0
        withheld += answer.failures.contains(.withheld) ? 1 : 0
        promptTokens += use.tokens.prompt
        answerTokens += use.tokens.answer
        estimated += use.isEstimated ? 1 : 0
        cost += use.cost
        lastError = use.failure ?? lastError
        guard let comparison = answer.comparison else { return }
        compared += 1
        refusedAlone += comparison.isRefused && !comparison.isStableRefused ? 1 : 0
        answeredAlone += !comparison.isRefused && comparison.isStableRefused ? 1 : 0
        grounded += comparison.isSamePassage != nil ? 1 : 0
        samePassage += comparison.isSamePassage == true ? 1 : 0
    }

    fileprivate mutating func copyDelays(of other: ShadowCounts) {
        (firstTokenP50, firstTokenP95) = (other.firstTokenP50, other.firstTokenP95)
        (totalP50, totalP95) = (other.totalP50, other.totalP95)
    }
}

extension ModelVersion {
    /// Counts in memory as the database does.
    fileprivate mutating func take(_ use: ModelUse?, _ sums: ShadowCounts, at now: Timestamp) {
        shadow = sums
        guard let use else { return }
        promptTokens += use.tokens.prompt
        answerTokens += use.tokens.answer
        cachedTokens += use.tokens.cached
        cacheWriteTokens += use.tokens.cacheWritten
        reasoningTokens += use.tokens.reasoning
        estimated += use.isEstimated ? 1 : 0
        cost += use.cost
        lastUsedAt = now
    }
}
