import Conversations
import DeskAPI
import Foundation
import Testing
import Vocabulary
import YAML

@Suite struct BusinessHoursTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    /// Monday to Friday, nine to five.
    private let office = BusinessHours(
        week: [[]] + [[BusinessHours.Block]](repeating: [.init(from: 540, to: 1020)], count: 5) + [[]])

    @Test(arguments: [
        // Asked on Friday at 16:30 with an hour to answer: late on Monday at 9:30.
        ("2026-11-27T16:30:00Z", 3600, "2026-11-30T09:30:00Z"),
        // Asked before the doors open: the clock waits for them.
        ("2026-11-25T07:00:00Z", 7200, "2026-11-25T11:00:00Z"),
        ("2026-11-25T09:00:00Z", 8 * 3600, "2026-11-25T17:00:00Z"),
        ("2026-11-28T12:00:00Z", 60, "2026-11-30T09:01:00Z"),
        ("2026-11-25T16:59:59Z", 2, "2026-11-26T09:00:01Z"),
    ])
    func `only working time counts`(start: String, seconds: Int, end: String) throws {
        let due = try #require(office.moment(.seconds(seconds), after: try moment(start)))
        #expect(due.rfc3339 == (try moment(end)).rfc3339)
        #expect(office.elapsed(from: try moment(start), to: due) == .seconds(seconds))
    }

    @Test func `a lunch break, a holiday and a week without work`() throws {
        var hours = BusinessHours(
            week: [[]]
                + [[BusinessHours.Block]](repeating: [.init(from: 540, to: 720), .init(from: 810, to: 1020)], count: 5)
                + [[]])
        #expect(
            hours.moment(.seconds(3600), after: try moment("2026-11-25T11:30:00Z"))
                == (try moment("2026-11-25T14:00:00Z")))
        #expect(!hours.isOpen(at: try moment("2026-11-25T12:30:00Z")))
        #expect(hours.opening(after: try moment("2026-11-25T12:30:00Z")) == (try moment("2026-11-25T13:30:00Z")))
        hours.holidays = [try moment("2026-11-26T00:00:00Z").milliseconds / 86_400_000]
        #expect(
            hours.moment(.seconds(3600), after: try moment("2026-11-25T16:30:00Z"))
                == (try moment("2026-11-27T09:30:00Z")))
        hours.week = [[BusinessHours.Block]](repeating: [], count: 7)
        #expect(hours.moment(.seconds(1), after: .start) == nil && hours.opening(after: .start) == nil)
        #expect(BusinessHours.always.moment(.seconds(5), after: .start) == .start + .seconds(5))
    }

    @Test func `the clocks go forward and back inside of working time`() throws {
        let bytes = try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin"))
        // A machine without tzdata has no zones by name.
        guard let bytes, let zone = TimeZoneRules(file: Array(bytes)) else { return }
        let nights = BusinessHours(
            week: [[BusinessHours.Block]](repeating: [.init(from: 0, to: 360)], count: 7), zone: zone)
        // On 29 March 2026 the six hours from midnight are five, on 25 October seven.
        #expect(
            nights.elapsed(from: try moment("2026-03-28T20:00:00Z"), to: try moment("2026-03-29T12:00:00Z"))
                == .seconds(5 * 3600))
        #expect(
            nights.elapsed(from: try moment("2026-10-24T20:00:00Z"), to: try moment("2026-10-25T12:00:00Z"))
                == .seconds(7 * 3600))
    }

    @Test func `what is added and what has passed agree, whatever the hours`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let week = (0..<7).map { _ -> [BusinessHours.Block] in
                let cuts = (0..<4).map { _ in Int.random(in: 0...1440, using: &generator) }.sorted()
                return Set(cuts).count == 4
                    ? [.init(from: cuts[0], to: cuts[1]), .init(from: cuts[2], to: cuts[3])] : []
            }
            let hours = BusinessHours(
                week: week, zone: TimeZoneRules(fixed: Int.random(in: -12...14, using: &generator) * 3600))
            let start = Timestamp.start + .seconds(Int.random(in: 0...2_000_000, using: &generator))
            let length = Duration.seconds(Int.random(in: 1...400_000, using: &generator))
            guard let end = hours.moment(length, after: start) else { continue }
            #expect(hours.elapsed(from: start, to: end) == length)
            #expect(end > start)
        }
    }
}

@Suite struct SupportFileTests {
    private func read(_ text: String) throws(YAMLFailure) -> SupportPlan {
        try SupportFile.read(Array(text.utf8), file: "support.yaml")
    }

    @Test func `a whole file`() throws {
        let plan = try read(
            """
            zone: "+01:00"
            hours:
              mon-fri: ["09:00-12:30", "13:30-17:00"]
              sat: ["10:00-14:00"]
            holidays: [2026-12-25]
            targets:
              first_reply: 2m
              resolution: 8h
              urgent: {first_reply: 30s}
            replies:
              - {name: hello, text: "Hello {{customer.name}}"}
            """)
        #expect(plan.hours.week?[1] == [.init(from: 540, to: 750), .init(from: 810, to: 1020)])
        #expect(plan.hours.week?[0] == [] && plan.hours.holidays.count == 1)
        #expect(plan.targets.length(of: .firstReply, for: .urgent) == .seconds(30))
        #expect(plan.targets.length(of: .resolution, for: .urgent) == .seconds(8 * 3600))
        #expect(plan.targets.length(of: .nextReply, for: .normal) == nil)
        #expect(plan.replies.map(\.name) == ["hello"])
        #expect(try read("").targets == .chat)
    }

    @Test func `every fault is told at once, with its line`() throws {
        let failure = #expect(throws: YAMLFailure.self) {
            try read(
                """
                zone: Mars/Olympus
                hours:
                  monday: ["09:00-17:00"]
                  tue: ["17:00-09:00"]
                  wed: ["09:00-12:00", "11:00-13:00"]
                holidays: [christmas]
                targets: {first_reply: 0s, soon: 5m}
                replies:
                  - {name: "Hello!", text: x}
                  - {name: a, text: "{{customer.age}}"}
                """)
        }
        let text = try #require(failure).description
        for line in [1, 3, 4, 5, 6, 7, 9, 10] {
            #expect(text.contains("support.yaml:\(line):"), "line \(line) in \(text)")
        }
    }

    @Test func `variables are filled in, what is unknown stays`() {
        let reply = CannedReply(name: "a", text: "Hi {{customer.name}}, {{x}} {{customer.name")
        #expect(reply.filled { $0 == "customer.name" ? "Li" : nil } == "Hi Li, {{x}} {{customer.name")
    }
}
