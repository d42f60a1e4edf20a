internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A conversation as the console shows it: every text from outside made harmless once, here.
///
/// It never changes, and is shared: lists of thousands are looked through for every frame.
final class ConversationRow: Equatable, Sendable {
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
    /// What the customer would give by the course of their words, 1 to 5.
    let estimatedRating: Double?
    /// The language of the customer's words, such as `en`.
    let language: SafeText?
    /// Who has written words that are not sent.
    let drafts: [SafeText]
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
        estimatedRating = record.estimatedRating
        language = record.language.map { SafeText(untrusted: $0, limit: 8).oneLine }
        drafts = record.drafts.map { SafeText(untrusted: $0, limit: 60).oneLine }
        customerReadOffset = record.customerReadOffset
        createdAt = record.createdAt
        updatedAt = record.updatedAt
    }

    static func == (one: ConversationRow, other: ConversationRow) -> Bool {
        if one === other { return true }
        let isSameCase =
            (one.id, one.customer, one.customerName, one.subject, one.status)
            == (other.id, other.customer, other.customerName, other.subject, other.status)
            && (one.owner, one.ownerName, one.waitingSince, one.waitingReason)
                == (other.owner, other.ownerName, other.waitingSince, other.waitingReason)
        let isSameText =
            (one.lastOffset, one.lastText, one.lastAuthor, one.updatedAt, one.createdAt)
            == (other.lastOffset, other.lastText, other.lastAuthor, other.updatedAt, other.createdAt)
            && (one.customerReadOffset, one.drafts) == (other.customerReadOffset, other.drafts)
        let isFiledAlike =
            (one.priority, one.tags, one.snoozedUntil, one.rating, one.ratingComment)
            == (other.priority, other.tags, other.snoozedUntil, other.rating, other.ratingComment)
            && (one.dueAt, one.dueFor, one.warnAt, one.estimatedRating, one.language)
                == (other.dueAt, other.dueFor, other.warnAt, other.estimatedRating, other.language)
        return isSameCase && isSameText && isFiledAlike
    }

    var isWaiting: Bool { status == .waiting }
    var isResolved: Bool { status == .resolved }

    /// Whether a target is missed.
    func isLate(at now: Timestamp) -> Bool { dueAt.map { $0 <= now } ?? false }

    /// Whether somebody should hurry, because the customer is upset by the estimate.
    var isUpset: Bool { !isResolved && (estimatedRating.map { $0 < Conversation.upsetBelow } ?? false) }

    /// What a list shows behind the name: the newest words of a person, else what it is about; that the assistant has
    /// called somebody, in the same words each time, tells nobody anything.
    var preview: SafeText { lastAuthor == .assistant && !subject.isEmpty ? subject : lastText ?? subject }

    /// What a filter looks into.
    var texts: [String] {
        [customerName, subject, lastText ?? "", ownerName ?? "", waitingReason ?? ""].map(\.text)
            + tags.map(\.text) + ["#\(id)", status.rawValue] + (priority == .normal ? [] : [priority.rawValue])
            + (isUpset ? ["upset"] : []) + (language.map { ["lang:\($0.text)"] } ?? [])
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

    /// Its place in the inbox: the queue by longest wait, then what people have, then the rest by newest change.
    func place(for actor: String?) -> InboxPlace {
        // Who is late first comes first; without a target nobody can be late.
        let due = status == .waiting || status == .open ? dueAt?.milliseconds ?? .max : 0
        // Whoever waits longest stands above, whatever changed last stands above.
        let order = isWaiting ? (waitingSince ?? updatedAt).milliseconds : -updatedAt.milliseconds
        return InboxPlace(
            rank: rank(for: actor), due: due, order: order, number: isWaiting ? id.number : -id.number)
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

/// A conversation's place in the inbox: a few numbers, so that thousands are put in order at every message.
struct InboxPlace: Comparable, Sendable {
    let rank: Int
    let due: Int64
    let order: Int64
    let number: Int64

    /// The conversation.
    var id: ID<Conversation> { ID(abs(number)) }

    static func < (one: InboxPlace, other: InboxPlace) -> Bool {
        if one.rank != other.rank { return one.rank < other.rank }
        if one.due != other.due { return one.due < other.due }
        return one.order == other.order ? one.number < other.number : one.order < other.order
    }
}
