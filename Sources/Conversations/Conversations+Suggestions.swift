public import DeskAPI
internal import Storage
public import Vocabulary

extension Conversations {
    /// Remembers what the assistant suggests to a person; an earlier suggestion that was not used counts as rejected.
    ///
    /// - Returns: the suggestion with its number.
    /// - Throws: ``Problem`` `.notFound`; ``StorageFailure``.
    public func remember(
        _ suggestion: Suggestion, for caller: Caller, at now: Timestamp
    ) async throws -> Suggestion {
        try await database.write { transaction in
            _ = try transaction.conversation(suggestion.conversation, seenBy: caller)
            try transaction.settleSuggestion(in: suggestion.conversation, of: caller, at: now) { _ in .rejected }
            var kept = suggestion
            kept.id = ID(
                try transaction.insert(
                    "INSERT INTO suggestion (conversation, actor, version, text, at) VALUES (?, ?, ?, ?, ?)",
                    suggestion.conversation, caller.actor, suggestion.version?.number, suggestion.text, now))
            return kept
        }
    }

    /// What people made of the replies that each version suggested.
    ///
    /// - Throws: ``StorageFailure``.
    public func suggestionOutcomes() async throws -> List<SuggestionOutcomes> {
        let counts = try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT version, outcome, count(*) FROM suggestion WHERE version IS NOT NULL
                GROUP BY version, outcome ORDER BY version
                """
            ) { row in (version: try row[0] as Int64, outcome: try row[1] as String?, count: try row[2] as Int64) }
        }
        var outcomes: [Int64: SuggestionOutcomes] = [:]
        for entry in counts {
            var found = outcomes[entry.version] ?? SuggestionOutcomes()
            found.version = ID(entry.version)
            switch entry.outcome.flatMap(SuggestionOutcome.init) {
            case .accepted: found.accepted = entry.count
            case .edited: found.edited = entry.count
            case .rejected: found.rejected = entry.count
            case nil: found.open = entry.count
            }
            outcomes[entry.version] = found
        }
        return List(outcomes.values.sorted { $0.version < $1.version })
    }
}

/// What a person made of a suggestion.
enum SuggestionOutcome: String {
    case accepted
    case edited
    case rejected

    /// What a message says about the suggestion before it: at least half of its words are still there, or they are not.
    init(of suggestion: String, sentAs message: String) {
        if SuggestionOutcome.trimmed(suggestion) == SuggestionOutcome.trimmed(message) {
            self = .accepted
            return
        }
        let wanted = SuggestionOutcome.words(of: suggestion)
        var left = Dictionary(SuggestionOutcome.words(of: message).map { ($0, 1) }, uniquingKeysWith: +)
        let kept = wanted.count { word in
            guard let count = left[word], count > 0 else { return false }
            left[word] = count - 1
            return true
        }
        self = !wanted.isEmpty && 2 * kept >= wanted.count ? .edited : .rejected
    }

    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { $0 }
    }

    private static func trimmed(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}

extension Transaction {
    /// Decides about the open suggestion of a person, if there is one; its text is needed no longer.
    func settleSuggestion(
        in id: ID<Conversation>, of caller: Caller, at now: Timestamp, _ decide: (String) -> SuggestionOutcome
    ) throws {
        let open = try first(
            "SELECT id, text FROM suggestion WHERE conversation = ? AND actor = ? AND outcome IS NULL", id, caller.actor
        ) { row in (id: try row[0] as Int64, text: try row[1] as String) }
        guard let open else { return }
        try run(
            "UPDATE suggestion SET outcome = ?, settled_at = ?, text = '' WHERE id = ?", decide(open.text).rawValue,
            now, open.id)
    }
}
