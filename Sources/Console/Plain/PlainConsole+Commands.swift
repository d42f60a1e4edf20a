internal import DeskAPI
internal import Terminal
public import Vocabulary

extension PlainConsole {
    /// The commands with what they do, as `help` says them.
    static let help: [SafeText] = [
        "status: the desk and its host at a glance",
        "alerts: every open alert",
        "ack NUMBER [MINUTES] [NOTE]: take responsibility for an alert",
        "conversations: those that are not resolved, who waits longest first",
        "show NUMBER: the messages of a conversation",
        "follow NUMBER, unfollow NUMBER: hear what is written in a conversation, or no more",
        "take NUMBER, back NUMBER: take a conversation over, hand it back to the assistant",
        "say NUMBER TEXT, note NUMBER TEXT: write to the customer, or to colleagues only",
        "resolve NUMBER: mark a conversation as done",
        "models: what answers the customers",
        "hosts: every host at a glance; host [NAME]: everything that is measured of one",
        "services: what is asked whether it answers",
        "processes [FILTER]: the ten that use most, such as processes cpu>5 and name~post",
        "signal PID [NAME]: signal a process that was told; it is sent when the line ends in yes",
        "at TIME: what was true then, such as at 14:05, at 3m ago, at yesterday 9:00",
        "events [SPAN]: what happened in the last hour, or in 3h, or since yesterday 9:00",
        "before, after: go to the event before or after the moment that was told last",
        "history [HOST] METRIC [SPAN]: how a value went, in twelve steps, such as history cpu.busy 6h",
        "quit: leave; the desk goes on",
    ]

    /// Takes a line that the person wrote.
    public mutating func enter(_ text: String, at now: Timestamp) -> Outcome {
        self.now = max(self.now, now)
        let words = text.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
        guard let command = words.first?.lowercased() else { return Outcome() }
        switch command {
        case "help", "?": return Outcome(lines: PlainConsole.help)
        case "quit", "q", "exit": return Outcome(requests: [.quit])
        case "status": return Outcome(lines: status)
        case "alerts": return Outcome(lines: alerts)
        case "conversations": return Outcome(lines: conversations)
        case "models": return Outcome(lines: models)
        case "hosts": return Outcome(lines: hosts)
        case "host": return Outcome(lines: host(PlainConsole.rest(of: text)))
        case "services": return Outcome(lines: services)
        case "processes": return askForProcesses(PlainConsole.rest(of: text))
        case "at": return look(at: PlainConsole.rest(of: text))
        case "events": return askForEvents(PlainConsole.rest(of: text))
        case "before": return step(back: true)
        case "after": return step(back: false)
        case "history": return askForCourse(PlainConsole.rest(of: text))
        default: return act(command, words)
        }
    }

    /// Everything behind the first word.
    private static func rest(of text: String) -> String {
        let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        return words.count < 2 ? "" : String(words[1].drop { $0.isWhitespace })
    }

    private mutating func act(_ command: String, _ words: [String]) -> Outcome {
        let known = ["ack", "show", "follow", "unfollow", "take", "back", "say", "note", "resolve", "signal"]
        guard known.contains(command) else {
            let all =
                known + [
                    "help", "status", "alerts", "conversations", "models", "hosts", "host", "services", "processes",
                    "at", "events", "before", "after", "history", "quit",
                ]
            let hint = PlainWords.hint(for: command, among: all)
            return Outcome(lines: ["there is no command \(SafeText(untrusted: command, limit: 40))\(hint) Write help."])
        }
        let number = words.dropFirst().first.flatMap { Int64($0.drop { $0 == "#" }) }
        guard let number, number > 0 else {
            return Outcome(lines: [
                "\(SafeText(untrusted: command)) needs a number, such as \(SafeText(untrusted: command)) 12"
            ])
        }
        let rest = words.count > 2 ? words[2] : ""
        if command == "signal" { return signal(number, rest) }
        if command == "ack" { return acknowledge(ID(number), rest) }
        return converse(command, ID(number), rest)
    }

    private mutating func acknowledge(_ id: ID<Alert>, _ rest: String) -> Outcome {
        let parts = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        let minutes = parts.first.flatMap { Int64($0) }
        guard (1...10_080).contains(minutes ?? 30) else {
            return Outcome(lines: ["minutes must be 1 to 10080"])
        }
        let note = minutes == nil ? rest : parts.dropFirst().first ?? ""
        return ask(
            .acknowledge(AcknowledgeAlert(id, note: note, minutes: minutes ?? 30, revision: facts.alerts[id]?.revision))
        )
    }

    private mutating func converse(_ command: String, _ id: ID<Conversation>, _ rest: String) -> Outcome {
        switch command {
        case "show": return ask(.listMessages(ListMessages(of: id, limit: 1000)))
        case "follow":
            followed.insert(id)
            return Outcome(lines: ["following conversation \(id)"])
        case "unfollow":
            followed.remove(id)
            return Outcome(lines: ["no longer following conversation \(id)"])
        case "take": return ask(.claim(ClaimConversation(id, ifOwner: facts.conversations[id]?.ownerForClaim)))
        case "back": return ask(.release(ReleaseConversation(id, to: .assistant)))
        case "resolve": return ask(.resolve(ConversationReference(id)))
        default:
            guard !rest.isEmpty else { return Outcome(lines: ["write the text behind the number"]) }
            return ask(.post(PostMessage(to: id, cid: nil, text: rest, note: command == "note")))
        }
    }

    mutating func ask(_ request: DeskRequest) -> Outcome {
        expected.append(request)
        return Outcome(requests: [request])
    }
}

extension PlainConsole {
    /// The desk and its host at a glance.
    var status: [SafeText] {
        var parts = isPast ? [] : [ConnectionSign(facts.connection, now: now).words]
        parts.append(
            "\(facts.waiting ?? 0) waiting" + (facts.oldestWait.map { ", the oldest \((now - $0).age)" } ?? ""))
        let calling = [Severity.critical, .warning, .info].filter { facts.calling($0) > 0 }
        parts +=
            calling.isEmpty
            ? ["no alert needs a person"]
            : calling.map { "\(facts.calling($0)) \(SafeText(untrusted: $0.rawValue)) unacknowledged" }
        let charts = HostCharts(of: facts.host, now: now)
        parts.append("cpu \(Quantity(charts.newest("cpu.busy"), .percent).text)")
        parts.append("memory \(Quantity(charts.newest("memory.used"), .bytes).text) used")
        for (name, metric) in [
            ("disk read", "disk.read"), ("disk written", "disk.write"), ("network in", "net.received"),
            ("network out", "net.sent"),
        ] {
            let value = Quantity(charts.newest(metric), .bytesPerSecond).text
            parts.append("\(SafeText(untrusted: name)) \(value)")
        }
        return [line("status: " + parts.joined(separator: "; "))]
    }

    var alerts: [SafeText] {
        let open = facts.alerts.values.filter(\.isOpen).sorted { $0.precedes($1) }
        return open.isEmpty ? [line("no alerts")] : open.map { line(PlainWords.alert($0, at: now)) }
    }

    var conversations: [SafeText] {
        let open = facts.inbox { !$0.isResolved }.compactMap { facts.conversations[$0] }
        return open.isEmpty
            ? [line("no open conversations")]
            : open.map { line(told($0)) }
    }

    private var models: [SafeText] {
        let all = facts.models.values.sorted { $0.precedes($1) }
        return all.isEmpty ? [line("nothing has answered yet")] : all.map { line(PlainWords.model($0)) }
    }
}
