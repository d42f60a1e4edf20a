internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A conversation as the console shows it: every text from outside made harmless once, here.
struct ConversationRow: Equatable, Sendable {
    let id: ID<Conversation>
    let customer: ID<Customer>
    let customerName: SafeText
    let subject: SafeText
    let status: Conversation.Status
    let owner: String?
    let ownerName: SafeText?
    let waitingSince: Timestamp?
    let waitingReason: SafeText?
    let lastOffset: Int64
    let lastText: SafeText?
    let lastAuthor: Message.Author?
    let priority: Conversation.Priority
    let tags: [SafeText]
    let snoozedUntil: Timestamp?
    let dueAt: Timestamp?
    let dueFor: Conversation.Target?
    let warnAt: Timestamp?
    let rating: Int64?
    let ratingComment: SafeText?
    /// Who has written words that are not sent.
    let drafts: [SafeText]
    let readOffset: Int64
    let customerReadOffset: Int64
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ record: Conversation) {
        id = record.id
        customer = record.customer
        let name = SafeText(untrusted: record.customerName, limit: 80).oneLine
        customerName = name.isEmpty ? "customer \(record.customer.number)" : name
        subject = SafeText(untrusted: record.subject, limit: 200).oneLine
        status = record.status
        owner = record.owner
        ownerName = record.ownerName.map { SafeText(untrusted: $0, limit: 80).oneLine }
        waitingSince = record.waitingSince
        waitingReason = record.waitingReason.map { SafeText(untrusted: $0, limit: 120).oneLine }
        lastOffset = record.lastOffset
        lastText = record.lastText.map { SafeText(untrusted: $0, limit: 200).oneLine }
        lastAuthor = record.lastAuthor
        priority = record.priority
        tags = record.tags.map { SafeText(untrusted: $0, limit: 40).oneLine }
        (snoozedUntil, dueAt, dueFor, warnAt) = (record.snoozedUntil, record.dueAt, record.dueFor, record.warnAt)
        rating = record.rating
        ratingComment = record.ratingComment.map { SafeText(untrusted: $0, limit: 300).oneLine }
        drafts = record.drafts.map { SafeText(untrusted: $0, limit: 60).oneLine }
        (readOffset, customerReadOffset) = (record.readOffset, record.customerReadOffset)
        createdAt = record.createdAt
        updatedAt = record.updatedAt
    }

    var isWaiting: Bool { status == .waiting }
    var isResolved: Bool { status == .resolved }

    /// Whether a target is missed.
    func isLate(at now: Timestamp) -> Bool { dueAt.map { $0 <= now } ?? false }

    /// What a list shows behind the name: the subject, or the newest words when there is none.
    var preview: SafeText { lastText ?? subject }

    /// What a filter looks into.
    var texts: [String] {
        [customerName, subject, lastText ?? "", ownerName ?? "", waitingReason ?? ""].map(\.text)
            + tags.map(\.text) + ["#\(id)", status.rawValue] + (priority == .normal ? [] : [priority.rawValue])
    }
}

extension ConversationRow {
    /// Who has a conversation, as seen by the console's person.
    enum Holder: Equatable, Sendable {
        case assistant
        case queue
        case me
        case colleague(SafeText)
    }

    func holder(for actor: String?) -> Holder {
        guard let owner else { return .queue }
        if owner == Conversation.assistantOwner { return .assistant }
        if owner == actor { return .me }
        return .colleague(ownerName ?? "\(owner)")
    }

    /// The owner as a claim names it.
    var ownerForClaim: String { owner ?? "queue" }

    /// The order of the inbox: the queue by longest wait, then what people have, then the rest by newest change.
    func precedes(_ other: ConversationRow, for actor: String?) -> Bool {
        let (mine, theirs) = (rank(for: actor), other.rank(for: actor))
        guard mine == theirs else { return mine < theirs }
        if status == .waiting || status == .open, dueAt != other.dueAt {
            // Who is late first comes first; without a target nobody can be late.
            guard let due = dueAt else { return false }
            return other.dueAt.map { due < $0 } ?? true
        }
        if isWaiting {
            let (since, otherSince) = (waitingSince ?? updatedAt, other.waitingSince ?? other.updatedAt)
            return since == otherSince ? id < other.id : since < otherSince
        }
        return updatedAt == other.updatedAt ? other.id < id : other.updatedAt < updatedAt
    }

    private func rank(for actor: String?) -> Int {
        switch status {
        case .waiting: 0
        // An own customer who waits for a reply counts like the queue: who is late first comes first.
        case .open: owner == actor ? (dueAt == nil ? 1 : 0) : 2
        case .assistant: 3
        case .snoozed: 4
        case .resolved: 5
        }
    }
}
