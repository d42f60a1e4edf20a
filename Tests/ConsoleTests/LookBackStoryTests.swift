import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// A person looks back in time, in every pane, and returns.
@Suite struct LookBackStoryTests {
    /// What the desk says of a moment an hour ago: a hot processor, a firing alert, one conversation.
    private func moment(_ at: Timestamp) -> DeskMoment {
        var moment = DeskMoment()
        moment.at = at
        moment.host =
            HostSnapshot(
                host: Desk.snapshots[0].host, at: at, layout: Desk.snapshots[0].layout,
                values: Desk.snapshots[0].layout.names.map { $0 == "cpu.busy" ? 87 : 1 }
            ).record
        var alert = Desk.alert(3, "old", "Disk /old was slow", .critical, .firing, fired: 0)
        alert.metric = "cpu.busy"
        moment.alerts = [alert]
        moment.conversations = [Desk.conversation(70, "Ancient", .waiting, "help me then", last: "help", updated: 3600)]
        return moment
    }

    private func asked(_ requests: [DeskRequest]) -> ShowMoment? {
        requests.lazy.compactMap { if case .showMoment(let asked) = $0 { asked } else { nil } }.first
    }

    /// Goes back and lets the desk answer.
    private func lookingBack(_ role: DeskAPI.Role = .admin, _ keys: Key...) throws -> Sitting {
        var sre = Sitting.busy(role: role)
        for key in keys { sre.press(key) }
        let request = try #require(asked(sre.look()))
        sre.answer(.showMoment(request), .moment(moment(request.at)))
        return sre
    }

    @Test func `a step back shows every pane as it was, and says so`() throws {
        var sre = try lookingBack(.admin, .character("["))
        #expect(sre.screen().contains("◀ PAST 14:03:12") && sre.screen().contains("End now"))
        #expect(sre.screen().contains("87") && !sre.screen().contains("● live"))
        sre.press(.character("3"))
        #expect(sre.screen().contains("Disk /old was slow") && !sre.screen().contains("CPU busy above 90 %"))
        sre.press(.character("4"))
        #expect(sre.screen().contains("Ancient") && !sre.screen().contains("Crystal"))
    }

    @Test func `while a moment is read the one before stays, with its own time`() throws {
        var sre = try lookingBack(.admin, .character("["))
        sre.press(.character("["))
        #expect(sre.screen(120, 30).contains("◀ PAST 14:03:12") && sre.screen(120, 30).contains("reading 14:03:02"))
        sre.press(.character("["), .character("["))
        let first = try #require(asked(sre.look()))
        // The answer to a moment that was left is not shown; the one that is wanted is asked for then.
        sre.answer(.showMoment(first), .moment(moment(first.at)))
        #expect(sre.screen().contains("◀ PAST 14:03:12"))
        let second = try #require(asked(sre.look()))
        sre.answer(.showMoment(second), .moment(moment(second.at)))
        #expect(sre.screen().contains("◀ PAST 14:02:42"))
    }

    @Test func `what happens meanwhile is not shown until the person returns`() throws {
        var sre = try lookingBack(.admin, .character("["), .character("3"))
        sre.hear(.alertChanged(Desk.alert(20, "disk", "Disk / full", .critical, .firing, fired: 1)))
        for snapshot in Desk.snapshots.suffix(1) { sre.hear(.hostSampled(snapshot)) }
        #expect(!sre.screen().contains("Disk / full"))
        sre.press(.end)
        #expect(sre.screen().contains("Disk / full") && !sre.screen().contains("PAST"))
        #expect(!sre.screen().contains("Disk /old was slow"))
    }

    @Test func `nothing can be done to the past`() throws {
        var sre = try lookingBack(.sre, .character("["), .character("3"))
        sre.forget()
        sre.press(.character("a"))
        #expect(sre.look().isEmpty)
        #expect(sre.screen().contains("the console shows the past"))
    }

    @Test func `a moment is typed, and nonsense is explained`() throws {
        var sre = Sitting.busy()
        sre.press(.character("T"))
        sre.type("soon")
        sre.press(.enter)
        #expect(sre.screen().contains("is no time"))
        sre.press(.control("u"))
        sre.type("5m ago")
        sre.press(.enter)
        let request = try #require(asked(sre.look()))
        #expect(request.at == Desk.now - .seconds(300))
    }

    @Test func `events are stops, with what they were and the way to them`() throws {
        var sre = Sitting.busy()
        sre.press(.character("{"))
        let list = try #require(
            sre.look().lazy.compactMap { if case .listOccurrences(let asked) = $0 { asked } else { nil } }.first)
        sre.answer(
            .listOccurrences(list),
            .occurrences([
                Occurrence(at: Desk.now - .seconds(900), kind: .restart, title: "gateway started", subject: "desk"),
                Occurrence(at: Desk.now - .seconds(380), kind: .alert, title: "CPU busy", subject: "alert:12"),
            ]))
        sre.press(.character("{"))
        let request = try #require(asked(sre.look()))
        #expect(request.at == Desk.now - .seconds(380))
        sre.answer(.showMoment(request), .moment(moment(request.at)))
        #expect(sre.screen(140, 30).contains("◆ alert CPU busy"))
        sre.press(.character("{"))
        let earlier = try #require(asked(sre.look()))
        #expect(earlier.at == Desk.now - .seconds(900))
        sre.answer(.showMoment(earlier), .moment(moment(earlier.at)))
        sre.press(.character("}"))
        #expect(asked(sre.look())?.at == Desk.now - .seconds(380))
    }

    @Test func `the processes of the past say that only the top were kept`() throws {
        var sre = try lookingBack(.sre, .character("["))
        sre.press(.character("2"), .character("p"))
        try sre.answerPastProcesses(of: 143)
        #expect(sre.screen().contains("top \(Desk.processes.count) of 143 kept"))
        sre.press(.character("/"))
        sre.type("name~nothing-of-this-name")
        try sre.answerPastProcesses(of: 143)
        #expect(sre.screen().contains("0 of those kept match"))
        #expect(sre.screen().contains("None of the processes kept of then matches"))
    }

    @Test func `no chart of the host ends now while the past is shown`() throws {
        var sre = try lookingBack(.sre, .character("["))
        sre.press(.character("2"))
        let screen = sre.screen(160, 45)
        let axes = screen.split(separator: "\n").filter { $0.contains("-5m") }
        #expect(axes.count == 2 && axes.allSatisfy { !$0.contains("now") && $0.contains("14:03:12") })
    }

    @Test func `a step past the newest moment is now`() throws {
        var sre = try lookingBack(.admin, .character("["))
        sre.press(.character("]"))
        #expect(sre.screen().contains("● live"))
    }

    @Test func `a moment that cannot be read says why`() throws {
        var sre = Sitting.busy()
        sre.press(.character("("))
        let request = try #require(asked(sre.look()))
        sre.refuse(.showMoment(request), Problem(.unreachable, "the line is cut"))
        #expect(sre.screen(120, 30).contains("the line is cut"))
        #expect(asked(sre.look()) == nil, "it is not asked again and again")
    }
}

/// What happened stands on the charts, and a click on a chart goes there.
@Suite struct ChartEventStoryTests {
    private func wide() -> Sitting {
        var sre = Sitting.busy(Size(columns: 160, rows: 45))
        sre.answer(
            .listOccurrences(ListOccurrences()),
            .occurrences([
                Occurrence(
                    at: Desk.now - .seconds(120), kind: .deployment, title: "production points to b", subject: "model:2"
                )
            ]))
        return sre
    }

    @Test func `a deployment is marked on every chart of its time`() {
        let screen = wide().screen(160, 45)
        #expect(screen.split(separator: "◆").count - 1 >= 4, "four charts show it")
        #expect(screen.contains("deploy"))
    }

    @Test func `an alert that fires now is marked without asking the desk`() {
        var sre = wide()
        let before = sre.screen(160, 45).count { $0 == "■" }
        sre.hear(.alertChanged(Desk.alert(40, "swap", "Swapping", .warning, .firing, fired: 30)))
        #expect(sre.screen(160, 45).count { $0 == "■" } >= before + 4, "a sign on each of four charts")
    }

    @Test func `a click on a chart looks at the moment of its column, a drag goes on`() {
        var sre = wide()
        sre.forget()
        sre.press(.mouse(MouseEvent(.press(0), at: Position(column: 30, row: 5))))
        let asked = sre.look().compactMap { if case .showMoment(let asked) = $0 { asked.at } else { nil } }
        #expect(asked.count == 1 && asked[0] < Desk.now - .seconds(60) && asked[0] > Desk.now - .seconds(300))
        sre.press(.mouse(MouseEvent(.drag(0), at: Position(column: 20, row: 5))))
        #expect(sre.screen(160, 45).contains("PAST") && sre.screen(160, 45).contains("reading"))
    }
}

/// The time axis where something happened just now.
@Suite struct TimeAxisStoryTests {
    private func axis(secondsAgo: Int64) -> String {
        var sre = Sitting.busy()
        sre.answer(
            .listOccurrences(ListOccurrences()),
            .occurrences([
                Occurrence(at: Desk.now - .seconds(secondsAgo), kind: .restart, title: "started", subject: "desk")
            ]))
        return sre.screen().split(separator: "\n").first { $0.contains("-5m") }.map(String.init) ?? ""
    }

    @Test func `a sign at the edge takes the place of the word there, whole`() {
        #expect(axis(secondsAgo: 100).contains("now"))
        let edge = axis(secondsAgo: 8)
        #expect(edge.contains("↻") && !edge.contains("now"))
        for letter in ["n↻", "o↻", "↻w", "↻o"] { #expect(!edge.contains(letter), "\(edge)") }
    }
}
