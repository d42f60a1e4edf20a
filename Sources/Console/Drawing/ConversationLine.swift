internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A conversation in a list: shape, age, name, words, and whose it is.
struct ConversationLine {
    let row: ConversationRow
    let scene: Scene
    /// Messages that the person has not seen.
    var unread: Int64 = 0
    /// Whether the person marked it.
    var isMarked = false

    /// How long a customer may wait before the sign becomes urgent.
    static let target = Duration.seconds(120)

    /// Whether the customer has waited longer than they should.
    private var isLate: Bool { row.dueAt == nil ? waited > ConversationLine.target : row.isLate(at: scene.now) }

    /// How urgent the wait is: late, soon late, or neither.
    private var urgency: Terminal.Role {
        if isLate { return .critical }
        return row.isWaiting || row.warnAt.map { $0 <= scene.now } ?? false ? .warning : .dim
    }

    private var waited: Duration { scene.now - (row.waitingSince ?? row.updatedAt) }

    /// The shape that stands for the status besides its colour.
    var mark: StyledText {
        isMarked ? StyledText("*", .accent, .bold) : standing
    }

    private var standing: StyledText {
        switch row.status {
        case .waiting: isLate ? StyledText("■", .critical) : StyledText("▲", .warning)
        case .open where row.dueAt != nil && row.isLate(at: scene.now): StyledText("■", .critical)
        case .open: row.holder(for: scene.facts.actor) == .me ? StyledText("◆", .agent) : StyledText("◇", .dim)
        case .assistant: StyledText("○", .dim)
        case .snoozed: StyledText("◌", .muted)
        case .resolved: StyledText("✓", .muted)
        }
    }

    /// How long the customer waits, or how long ago something happened.
    var age: StyledText {
        row.isWaiting || row.dueAt != nil
            ? StyledText("\(waited.age)", urgency)
            : StyledText("\((scene.now - row.updatedAt).age)", .dim)
    }

    var name: StyledText {
        StyledText(row.customerName, row.isResolved ? .muted : unread > 0 ? .strong : .text, unread > 0 ? .bold : [])
    }

    var preview: StyledText {
        if isAnswering { return StyledText("assistant is answering …", .assistant) }
        var preview: StyledText = ""
        if row.priority != .normal, !row.isResolved { preview += priority + " " }
        if let language = row.language, language != scene.facts.usualLanguage {
            preview += StyledText("\(language) ", .accent)
        }
        if row.isUpset { preview += StyledText("upset ", .warning) }
        if !row.isResolved { preview += customer }
        preview += viewers
        let writing = (scene.facts.viewers[row.id] ?? []).filter { $0.state == .busy }.map(\.name)
        let drafts = row.drafts.filter { !writing.contains($0) }
        if !drafts.isEmpty { preview += StyledText("✎ \(drafts.joined(separator: ", ")) ", .pending) }
        for tag in row.tags.prefix(3) { preview += StyledText("#\(tag) ", .accent) }
        return preview + StyledText(row.preview, row.isResolved ? .muted : .dim)
    }

    /// Colleagues who have it before their eyes: whoever writes, whoever looks, whoever was away for a while.
    var viewers: StyledText {
        (scene.facts.viewers[row.id] ?? []).prefix(3).reduce("") { words, viewer in
            switch viewer.state {
            case .busy: words + StyledText("✎ \(viewer.name) writes ", .pending)
            case .active: words + StyledText("◉ \(viewer.name) ", .agent)
            case .idle, .gone: words + StyledText("◎ \(viewer.name) idle ", .muted)
            }
        }
    }

    /// Whether the customer is connected, or since when no more; empty while nobody knows.
    var customer: StyledText {
        guard let presence = scene.facts.customers[row.id] else { return "" }
        return presence.isOnline
            ? StyledText("● online ", .customer)
            : StyledText("○ gone \(scene.age(presence.since)) ", .muted)
    }

    /// How urgent somebody filed it.
    var priority: StyledText {
        switch row.priority {
        case .urgent: StyledText("urgent", .critical, .bold)
        case .high: StyledText("high", .warning)
        case .normal: ""
        case .low: StyledText("low", .muted)
        }
    }

    /// What the customer gave, or would give by their words; empty while neither is known.
    var mood: StyledText {
        if let rating = row.rating { return StyledText("rated \(rating) of 5", rating <= 2 ? .warning : .dim) }
        guard let estimate = row.estimatedRating else { return "" }
        let words: SafeText = "est. \(SafeText(untrusted: Decimals.fixed(estimate, decimals: 1))) of 5"
        return StyledText(words, row.isUpset ? .warning : .dim)
    }

    /// What is due, and when; empty while nothing is.
    var due: StyledText {
        guard let due = row.dueAt, let kind = row.dueFor else { return "" }
        let name: SafeText =
            switch kind {
            case .firstReply: "first reply"
            case .nextReply: "reply"
            case .resolution: "solution"
            }
        return due <= scene.now
            ? StyledText("\(name) late by \((scene.now - due).age)", .critical)
            : StyledText("\(name) due in \((due - scene.now).age)", urgency)
    }

    /// Whose it is, or why a person is waited for.
    var holder: StyledText {
        switch row.status {
        case .waiting: StyledText(row.waitingReason ?? "waits for a person", .warning)
        case .resolved: StyledText(row.rating.map { "rated \($0) of 5" } ?? "resolved", .muted)
        case .snoozed:
            StyledText(row.snoozedUntil.map { "until \(until($0))" } ?? "until they write", .muted)
        case .assistant, .open: owner
        }
    }

    private func until(_ moment: Timestamp) -> SafeText {
        let (local, now) = (scene.local(moment), scene.local(scene.now))
        return local.day == now.day ? local.clock : "\(local.date) \(local.clock)"
    }

    private var owner: StyledText {
        switch row.holder(for: scene.facts.actor) {
        case .assistant: StyledText("assistant", .dim)
        case .queue: StyledText("in the queue", .warning)
        case .me: StyledText("you", .agent)
        case .colleague(let name): StyledText(name, .text)
        }
    }

    /// How many messages are unread, as a small number.
    var badge: StyledText {
        unread > 0 ? StyledText(unread > 99 ? "99+" : "\(unread)", .accent, .bold) : ""
    }

    var isAnswering: Bool { scene.facts.answers[row.id] != nil }
}
