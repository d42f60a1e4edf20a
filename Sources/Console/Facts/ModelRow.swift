internal import DeskAPI
internal import Vocabulary

/// A version of the assistant as the console shows it: every text from outside made harmless once, here.
struct ModelRow: Equatable, Sendable {
    let id: ID<ModelVersion>
    let model: SafeText
    let version: Int64
    let wire: SafeText
    let endpoint: SafeText?
    let aliases: [SafeText]
    let createdAt: Timestamp
    let requests: Int64
    let errors: Int64
    let promptTokens: Int64
    let answerTokens: Int64
    let estimated: Int64
    let firstTokenP50: Double?
    let firstTokenP95: Double?
    let totalP50: Double?
    let totalP95: Double?
    let lastError: SafeText?
    let lastUsedAt: Timestamp?
    /// As the desk has it, for comparisons.
    let record: ModelVersion

    init(_ record: ModelVersion) {
        id = record.id
        model = SafeText(untrusted: record.model, limit: 100).oneLine
        version = record.version
        wire = SafeText(untrusted: record.wire, limit: 40).oneLine
        endpoint = record.endpoint.map { SafeText(untrusted: $0, limit: 300).oneLine }
        aliases = record.aliases.prefix(8).map { SafeText(untrusted: $0, limit: 40).oneLine }
        createdAt = record.createdAt
        requests = record.requests
        errors = record.errors
        promptTokens = record.promptTokens
        answerTokens = record.answerTokens
        estimated = record.estimated
        firstTokenP50 = record.firstTokenP50
        firstTokenP95 = record.firstTokenP95
        totalP50 = record.totalP50
        totalP95 = record.totalP95
        lastError = record.lastError.map { SafeText(untrusted: $0, limit: 500).oneLine }
        lastUsedAt = record.lastUsedAt
        self.record = record
    }

    /// Model and version, such as `gpt-4o-mini v2`.
    var name: SafeText { "\(model) v\(version)" }

    /// The share of answers that failed; `nil` before the first.
    var errorShare: Double? { requests > 0 ? Double(errors) / Double(requests) * 100 : nil }

    private var isInProduction: Bool { aliases.contains("production") }

    /// The order of the list: what customers are sent to first, then what was used last.
    func precedes(_ other: ModelRow) -> Bool {
        if isInProduction != other.isInProduction { return isInProduction }
        if aliases.isEmpty != other.aliases.isEmpty { return !aliases.isEmpty }
        let (used, otherUsed) = (lastUsedAt ?? createdAt, other.lastUsedAt ?? other.createdAt)
        return used == otherUsed ? other.id < id : otherUsed < used
    }

    /// What a filter looks into.
    var texts: [String] { ([name, wire, endpoint ?? ""] + aliases).map(\.text) }
}
