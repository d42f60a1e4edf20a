internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The first line of the screen: is it all right, and if not, what and since when.
struct StatusLine {
    let state: ConsoleState

    func draw(in rect: Rect, on frame: inout Frame) {
        if let rewind = state.rewind { return PastLine(rewind: rewind, state: state).draw(in: rect, on: &frame) }
        var line = SegmentLine()
        if state.isDemo {
            line.add(StyledText("▲ DEMO", .warning, .bold) + StyledText(" made-up customers", .warning), 0)
        }
        line.add(StyledText(name, .title, .bold), 9)
        line.add(ConnectionSign(state.facts.connection, now: state.now).styled, 0)
        line.add(forMe, 0)
        line.add(waiting, 1)
        line.add(calling, 1)
        line.add(agents, 7)
        line.add(delay, 6)
        line.addRight(cost, 5)
        line.addRight(StyledText(state.scene.local(state.now).clockWithSeconds, .text), 4)
        if rect.columns < 100 { line.gap = 2 }
        line.draw(in: rect, on: &frame)
    }

    private var name: SafeText {
        state.deskName.isEmpty ? "watchdesk" : "watchdesk \(state.deskName)"
    }

    /// What calls the person, with the shape of what presses most.
    private var forMe: StyledText {
        let calls = state.facts.calls
        guard let first = calls.first else { return "" }
        return first.mark + StyledText(" \(calls.count) for you", .strong)
    }

    private var waiting: StyledText {
        guard let count = state.facts.waiting else { return "" }
        guard count > 0, let oldest = state.facts.oldestWait else { return StyledText("0 waiting", .dim) }
        return StyledText("\(count) waiting", .warning) + StyledText(" · oldest ", .dim)
            + StyledText(state.scene.age(oldest), .strong)
    }

    private var calling: StyledText {
        guard state.facts.loaded.contains(.alerts) else { return "" }
        var signs: [StyledText] = []
        for (severity, mark) in [(Severity.critical, Mark.critical), (.warning, .warning), (.info, .info)] {
            let count = state.facts.calling(severity)
            guard count > 0 else { continue }
            let word: SafeText = signs.isEmpty ? " \(mark.word)" : ""
            signs.append(StyledText("\(mark.symbol) \(count)\(word)", mark.role))
        }
        guard let first = signs.first else { return calm }
        return signs.dropFirst().reduce(first) { $0 + " " + $1 }
    }

    /// Nothing calls: what there is besides.
    private var calm: StyledText {
        let open = state.facts.alerts.values.filter(\.isOpen)
        let acked = open.count(where: \.isAcknowledged)
        if acked > 0 { return StyledText("✓ \(acked) acked", .acked) }
        return open.isEmpty ? StyledText("no alerts", .dim) : StyledText("◌ \(open.count) pending", .pending)
    }

    private var agents: StyledText {
        guard let status = state.facts.status else { return "" }
        return StyledText("\(status.agents)", .text) + StyledText(status.agents == 1 ? " agent" : " agents", .dim)
    }

    private var delay: StyledText {
        guard let p95 = state.facts.status?.requestP95 else { return "" }
        return StyledText("p95 ", .dim) + Quantity(p95 / 1000, .seconds).styled()
    }

    private var cost: StyledText {
        guard let cost = state.ownCost else { return "" }
        return Quantity(cost.cpuPercent, .percent).styled(.dim) + StyledText(" cpu ", .dim)
            + Quantity(Double(cost.residentBytes), .bytes).styled(.dim)
    }
}

/// How the desk is reached, by shape and word.
struct ConnectionSign {
    private let connection: Connection
    private let now: Timestamp

    init(_ connection: Connection, now: Timestamp) {
        self.connection = connection
        self.now = now
    }

    var styled: StyledText {
        let age: SafeText = "\((now - connection.since).age)"
        switch connection.state {
        case .connecting: return StyledText("◌ connecting \(age)", .pending)
        case .live: return StyledText("● live", .ok)
        case .resyncing: return StyledText("◌ resyncing \(age)", .pending)
        case .offline(_, let retrySeconds):
            let left = max(0, Int64(retrySeconds) - (now - connection.since).components.seconds)
            let next: SafeText = left > 0 ? "next try in \(left)s" : "trying"
            return StyledText("■ offline \(age)", .critical) + StyledText(" · \(staleness)\(next)", .warning)
        case .refused(let reason):
            return StyledText("■ refused", .critical)
                + StyledText(" · \(SafeText(untrusted: reason, limit: 120).oneLine)", .warning)
        }
    }

    /// How the desk is reached, without shapes.
    var words: SafeText {
        let age: SafeText = "\((now - connection.since).age)"
        return switch connection.state {
        case .connecting: "connecting"
        case .live: "live"
        case .resyncing: "reading what was missed"
        case .offline(let reason, let seconds):
            "offline for \(age): \(SafeText(untrusted: reason, limit: 120).oneLine), next try in \(seconds) s"
        case .refused(let reason): "refused: \(SafeText(untrusted: reason, limit: 120).oneLine)"
        }
    }

    /// How old everything on the screen is.
    private var staleness: SafeText {
        connection.heardAt.map { "shown is \((now - $0).age) old · " } ?? ""
    }
}
