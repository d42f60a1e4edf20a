import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// Every pane as a person sees it, on the small screen and on a large one.
@Suite struct PaneFrameTests {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 160, rows: 45),
    ]

    private func expectBoth(_ name: String, file: String = #filePath, _ prepare: (inout Sitting) -> Void = { _ in }) {
        for size in PaneFrameTests.sizes {
            var sitting = Sitting.busy(size)
            prepare(&sitting)
            expectGolden(sitting.state.view(size), "\(name)-\(size.columns)x\(size.rows)", file: file)
        }
    }

    @Test func `the overview shows host, alerts, conversations and models`() {
        expectBoth("overview")
    }

    @Test func `the system pane shows everything that is measured`() {
        expectBoth("system") { $0.press(.character("2")) }
    }

    @Test func `the alerts pane shows the list and the course of the chosen one`() {
        expectBoth("alerts") {
            $0.press(.character("3"))
            $0.answerChart()
        }
    }

    @Test func `acknowledging takes one line`() {
        expectBoth("alerts-form") {
            $0.press(.character("3"))
            $0.answerChart()
            $0.press(.character("a"))
            $0.type("restarting the import")
        }
    }

    @Test func `the inbox shows who waits longest on top`() {
        expectBoth("inbox") { $0.press(.character("4")) }
    }

    @Test func `a transcript shows authors, notes, sources and what grows`() {
        expectBoth("transcript") {
            $0.openCrystal()
            $0.hear(
                .answerGrew(AnswerProgress(conversation: ID(42), question: 5, text: "I have asked a colleague to")),
                .typed(Typing(conversation: ID(42), actor: "c:142", name: "Crystal M.")))
        }
    }

    @Test func `a reply is written below the transcript`() {
        expectBoth("composer") {
            $0.openCrystal(owner: "u:3")
            $0.press(.character("i"))
            $0.type("Thanks Crystal, I have asked my manager")
            $0.press(.control("j"))
            $0.type("to call you on")
        }
    }

    @Test func `who else answers is asked about where the reply is written, and seen marks stand in the transcript`() {
        expectBoth("composer-question") {
            $0.openCrystal(owner: "u:3")
            $0.hear(
                .conversationRead(
                    ConversationRead(ID(42), ReadMark("u:9", named: "ben", offset: 5, at: Desk.ago(65)))),
                .conversationRead(
                    ConversationRead(ID(42), ReadMark("u:8", named: "cleo", offset: 3, at: Desk.ago(200)))))
            $0.press(.character("i"))
            $0.type("Thanks Crystal, I have asked my manager")
            var ben = ConversationViewer()
            (ben.user, ben.name, ben.state) = ("u:9", "ben", .busy)
            $0.hear(.viewersChanged(ConversationViewers(ID(42), [ben])))
            $0.press(.enter)
        }
    }

    @Test func `a note cannot be taken for a reply`() {
        expectBoth("note") {
            $0.openCrystal(owner: "u:3")
            $0.press(.character("n"))
            $0.type("ask for the phone number")
        }
    }

    @Test func `the models pane shows versions, errors, tokens and delays`() {
        expectBoth("models") { $0.press(.character("5")) }
    }

    @Test func `help shows the keys of the pane in front`() {
        expectBoth("help") { $0.press(.character("4"), .character("?")) }
    }

    @Test func `the palette finds a command by a few letters`() {
        expectBoth("palette") {
            $0.press(.character(":"))
            $0.type("tak")
        }
    }

    @Test func `being cut off is seen, with the age of what is shown`() {
        expectBoth("offline") {
            $0.hear(.connection(.offline(reason: "the connection was refused", retrySeconds: 30)))
            $0.pass(.seconds(14))
        }
    }

    @Test func `an empty desk teaches`() {
        for (digit, name) in ["1": "overview", "3": "alerts", "4": "inbox", "5": "models", "2": "system"] {
            var sitting = Sitting.empty()
            sitting.press(.character(Character(digit)))
            expectGolden(sitting.frame(), "empty-\(name)")
        }
    }

    @Test func `small screens show what needs a person first`() {
        for (columns, rows) in [(40, 10), (20, 5)] {
            var sitting = Sitting.busy(Size(columns: columns, rows: rows))
            expectGolden(sitting.frame(columns, rows), "overview-\(columns)x\(rows)")
            sitting.press(.character("4"), .enter)
            expectGolden(sitting.frame(columns, rows), "transcript-\(columns)x\(rows)")
        }
    }
}

extension Sitting {
    /// The desk answers what was asked about the chosen alert's metric.
    mutating func answerChart() {
        for request in look() {
            guard case .queryMetric(let query) = request, query.step != 1 else { continue }
            var series = MetricSeries()
            series.host = query.host ?? ""
            series.name = query.name
            series.unit = .percent
            series.step = 5
            series.points = (0..<150).map { index in
                let value = index < 62 ? 30 + Double(index % 9) * 3 : min(97, 60 + Double(index - 60) * 2)
                return MetricSeries.Point(
                    at: Desk.ago(740 - Int64(index) * 5), minimum: value - 2, mean: value, maximum: value + 1)
            }
            answer(request, .series(series))
        }
    }

    /// Opens Crystal's conversation in the conversations pane and reads its transcript.
    mutating func openCrystal(owner: String? = nil) {
        if let owner {
            var crystal = Desk.conversations[0]
            crystal.status = .open
            crystal.owner = owner
            crystal.ownerName = "ana"
            crystal.updatedAt = now
            hear(.conversationChanged(crystal))
        }
        press(.character("4"), .home)
        pass(.seconds(1))
        while !screen().contains("Crystal M. #42") {
            press(.enter)
            if screen().contains("Crystal M. #42") { break }
            press(.escape, .down)
        }
        for request in look() {
            if case .listMessages(let list) = request, list.id == ID(42) { answer(request, .messages(Desk.transcript)) }
        }
    }
}
