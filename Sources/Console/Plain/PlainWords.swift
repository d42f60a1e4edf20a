internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What is said in words where the screen has shapes and colours.
enum PlainWords {
    /// What may have been meant by a name that is none of these; empty when nothing is near.
    static func hint(for name: String, among known: [String]) -> SafeText {
        known.nearest(to: name).map { "; did you mean \(SafeText(untrusted: $0, limit: 256).oneLine)?" } ?? ""
    }

    static func alert(_ alert: AlertRow, at now: Timestamp) -> SafeText {
        var words: SafeText = "alert \(alert.id) \(SafeText(untrusted: alert.severity.rawValue)) "
        words = words + "\(SafeText(untrusted: alert.condition.rawValue)): \(alert.summary)"
        if alert.isOpen, alert.isMeasured { words = words + ", value \(alert.quantity(alert.value).text)" }
        words = words + ", since \((now - alert.since).age)"
        if let by = alert.acknowledgedBy {
            words = words + ", acknowledged by \(by)"
            if let until = alert.acknowledgedUntil, until > now { words = words + ", \((until - now).age) left" }
            if let note = alert.note { words = words + ", note: \(note)" }
        } else if alert.needsPerson {
            words = words + ", nobody has acknowledged it"
        }
        return words
    }

    /// What a change of an alert means for a person; `nil` for one that only has another value.
    static func change(of before: AlertRow?, to after: AlertRow, at now: Timestamp) -> SafeText? {
        let isSame =
            before?.condition == after.condition && before?.acknowledgedBy == after.acknowledgedBy
            && before?.severity == after.severity
        return isSame ? nil : alert(after, at: now)
    }

    static func conversation(_ row: ConversationRow, _ actor: String?, at now: Timestamp) -> SafeText {
        let head: SafeText = "conversation \(row.id), \(row.customerName): "
        return head + standing(row, actor) + (row.preview.isEmpty ? "" : ". \(row.preview)")
            + (row.isWaiting ? ". Waits \((now - (row.waitingSince ?? row.updatedAt)).age)" : "")
    }

    /// What a change of a conversation means for a person; `nil` when it stands as before.
    static func change(of before: ConversationRow?, to after: ConversationRow, for actor: String?) -> SafeText? {
        if let before, before.status == after.status, before.owner == after.owner { return nil }
        let isNews = before != nil || after.isWaiting
        return isNews ? "conversation \(after.id), \(after.customerName): \(standing(after, actor))" : nil
    }

    private static func standing(_ row: ConversationRow, _ actor: String?) -> SafeText {
        switch row.status {
        case .waiting: row.waitingReason.map { "waits for a person, \($0)" } ?? "waits for a person"
        case .resolved: "resolved"
        case .snoozed: "snoozed"
        case .assistant: "the assistant has it"
        case .open:
            switch row.holder(for: actor) {
            case .me: "you have it"
            case .colleague(let name): "\(name) has it"
            case .assistant: "the assistant has it"
            case .queue: "open"
            }
        }
    }

    static func message(_ entry: TranscriptEntry, in conversation: ID<Conversation>) -> SafeText {
        let kind: SafeText =
            switch entry.author {
            case .note: "note by \(entry.authorName)"
            case .system: "event"
            case .customer: "customer \(entry.authorName)"
            case .assistant: "assistant"
            case .agent: "agent \(entry.authorName)"
            }
        return "in \(conversation), \(kind): \(entry.text.oneLine)"
    }

    static func model(_ model: ModelRow) -> SafeText {
        let serves: SafeText = model.aliases.isEmpty ? "" : " (\(model.aliases.joined(separator: ", ")))"
        let delay = ModelWords.time(model.firstTokenP50).axisLabel
        return "\(model.name)\(serves): \(model.requests) answers, \(model.errors) failed, first word \(delay)"
    }

    /// A value of a host with its unit; `n/a` when its source is missing.
    static func value(of metric: String, in snapshot: HostSnapshot) -> SafeText {
        let value = snapshot[metric]
        // On an axis nothing stands for itself; in a line it needs its unit too.
        return snapshot.layout.unit(of: metric).map { Quantity(value, of: $0).text } ?? "n/a"
    }

    static func hostName(_ snapshot: HostSnapshot) -> SafeText {
        SafeText(untrusted: snapshot.host, limit: 256).oneLine
    }

    static func process(_ row: ProcessRow) -> SafeText {
        var words: SafeText = "process \(row.key.pid), \(row.name) of \(row.user): cpu "
        words = words + "\(Quantity(row.cpu, .percent).text), memory \(Quantity(Double(row.memory), .bytes).text)"
        if let traffic = row.traffic, traffic > 0 {
            words = words + ", disks \(Quantity(traffic, .bytesPerSecond).text)"
        }
        return words + ", \(SafeText(untrusted: row.state.rawValue)), age \(Duration.seconds(row.age).age)"
            + (row.hasCommand ? ", command \(row.command)" : "")
    }
}
