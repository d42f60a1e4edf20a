import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// What happened and how values went, as lines of text.
@Suite struct PlainCourseStoryTests {
    private func events(_ plain: inout PlainConsole, _ command: String) throws -> ListOccurrences {
        let asked = plain.enter(command, at: Desk.now)
        guard case .listOccurrences(let request)? = asked.requests.first else {
            throw Unexpected(text: text(asked))
        }
        return request
    }

    private struct Unexpected: Error { let text: String }

    private func occurrence(_ age: Int64, _ kind: Occurrence.Kind, _ title: String) -> Occurrence {
        Occurrence(at: Desk.now - .seconds(age), kind: kind, title: title, subject: "alert:1")
    }

    @Test func `what happened is told since a time or for a span, made harmless`() throws {
        var plain = PlainConsole.listening()
        #expect(try events(&plain, "events").from == Desk.now - .seconds(3600))
        #expect(try events(&plain, "events 3h").from == Desk.now - .seconds(3 * 3600))
        let request = try events(&plain, "events yesterday 9:00")
        #expect(request.to == Desk.now)
        let told = plain.answered(
            .listOccurrences(request),
            .success(.occurrences([occurrence(90, .alert, "CPU\u{1B}[2J busy"), occurrence(10, .restart, "started")])),
            at: Desk.now)
        #expect(told.lines.count == 3 && told.requests.isEmpty)
        #expect(text(told).contains("2 events since ") && text(told).contains(", alert: CPU"))
        #expect(text(told).contains(", restart: started") && !text(told).unicodeScalars.contains("\u{1B}"))
        let none = try events(&plain, "events 1h")
        #expect(
            text(plain.answered(.listOccurrences(none), .success(.occurrences([])), at: Desk.now))
                .contains("nothing happened since "))
        #expect(text(plain.enter("events soon", at: Desk.now)).contains("refused"))
    }

    @Test func `one goes from event to event, and each moment is told`() throws {
        var plain = PlainConsole.listening()
        #expect(text(plain.enter("after", at: Desk.now)).contains("nothing comes after it"))
        let back = try events(&plain, "before")
        #expect(back.to.map { $0 < Desk.now } == true && back.limit == 1)
        let first = plain.answered(
            .listOccurrences(back), .success(.occurrences([occurrence(90, .alert, "CPU busy")])), at: Desk.now)
        #expect(text(first).contains(", alert: CPU busy"))
        guard case .showMoment(let shown)? = first.requests.first else {
            Issue.record("the moment was not asked for")
            return
        }
        #expect(shown.at.wholeSeconds == (Desk.now - .seconds(90)).wholeSeconds)
        var moment = DeskMoment()
        moment.at = shown.at
        let told = plain.answered(first.requests[0], .success(.moment(moment)), at: Desk.now)
        #expect(told.lines.allSatisfy { $0.text.hasPrefix("then, ") })
        let earlier = try events(&plain, "before")
        #expect(earlier.to == shown.at - .milliseconds(1), "from there on, not from now")
        let none = plain.answered(.listOccurrences(earlier), .success(.occurrences([])), at: Desk.now)
        #expect(text(none).contains("nothing happened in the day before") && none.requests.isEmpty)
        let later = try events(&plain, "after")
        #expect(later.from == shown.at + .seconds(1))
        let next = plain.answered(
            .listOccurrences(later),
            .success(.occurrences([occurrence(10, .recovery, "over"), occurrence(60, .acknowledgment, "ann")])),
            at: Desk.now)
        #expect(text(next).contains(", acknowledgment: ann"), "the nearest, not the newest")
    }

    @Test func `how a value went is told at a glance and step by step, with what is unknown`() throws {
        var plain = PlainConsole.listening()
        let asked = plain.enter("history cpu.busy 1h", at: Desk.now)
        guard case .readCourse(let query)? = asked.requests.first else {
            Issue.record("nothing was asked: \(text(asked))")
            return
        }
        #expect(query.name == "cpu.busy" && query.step == 300 && query.from == Desk.now - .seconds(3600))
        var series = MetricSeries()
        (series.host, series.name, series.unit, series.step) = ("web-1", "cpu.busy", .percent, 300)
        series.points = [
            .init(at: Desk.now - .seconds(900), minimum: 1, mean: 2, maximum: 3),
            .init(at: Desk.now - .seconds(600), minimum: nil, mean: nil, maximum: nil),
            .init(at: Desk.now - .seconds(300), minimum: 2, mean: 40, maximum: 91.5),
        ]
        let told = plain.answered(asked.requests[0], .success(.series(series)), at: Desk.now)
        #expect(told.lines.count == 4)
        #expect(told.lines[0].text.contains("cpu.busy of web-1: 21.0 % on average, least 1.0 %, most 91.5 %"))
        #expect(told.lines[2].text.hasSuffix(": unknown") && told.lines[3].text.contains("40.0 %, up to 91.5 %"))
        #expect(text(plain.enter("history", at: Desk.now)).contains("write history METRIC SPAN"))
        #expect(text(plain.enter("history cpu.bsy", at: Desk.now)).contains("did you mean cpu.busy?"))
        #expect(text(plain.enter("history cpu.busy soon", at: Desk.now)).contains("refused"))
        var blank = PlainConsole(now: Desk.now)
        #expect(text(blank.enter("history cpu.busy", at: Desk.now)).contains("no host has been sampled yet"))
    }
}
