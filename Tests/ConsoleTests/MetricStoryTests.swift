import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// A person follows a metric through time, on one host and on several.
@Suite struct MetricStoryTests {
    private static let wide = Size(columns: 160, rows: 45)

    private func courses(_ requests: [DeskRequest]) -> [QueryMetric] {
        requests.compactMap { if case .readCourse(let query) = $0 { query } else { nil } }
    }

    /// The desk's answer: a slope from 10 to 90 over the time that was asked for.
    private func slope(_ query: QueryMetric, step: Int64, now: Timestamp, unit: MetricUnit = .percent) -> MetricSeries {
        var series = MetricSeries()
        (series.host, series.name, series.unit, series.step) = (query.host ?? "", query.name, unit, step)
        let to = query.to ?? now
        let from = query.from ?? now
        let count = max(2, Int((to - from).inSeconds) / Int(step))
        series.points = (0..<count).map { index in
            var point = MetricSeries.Point()
            point.at = from + .seconds(Int64(index) * step)
            let value = 10 + 80 * Double(index) / Double(count - 1)
            (point.mean, point.minimum, point.maximum) = (value, value - 5, value + 5)
            return point
        }
        return series
    }

    /// Answers until nothing more is asked.
    private func answer(_ sre: inout Sitting, step: Int64? = nil) {
        var asked = courses(sre.look())
        while !asked.isEmpty {
            for query in asked {
                sre.answer(.readCourse(query), .series(slope(query, step: step ?? query.step ?? 1, now: sre.now)))
            }
            asked = courses(sre.look())
        }
    }

    private func exploring(_ size: Size = MetricStoryTests.wide, hosts: [String] = []) -> Sitting {
        var sre = Sitting.busy(size)
        for host in hosts { hear(host, &sre) }
        sre.press(.character("6"))
        answer(&sre)
        return sre
    }

    private func hear(_ host: String, _ sre: inout Sitting) {
        for snapshot in Desk.snapshots {
            sre.hear(
                .hostSampled(
                    HostSnapshot(
                        host: host, at: snapshot.at, layout: snapshot.layout,
                        values: snapshot.values.map { $0 * 0.7 })))
        }
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), wide])
    func `metrics are chosen from a list and read over time`(_ size: Size) {
        var sre = exploring(size, hosts: ["web-1", "web-2"])
        sre.press(.tab, .character(" "), .character(" "), .tab)
        answer(&sre)
        sre.press(.left)
        for _ in 0..<12 { sre.press(.left) }
        expectGolden(sre.state.view(size), "metrics-\(size.columns)x\(size.rows)")
    }

    @Test func `the first look reads five minutes of the metric under the cursor`() throws {
        var sre = Sitting.busy(MetricStoryTests.wide)
        sre.press(.character("6"))
        let asked = courses(sre.look())
        #expect(asked.map(\.name) == ["cpu.busy"] && asked.map(\.host) == ["desk-1"] && asked.map(\.step) == [1])
        #expect(asked.first?.to == nil && asked.first?.from == sre.now - .seconds(301))
    }

    @Test func `keys that come faster than answers ask only for the last of it`() throws {
        var sre = Sitting.busy(MetricStoryTests.wide)
        sre.press(.character("6"))
        let first = try #require(courses(sre.look()).first)
        for _ in 0..<5 { sre.press(.down) }
        #expect(courses(sre.look()).isEmpty)
        sre.answer(.readCourse(first), .series(slope(first, step: 1, now: sre.now)))
        #expect(courses(sre.look()).map(\.name) == [Desk.layout.names[5]])
    }

    @Test func `zooming keeps the moment that is read where it is`() throws {
        var sre = exploring()
        for _ in 0..<6 { sre.press(.character("-")) }
        answer(&sre)
        for _ in 0..<30 { sre.press(.left) }
        func cursor() -> (column: Int, label: String)? {
            let lines = lines(of: sre.frame(160, 45))
            guard let line = lines.first(where: { $0.contains("┊") }) else { return nil }
            return (Array(line).firstIndex(of: "┊") ?? 0, lines.joined())
        }
        let before = try #require(cursor())
        sre.press(.character("="))
        answer(&sre)
        let after = try #require(cursor())
        #expect(abs(before.column - after.column) <= 1)
        #expect(sre.screen(160, 45).contains("0 shows now"))
        sre.press(.character("0"))
        answer(&sre)
        #expect(!sre.screen(160, 45).contains("0 shows now"))
    }

    @Test func `the reading cursor takes the time along at the left edge, and Enter goes there`() throws {
        var sre = exploring()
        for _ in 0..<200 { sre.press(.left) }
        answer(&sre)
        #expect(sre.screen(160, 45).contains("0 shows now"))
        sre.press(.enter)
        let moment = sre.look().compactMap { if case .showMoment(let asked) = $0 { asked.at } else { nil } }.first
        let asked = try #require(moment)
        #expect(asked < sre.now - .seconds(300) && asked > sre.now - .seconds(1200))
    }

    @Test func `several hosts stand on one chart and are read together`() throws {
        var sre = exploring(hosts: ["web-1", "web-2"])
        sre.press(.tab, .character(" "), .character(" "), .character(" "))
        #expect(Set(courses(sre.look()).compactMap(\.host)) == ["web-1", "web-2"])
        #expect(sre.screen(160, 45).contains("3 hosts"))
        sre.press(.character("x"))
        #expect(!sre.screen(160, 45).contains("3 hosts"))
    }

    @Test func `the gateway's own host is the main one, whichever is heard of first`() {
        var sre = Sitting.empty(MetricStoryTests.wide)
        hear("a-first", &sre)
        #expect(sre.screen(160, 45).contains("14.6 %") || sre.screen(160, 45).contains("10.2 %"))
        var status = Desk.status
        status.host = "desk-1"
        sre.hear(.statusChanged(status))
        for snapshot in Desk.snapshots { sre.hear(.hostSampled(snapshot)) }
        sre.press(.character("6"))
        let asked = courses(sre.look())
        #expect(asked.compactMap(\.host) == ["desk-1"])
        sre.press(.character("2"))
        #expect(sre.screen(160, 45).contains("desk-1 · up"))
    }

    @Test func `a host that is silent says since when`() {
        var sre = exploring(hosts: ["web-1"])
        sre.pass(.seconds(90))
        sre.hear(
            .hostSampled(
                HostSnapshot(
                    host: "desk-1", at: sre.now, layout: Desk.layout, values: Desk.snapshots[0].values)))
        #expect(sre.screen(160, 45).contains("silent") && sre.screen(160, 45).contains("1m30s"))
    }

    @Test func `a long time is read again only when a point has passed, and never while an answer is on its way`() {
        var sre = exploring()
        for _ in 0..<3 { sre.press(.character("-")) }
        answer(&sre)
        func second() {
            sre.pass(.seconds(1))
            sre.hear(
                .hostSampled(
                    HostSnapshot(
                        host: "desk-1", at: sre.now, layout: Desk.layout, values: Desk.snapshots[0].values)))
        }
        for _ in 0..<20 { second() }
        #expect(courses(sre.look()).isEmpty)
        for _ in 0..<20 { second() }
        #expect(courses(sre.look()).count == 1)
    }

    @Test func `what cannot be read says why, and is tried again after a break of the connection`() throws {
        var sre = Sitting.busy(MetricStoryTests.wide)
        sre.press(.character("6"))
        let query = try #require(courses(sre.look()).first)
        sre.refuse(.readCourse(query), Problem(.internalFailure, "the disk does not answer"))
        #expect(sre.screen(160, 45).contains("the disk does not answer"))
        sre.hear(.connection(.offline(reason: "cut", retrySeconds: 3)))
        sre.hear(.connection(.live))
        sre.hear(
            .hostSampled(
                HostSnapshot(
                    host: "desk-1", at: sre.now + .seconds(1), layout: Desk.layout, values: Desk.snapshots[0].values)))
        #expect(courses(sre.look()).count == 1)
    }

    @Test func `a chart of the overview leads to its course`() {
        var sre = Sitting.busy(MetricStoryTests.wide)
        while !sre.screen(160, 45).contains("Metrics ─") {
            sre.press(.tab, .enter)
            if !sre.screen(160, 45).contains("Metrics ─") { sre.press(.character("1")) }
        }
        #expect(courses(sre.look()).contains { $0.name == "cpu.busy" })
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60), Size(columns: 60, rows: 90)])
    func `the side in focus can have half of the screen and all of it`(_ size: Size) {
        for pane in 1...6 {
            var sre = Sitting.busy(size)
            sre.press(.character(Character("\(pane)")))
            answer(&sre)
            let usual = sre.state.view(size)
            sre.press(.character("+"), .character("+"))
            let whole = sre.state.view(size)
            sre.press(.character("_"), .character("_"))
            #expect(sre.state.view(size) == usual)
            if pane == 1 || pane == 6 { #expect(whole != usual) }
        }
    }
}
