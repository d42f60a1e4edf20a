import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

/// Which metrics changed when an alert began.
@Suite struct ChangePointTests {
    private let moment = Timestamp(milliseconds: 1_795_370_400_000)

    /// Forty minutes in steps of ten seconds, the moment after thirty.
    private func course(_ name: String, _ value: (Int) -> Double?) -> MetricSeries {
        var series = MetricSeries()
        (series.host, series.name, series.step) = ("desk-1", name, 10)
        series.points = (0..<240).map { index in
            let value = value(index)
            return MetricSeries.Point(
                at: moment + .seconds(Int64(index - 180) * 10), minimum: value, mean: value, maximum: value)
        }
        return series
    }

    private func noise(_ random: inout Seeded) -> Double {
        (0..<12).reduce(0) { sum, _ in sum + Double.random(in: -0.5...0.5, using: &random) }
    }

    @Test(arguments: 0..<40)
    func `planted steps are found first among noise, slopes, cycles, spikes and constants`(_ seed: Int) {
        var random = Seeded(UInt64(seed) &+ 400)
        var courses: [MetricSeries] = []
        for number in 0..<60 {
            let level = Double.random(in: 10...1000, using: &random)
            let values = (0..<240).map { _ in noise(&random) }
            courses.append(course("noise.\(number)") { level + level / 10 * values[$0] })
            courses.append(course("slope.\(number)") { level + level * Double($0) / 240 })
            courses.append(course("flat.\(number)") { _ in level })
            courses.append(course("spike.\(number)") { $0 == 185 ? level * 100 : level + values[$0] })
            let length = Int.random(in: 30...120, using: &random)
            courses.append(course("cycle.\(number)") { level + level * Double($0 % length) / Double(length) })
        }
        for number in 0..<3 {
            let values = (0..<240).map { _ in noise(&random) }
            let size = Double.random(in: 8...40, using: &random) * (Bool.random(using: &random) ? 1 : -1)
            courses.append(course("step.\(number)") { 100 + values[$0] + ($0 >= 182 ? size : 0) })
        }
        courses.shuffle(using: &random)
        let found = ChangePoint.ranked(courses, at: moment, for: .seconds(600), limit: 8).map(\.course.name)
        #expect(Set(found.prefix(3)) == ["step.0", "step.1", "step.2"], "\(found)")
        #expect(found.count == 3, "\(found)")
    }

    @Test func `a level that rises from nothing is a change, one that was always there is none`() {
        #expect(
            ChangePoint.change(of: course("a") { $0 >= 180 ? 5 : 0 }, at: moment, for: .seconds(600))?.score ?? 0 >= 40)
        #expect(ChangePoint.change(of: course("a") { _ in 0 }, at: moment, for: .seconds(600))?.score == 0)
    }

    @Test func `too little before or after is no change, and gaps are left out`() {
        #expect(ChangePoint.change(of: course("a") { $0 < 176 ? nil : 1 }, at: moment, for: .seconds(600)) == nil)
        #expect(ChangePoint.change(of: course("a") { $0 > 182 ? nil : 1 }, at: moment, for: .seconds(600)) == nil)
        let holes = course("a") { $0 % 3 == 0 ? nil : $0 >= 180 ? 9 : 1 }
        #expect(ChangePoint.change(of: holes, at: moment, for: .seconds(600))?.after == 9)
    }

    @Test func `a report holds everything, and nothing of what comes from outside is markup in it`() {
        var incident = Incident.example
        incident.history.alert.summary = "<script>alert('x')</script> | *bold* \u{1B}[31m"
        incident.history.alert.note = "a & b"
        incident.history.alert.acknowledgedBy = "<b>eve</b>"
        incident.occurrences[0].title = "| a | <img src=x>"
        let report = IncidentReport(incident, utcOffset: .zero)
        let html = report.html
        #expect(
            !html.contains("<script") && !html.contains("<img") && !html.contains("<b>") && !html.contains("\u{1B}"))
        #expect(html.contains("&lt;script&gt;") && html.contains("<svg") && html.contains("a &amp; b"))
        #expect(!html.contains("http://") || html.contains("http://www.w3.org/2000/svg"))
        let markdown = report.markdown
        #expect(markdown.contains("\\<script\\>") && markdown.contains("\\| a \\| \\<img"))
        #expect(markdown.contains("## What changed at the same time") && markdown.contains("## Earlier episodes"))
    }
}
