import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// Anything may happen in any order on a screen of any size: no trap, and every frame has the size that was asked for.
@Suite struct RandomConsoleTests {
    @Test(arguments: 1...10) func `random keys, news and sizes never break the console`(_ seed: UInt64) {
        var random = Seeded(seed)
        var sitting = random.chance(4) ? Sitting() : Sitting.busy(role: random.pick([.admin, .agent, .sre]))
        for step in 0..<300 {
            act(&sitting, &random)
            guard step % 5 == 0 else { continue }
            let size = random.size()
            sitting.resize(to: size)
            let frame = sitting.state.view(size)
            #expect(frame.size == size)
            if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor), "seed \(seed) step \(step)") }
        }
    }

    @Test func `the same seed gives the same console`() {
        let ends = (0..<2).map { _ in
            var random = Seeded(99)
            var sitting = Sitting.busy()
            for _ in 0..<300 { act(&sitting, &random) }
            return sitting.state
        }
        #expect(ends[0] == ends[1])
    }

    private func act(_ sitting: inout Sitting, _ random: inout Seeded) {
        switch random.next(upperBound: UInt64(10)) {
        case 0..<5: sitting.press(random.key())
        case 5..<8: sitting.hear(random.news(at: sitting.now))
        case 8:
            for request in sitting.look() where !request.isForTerminal {
                if random.chance(3) {
                    sitting.refuse(request, Problem(random.pick(Problem.Code.allCases), random.text()))
                } else {
                    sitting.answer(request, random.answer(to: request))
                }
            }
        default: sitting.pass(.milliseconds(Int64(random.next(upperBound: UInt64(4000)))))
        }
    }
}

/// Random numbers that are the same on every run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ (state >> 22)) &* 0x2545_F491_4F6C_DD1D
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ one: UInt64) -> Bool { next(upperBound: one) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(next(upperBound: UInt64(elements.count)))]
    }

    mutating func size() -> Size {
        if chance(2) {
            return pick(
                [(80, 24), (120, 40), (160, 45), (200, 60), (40, 10), (20, 5), (1, 1), (0, 0)].map {
                    Size(columns: $0.0, rows: $0.1)
                })
        }
        return Size(columns: Int(next(upperBound: UInt64(220))), rows: Int(next(upperBound: UInt64(70))))
    }

    mutating func text() -> String {
        let pieces = [
            "hello", "我的包裹", "👩‍👩‍👧", "\u{1b}[2J", "\n", "e\u{301}", "\u{202e}", " ", "العربية",
            String(repeating: "long", count: 80),
        ]
        return (0..<Int(next(upperBound: UInt64(6)))).map { _ in pick(pieces) }.joined(separator: " ")
    }

    mutating func key() -> Key {
        if chance(8) { return .paste(text()) }
        let letters: [Key] = "12345abefghijknpqrtuxyzEJKG/?:w<> ".map(Key.character)
        let others: [Key] = [
            .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .tab, .backTab, .backspace,
            .control("j"), .control("c"), .control("l"), .control("u"), .delete, .function(1), .focusIn,
            .mouse(MouseEvent(.wheelDown, at: Position(column: 3, row: 3))),
            .mouse(MouseEvent(.wheelUp, at: Position(column: 90, row: 90))),
        ]
        return chance(2) ? pick(letters) : pick(others)
    }

    private mutating func conversation(at now: Timestamp) -> Conversation {
        let status = pick([Conversation.Status.assistant, .waiting, .open, .snoozed, .resolved])
        var value = Desk.conversation(
            Int64(next(upperBound: UInt64(60))) + 1, text(), status, text(), last: text(), updated: 0,
            offset: Int64(next(upperBound: UInt64(400))))
        value.owner = pick([nil, "assistant", "u:3", "u:5"])
        value.waitingSince = pick([nil, now])
        value.updatedAt = now
        return value
    }

    private mutating func message() -> Message {
        let author = pick([Message.Author.customer, .assistant, .agent, .note, .system])
        let offset = Int64(next(upperBound: UInt64(40))) + 1
        var value = Desk.message(pick([42, 43, 44]), offset, author, text(), text(), offset)
        if chance(3) { value.answer = AnswerDetails.example }
        return value
    }

    private mutating func processes() -> ProcessList {
        var list = ProcessList.example
        list.at = Desk.now
        list.interval = pick([1, 5])
        list.items = (0..<Int64(next(upperBound: UInt64(40)))).map { number in
            var process = RunningProcess.example
            process.pid = number + 1
            process.parent = Int64(next(upperBound: UInt64(41)))
            process.name = text()
            process.command = pick([nil, text()])
            process.user = text()
            process.cpu = pick([nil, 0, 99.9, 6400])
            process.read = pick([nil, 0, 1e12])
            process.state = pick(ProcessState.allCases)
            process.isKernel = chance(4)
            return process
        }
        list.matching = Int64(list.items.count)
        return list
    }

    private mutating func alert() -> Alert {
        let condition = pick([Alert.Condition.pending, .firing, .recovering, .resolved])
        var value = Desk.alert(
            Int64(next(upperBound: UInt64(30))) + 1, text(), text(), pick(Severity.allCases), condition,
            fired: Int64(next(upperBound: UInt64(9000))))
        value.revision = Int64(next(upperBound: UInt64(100)))
        value.unit = pick(MetricUnit.allCases)
        value.value = pick([nil, .nan, 0, -3, 1e12])
        value.acknowledgedBy = pick([nil, "bob"])
        value.acknowledgedUntil = pick([nil, Desk.now])
        value.resolvedAt = condition == .resolved ? Desk.now : nil
        return value
    }

    mutating func news(at now: Timestamp) -> DeskNews {
        switch next(upperBound: UInt64(15)) {
        case 0: .missed
        case 1:
            .connection(
                pick([
                    .connecting, .live, .resyncing, .offline(reason: text(), retrySeconds: 3), .refused(reason: text()),
                ]))
        case 2, 3: .event(.conversationChanged(conversation(at: now)))
        case 4, 5: .event(.messagePosted(message()))
        case 6, 7: .event(.alertChanged(alert()))
        case 8: .event(.answerGrew(AnswerProgress(conversation: ID(42), question: 3, text: text(), isOver: chance(3))))
        case 9: .event(.typed(Typing(conversation: ID(42), actor: "c:142", name: text())))
        case 10: .event(.hostSampled(Desk.snapshot(secondsAgo: Int64(next(upperBound: UInt64(400))) - 100)))
        case 11:
            .event(
                .conversationRead(
                    ConversationRead(
                        pick([ID(42), ID(43)]),
                        ReadMark(
                            pick(["u:3", "u:9", ReadMark.everybody]), named: text(),
                            offset: Int64(next(upperBound: UInt64(50))), at: now))))
        case 12: .event(.viewersChanged(ConversationViewers(ID(42), pick([[], [viewer()]]))))
        case 13:
            .event(
                .customerPresenceChanged(CustomerPresence(pick([ID(42), ID(43)]), isOnline: chance(2), since: now)))
        default: .event(.statusChanged(Desk.status))
        }
    }

    private mutating func viewer() -> ConversationViewer {
        var viewer = ConversationViewer()
        (viewer.user, viewer.name) = (pick(["u:3", "u:9"]), text())
        viewer.state = pick([.busy, .active, .idle])
        return viewer
    }

    mutating func answer(to request: DeskRequest) -> DeskAnswer {
        switch request {
        case .showIdentity: .identity(Desk.identity(.admin))
        case .showStatus: .status(Desk.status)
        case .listConversations:
            .conversations(
                (0..<20).map { _ in conversation(at: Desk.now) }.reduce(into: [Conversation]()) { list, next in
                    if !list.contains(where: { $0.id == next.id }) { list.append(next) }
                })
        case .claim, .release, .resolve: .conversation(conversation(at: Desk.now))
        case .listMessages: .messages((0..<12).map { _ in message() })
        case .post: .message(message())
        case .listAlerts: .alerts((0..<10).map { _ in alert() })
        case .acknowledge: .alert(alert())
        case .listHosts: .hosts([Desk.snapshot(secondsAgo: 3).record])
        case .queryMetric: .series(MetricSeries.example)
        case .listModels: .models(Desk.models)
        case .listProcesses: .processes(processes())
        case .signalProcess: .signalled(SignalDelivery.example)
        default: .done
        }
    }
}
