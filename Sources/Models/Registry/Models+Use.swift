internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// One answer that was asked of a version.
public struct ModelUse: Equatable, Sendable {
    /// The version.
    public var version: ID<ModelVersion>
    /// The conversation it was given in; `nil` for other programs, whose threads nobody rates or takes over.
    public var conversation: ID<Conversation>?
    /// Its tokens.
    public var tokens = TokenCounts()
    /// Whether the tokens were estimated.
    public var isEstimated = false
    /// What it cost by the price of that moment, in nano-dollars; 0 where no price is known.
    public var cost: Int64 = 0
    /// Time to the first word; `nil` when there was none.
    public var firstToken: Duration?
    /// Time to the last word; `nil` when the answer failed.
    public var total: Duration?
    /// Why it failed; `nil` when it answered.
    public var failure: String?

    /// A use of a version.
    public init(of version: ID<ModelVersion>) {
        self.version = version
    }
}

extension Models {
    /// Counts a use, durably, and tells everybody.
    public func record(_ use: ModelUse, at now: Timestamp) async throws {
        try await record([use], at: now)
    }

    /// Counts several uses in one transaction, and tells everybody what each version came to.
    ///
    /// - Parameter charges: what of the budgets they used, written with them or not at all.
    public func record(_ uses: [ModelUse], charging charges: [BudgetCharge] = [], at now: Timestamp) async throws {
        let shelf = shelf
        let bus = bus
        try await database.write { transaction in
            let isFirst = try uses.map { try Models.count($0, at: now, in: transaction) }
            try BudgetCharge.write(charges, in: transaction)
            transaction.afterCommit {
                var changed: [ID<ModelVersion>: ModelVersion] = [:]
                shelf.withLockedValue { shelf in
                    for (use, isFirst) in zip(uses, isFirst) {
                        changed[use.version] = shelf.take(use, isFirst: isFirst, at: now)
                    }
                }
                for version in changed.values { bus.publish(.modelChanged(version)) }
            }
        }
    }

    /// - Returns: whether it is the version's first answer in its conversation.
    private static func count(_ use: ModelUse, at now: Timestamp, in transaction: Transaction) throws -> Bool {
        let requests: Int64? = try transaction.value(
            """
            UPDATE model_version SET requests = requests + 1, errors = errors + ?, prompt_tokens = prompt_tokens + ?,
                answer_tokens = answer_tokens + ?, cached_tokens = cached_tokens + ?,
                cache_write_tokens = cache_write_tokens + ?, reasoning_tokens = reasoning_tokens + ?, estimated = estimated + ?, cost = cost + ?,
                last_error = coalesce(?, last_error), last_used_at = ?
            WHERE id = ? RETURNING requests
            """,
            use.failure == nil ? 0 : 1, use.tokens.prompt, use.tokens.answer, use.tokens.cached,
            use.tokens.cacheWritten, use.tokens.reasoning, use.isEstimated ? 1 : 0, use.cost, use.failure, now,
            use.version)
        guard let requests, use.failure == nil else { return false }
        let isFirst = try use.conversation.map { try answered(use.version, in: $0, at: now, transaction) } ?? false
        guard let total = use.total else { return isFirst }
        try transaction.run(
            "INSERT OR REPLACE INTO model_delay (version, slot, first_token, total) VALUES (?, ?, ?, ?)",
            use.version, requests % DelayWindow.size, (use.firstToken ?? total).inSeconds * 1000,
            total.inSeconds * 1000)
        return isFirst
    }
}

extension Models.Shelf {
    /// Counts the use in memory as the database does, and gives the version as it is now.
    fileprivate mutating func take(_ use: ModelUse, isFirst: Bool, at now: Timestamp) -> ModelVersion? {
        guard var version = versions[use.version] else { return nil }
        version.conversations += isFirst ? 1 : 0
        version.requests += 1
        version.errors += use.failure == nil ? 0 : 1
        version.promptTokens += use.tokens.prompt
        version.answerTokens += use.tokens.answer
        version.cachedTokens += use.tokens.cached
        version.cacheWriteTokens += use.tokens.cacheWritten
        version.reasoningTokens += use.tokens.reasoning
        version.estimated += use.isEstimated ? 1 : 0
        version.cost += use.cost
        version.lastError = use.failure ?? version.lastError
        version.lastUsedAt = now
        if let total = use.total, use.failure == nil {
            delays[use.version, default: DelayWindow()].put(
                firstToken: (use.firstToken ?? total).inSeconds * 1000, total: total.inSeconds * 1000,
                slot: version.requests % DelayWindow.size)
        }
        delays[use.version]?.describe(&version)
        versions[use.version] = version
        return version
    }
}
