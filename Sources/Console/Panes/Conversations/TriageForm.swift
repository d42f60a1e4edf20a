internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The one line in which a person files a conversation, puts it aside or gives it on; it belongs to the conversation
/// that keys acted on when it was opened.
struct TriageForm: Equatable, Sendable {
    /// What is done with the conversation.
    enum Deed: Equatable, Sendable {
        case priority
        case tags
        case snooze
        case transfer
        /// About the person, not about a conversation.
        case availability
    }

    let deed: Deed
    /// Those that it is not done with yet.
    private(set) var conversations: [ID<Conversation>]
    private let who: SafeText
    var line: TextField
    private(set) var isSending = false
    private(set) var problem: SafeText?

    init(_ deed: Deed, _ row: ConversationRow, and others: [ID<Conversation>] = []) {
        self.deed = deed
        conversations = [row.id] + others
        who =
            others.isEmpty
            ? "#\(row.id) \(row.customerName)" : "\(row.customerName) and \(others.count) more"
        switch deed {
        case .priority: line = TextField(hint: "u urgent, h high, n normal, l low", limit: 10)
        case .tags:
            line = TextField(hint: "words with blanks between them; empty takes all away", limit: 400)
            if others.isEmpty { line.replace(with: row.tags.joined(separator: " ")) }
        case .snooze: line = TextField(hint: "30m, 2h, 1d, 9:00, mon 9:00; empty: until the customer writes", limit: 40)
        case .transfer: line = TextField(hint: "the colleague, then a note for them", limit: 1000)
        case .availability: line = TextField(hint: "", limit: 10)
        }
    }

    /// How many conversations the person takes as they come.
    init(availability: Availability?) {
        deed = .availability
        conversations = []
        who = "Waiting conversations come to you while this console runs, the oldest first."
        line = TextField(hint: "how many at a time; 0 or empty: none", limit: 10)
        if let availability { line.replace(with: "\(availability.capacity)") }
    }

    mutating func take(_ key: Key) {
        problem = nil
        _ = line.take(key)
    }

    /// It is done for one of them; returns whether it was the last.
    mutating func settle(_ id: ID<Conversation>) -> Bool {
        guard let index = conversations.firstIndex(of: id) else { return false }
        conversations.remove(at: index)
        return conversations.isEmpty
    }

    mutating func refuse(_ refusal: Problem, of id: ID<Conversation>) {
        isSending = false
        let words = SafeText(untrusted: refusal.detail, limit: 200).oneLine
        problem = conversations.count > 1 ? "#\(id): \(words)" : words
    }

    mutating func send(_ turn: inout Turn) {
        guard !isSending else { return }
        let words = line.text.text.split(whereSeparator: \.isWhitespace).map(String.init)
        do throws(Fault) {
            for request in try requests(words, turn) { turn.ask(request) }
            isSending = true
        } catch {
            problem = error.words
        }
    }

    /// How long a console that has gone counts as there.
    static let minutes: Int64 = 3

    private struct Fault: Error {
        let words: SafeText
    }

    /// What is asked of the desk: one thing of each conversation, or one about the person.
    private func requests(_ words: [String], _ turn: Turn) throws(Fault) -> [DeskRequest] {
        switch deed {
        case .priority:
            guard let word = words.first?.lowercased(),
                let priority = Conversation.Priority.allCases.first(where: { $0.rawValue.hasPrefix(word) })
            else { throw Fault(words: "say u, h, n or l") }
            return updates { $0.priority = priority }
        case .tags: return updates { $0.tags = words }
        case .snooze:
            let until = words.isEmpty ? nil : SnoozeTime.read(words, now: turn.now, utcOffset: turn.scene.utcOffset)
            guard words.isEmpty || until != nil else {
                throw Fault(words: "say a length such as 2h, or a time to come such as 9:00 or mon 9:00")
            }
            return conversations.map { .snooze(SnoozeConversation($0, until: until)) }
        case .transfer:
            guard let name = words.first else { throw Fault(words: "say to whom") }
            let note = words.dropFirst().joined(separator: " ")
            return conversations.map { .transfer(TransferConversation($0, to: name, note: note)) }
        case .availability:
            guard let capacity = Int64(words.first ?? "0"), (0...100).contains(capacity), words.count < 2 else {
                throw Fault(words: "say a number from 0 to 100")
            }
            return [.setAvailability(SetAvailability(capacity: capacity, minutes: TriageForm.minutes))]
        }
    }

    private func updates(_ change: (inout UpdateConversation) -> Void) -> [DeskRequest] {
        conversations.map { conversation in
            var update = UpdateConversation(conversation)
            change(&update)
            return .updateConversation(update)
        }
    }

    /// The rows that the form needs.
    static let rows = 4

    private var title: SafeText {
        switch deed {
        case .priority: "Priority"
        case .tags: "Tags"
        case .snooze: "Put aside"
        case .transfer: "Give to a colleague"
        case .availability: "Available"
        }
    }

    private var label: SafeText {
        switch deed {
        case .priority, .tags: ""
        case .snooze: "for "
        case .transfer: "to "
        case .availability: "up to "
        }
    }

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = isSending ? StyledText("sending …", .pending) : ""
        let inside = Tile(title, state: state, footer: StyledText("Enter does it · Esc", .dim), isFocused: true)
            .draw(in: rect, on: &frame).inset(columns: 1)
        if inside.rows > 1 {
            frame.write(
                styled: problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(who, .strong), in: inside.line(0))
        }
        let place = inside.line(inside.rows > 1 ? 1 : 0)
        frame.write(label, in: place.left(label.columns), .accent)
        line.draw(in: place.droppingLeft(label.columns), isFocused: true, on: &frame)
    }
}

/// A moment to come as a person writes it: a length, a time of day, or a weekday with a time.
enum SnoozeTime {
    private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    static func read(_ words: [String], now: Timestamp, utcOffset: Duration) -> Timestamp? {
        if words.count == 1, let length = length(words[0]) { return now + length }
        guard let last = words.last, let time = timeOfDay(last) else { return nil }
        let local = (now + utcOffset).wholeSeconds
        let today = local - ((local % 86_400) + 86_400) % 86_400
        var days: Int64 = 0
        if words.count == 2 {
            switch words[0].lowercased() {
            case "today": days = 0
            case "tomorrow": days = 1
            case let name:
                guard let weekday = weekdays.firstIndex(of: String(name.prefix(3))) else { return nil }
                let present = ((today / 86_400 + 4) % 7 + 7) % 7
                days = (Int64(weekday) - present + 7) % 7
                if today + days * 86_400 + time <= local { days += 7 }
            }
        } else if words.count == 1 {
            if today + time <= local { days = 1 }
        } else {
            return nil
        }
        let moment = Timestamp(milliseconds: (today + days * 86_400 + time) * 1000) - utcOffset
        return moment > now ? moment : nil
    }

    private static func length(_ text: String) -> Duration? {
        guard let unit = text.last, let number = Int64(text.dropLast()), (1...10_000).contains(number) else {
            return nil
        }
        switch unit {
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        default: return nil
        }
    }

    /// Seconds after midnight.
    private static func timeOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hours = Int64(parts[0]), let minutes = Int64(parts[1]),
            (0...23).contains(hours), (0...59).contains(minutes)
        else { return nil }
        return hours * 3600 + minutes * 60
    }
}
