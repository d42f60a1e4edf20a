internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The macros that fit what is typed, with what the chosen one would do; nothing is done before Enter.
struct MacroPicker: Equatable, Sendable {
    /// The conversations that it is not done with yet.
    private(set) var conversations: [ID<Conversation>]
    private let who: SafeText
    /// What variables stand for, when there is one conversation.
    private let subject: ConversationRow?
    /// The macros of the desk; `nil` while they are read.
    private var macros: [Macro]?
    var field = TextField(hint: "a few letters of its name", limit: 40)
    private var choice = 0
    private(set) var isRunning = false
    private(set) var problem: SafeText?

    init(_ row: ConversationRow, and others: [ID<Conversation>], macros: [Macro]?) {
        conversations = [row.id] + others
        subject = others.isEmpty ? row : nil
        who = others.isEmpty ? "#\(row.id) \(row.customerName)" : "\(row.customerName) and \(others.count) more"
        self.macros = macros
    }

    /// The macros whose names hold what is typed.
    private var fitting: [Macro] {
        let wanted = field.text.text.lowercased()
        return (macros ?? []).filter { wanted.isEmpty || $0.name.contains(wanted) }
    }

    private var chosen: Macro? {
        let fitting = fitting
        return fitting.indices.contains(choice) ? fitting[choice] : fitting.last
    }

    mutating func take(_ answer: Result<[Macro], Problem>) {
        switch answer {
        case .success(let macros): self.macros = macros
        case .failure(let fault): problem = SafeText(untrusted: fault.detail, limit: 200).oneLine
        }
    }

    mutating func take(_ key: Key) {
        let last = max(0, fitting.count - 1)
        switch key {
        case .up: choice = max(0, min(choice, last) - 1)
        case .down: choice = min(choice + 1, last)
        default: if field.take(key) == .edited { (choice, problem) = (0, nil) }
        }
    }

    mutating func run(_ turn: inout Turn) {
        guard !isRunning, let macro = chosen else { return }
        isRunning = true
        problem = nil
        for conversation in conversations {
            turn.ask(.runMacro(RunMacro(macro.name, on: conversation, cid: turn.makeKey())))
        }
    }

    /// It is done for one of them; returns whether it was the last.
    mutating func settle(_ id: ID<Conversation>) -> Bool {
        conversations.removeAll { $0 == id }
        return conversations.isEmpty
    }

    mutating func refuse(_ refusal: Problem, of id: ID<Conversation>) {
        isRunning = false
        let words = SafeText(untrusted: refusal.detail, limit: 200).oneLine
        problem = conversations.count > 1 ? "#\(id): \(words)" : words
    }

    /// What a step does, in words.
    static func words(_ step: MacroStep) -> SafeText {
        let with = SafeText(untrusted: step.with ?? "", limit: 200).oneLine
        return switch step.deed {
        case .reply: "send: \(with)"
        case .note: "note: \(with)"
        case .tag: "file under #\(with)"
        case .untag: "take #\(with) away"
        case .priority: "priority \(with)"
        case .give: "give it to \(with)"
        case .snooze:
            Int64(step.with ?? "").map { "put aside for \(Duration.seconds(60 * $0).age)" }
                ?? "put aside until they write"
        case .release: with == "queue" ? "back to the queue" : "back to the assistant"
        case .resolve: "resolve"
        }
    }

    /// The step with what is known in place of its variables.
    private func filled(_ step: MacroStep) -> MacroStep {
        guard let subject, let words = step.with else { return step }
        let text = CannedReply(name: "", text: words).filled(
            customer: subject.customerName.text, agent: nil, conversation: subject.id, subject: subject.subject.text)
        return MacroStep(step.deed, text)
    }

    /// The rows that it takes: as many as there is to see, up to fourteen.
    var rows: Int { min(14, max(4, fitting.count, chosen?.steps.count ?? 0) + 4) }

    func draw(in rect: Rect, on frame: inout Frame) {
        let fitting = fitting
        let inside = Tile(
            "Macros", state: isRunning ? StyledText("running …", .pending) : StyledText("\(fitting.count)", .dim),
            footer: StyledText("Enter does all of it · ↑↓ chooses · Esc", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        frame.write(
            styled: problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(who, .strong), in: inside.line(0))
        field.draw(in: inside.line(1), isFocused: true, on: &frame)
        let rest = inside.droppingTop(2)
        guard let chosen else {
            let words: SafeText =
                macros == nil
                ? "Reading …"
                : macros?.isEmpty ?? true ? "support.yaml has no macros." : "No macro's name holds this."
            TextBlock(words, .dim).draw(in: rest, on: &frame)
            return
        }
        let nameColumns = min(24, rest.columns / 3)
        let place = fitting.firstIndex(of: chosen) ?? 0
        let first = max(0, min(place - rest.rows / 2, fitting.count - rest.rows))
        for (line, index) in (first..<min(fitting.count, first + rest.rows)).enumerated() {
            let row = rest.line(line).left(nameColumns)
            if index == place { frame.fill(row, on: .selection) }
            frame.write(SafeText(untrusted: fitting[index].name), in: row, .accent)
        }
        let preview = rest.droppingLeft(nameColumns + 2)
        for (line, step) in chosen.steps.prefix(max(0, preview.rows)).enumerated() {
            let words =
                StyledText("\(line + 1) ", .dim)
                + StyledText(MacroPicker.words(filled(step)), step.deed == .reply ? .agent : .text)
            frame.write(styled: words, in: preview.line(line))
        }
    }
}
