import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct SeriesSVGTests {
    private func series(_ values: [Double?], unit: MetricUnit = .percent, name: String = "cpu.busy") -> MetricSeries {
        var series = MetricSeries()
        (series.host, series.name, series.unit) = ("web-1", name, unit)
        series.points = values.enumerated().map { index, value in
            MetricSeries.Point(
                at: moment(HistoryFolder.start + Int64(index)), minimum: value.map { $0 - 1 }, mean: value,
                maximum: value.map { $0 + 1 })
        }
        return series
    }

    /// The elements of a well-formed document; a fault otherwise.
    private func elements(_ text: String) throws -> [String: Int] {
        let counter = Counter()
        let parser = XMLText(text)
        try parser.walk { counter.names[$0, default: 0] += 1 }
        return counter.names
    }

    private final class Counter { var names: [String: Int] = [:] }

    @Test func `a gap divides the line, and a single value is a dot`() throws {
        let drawn = SeriesSVG(utcOffset: .zero).draw([series([1, 2, nil, 3, nil, 4, 5])])
        let found = try elements(drawn)
        #expect(found["polyline"] == 2)
        #expect(found["polygon"] == 2)
        #expect(found["circle"] == 1)
    }

    @Test func `each series has its panel with its name, units and times`() throws {
        let drawn = SeriesSVG(utcOffset: .seconds(3600)).draw([
            series([10, 20, 30]), series([1_048_576, 3_145_728], unit: .bytesPerSecond, name: "disk.sda.read"),
        ])
        #expect(try elements(drawn)["g"] == 2)
        #expect(drawn.contains(">cpu.busy on web-1<") && drawn.contains(">disk.sda.read on web-1<"))
        #expect(drawn.contains(">100 %<") && drawn.contains(">3 MiB/s<"))
        // 18:00:00 in UTC is 19:00:00 for the person.
        #expect(drawn.contains(">19:00:01<"))
    }

    @Test func `a series without values says so, and a hostile name is text`() throws {
        let drawn = SeriesSVG(utcOffset: .zero).draw([series([nil, nil], name: "a<script>&\u{1B}[31m")])
        #expect(drawn.contains("no values in this time"))
        #expect(drawn.contains("a&lt;script&gt;&amp;"))
        #expect(try elements(drawn)["script"] == nil)
    }

    @Test(arguments: [(0.0, 1.0), (0.3, 0.5), (7, 10), (100, 100), (101, 200), (0.0012, 0.002), (1e9, 1e9)])
    func `steps of an axis are round`(wanted: Double, step: Double) {
        #expect(abs(SeriesScale.roundStep(for: wanted, binary: false) - step) < step * 1e-9)
    }

    @Test func `any values are drawn within the panel`() throws {
        var random = Seeded(9)
        for _ in 0..<200 {
            let values = (0..<Int.random(in: 1...50, using: &random)).map { _ in
                Bool.random(using: &random) ? Double.random(in: -1e12...1e12, using: &random) : nil
            }
            let unit = MetricUnit.allCases.randomElement(using: &random) ?? .count
            let drawn = SeriesSVG(utcOffset: .zero).draw([series(values, unit: unit)])
            _ = try elements(drawn)
            #expect(!drawn.contains("nan") && !drawn.contains("inf"))
        }
    }
}

/// Walks over the elements of a small document; a fault when a bracket or a name does not fit.
private struct XMLText {
    struct Fault: Error { let near: String }

    private let text: String

    init(_ text: String) { self.text = text }

    func walk(_ visit: (String) -> Void) throws {
        var open: [String] = []
        for part in text.components(separatedBy: "<").dropFirst() {
            guard let close = part.firstIndex(of: ">") else { throw Fault(near: part) }
            let tag = part[..<close]
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter })
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { throw Fault(near: part) }
            } else {
                visit(name)
                if !tag.hasSuffix("/") { open.append(name) }
            }
        }
        guard open.isEmpty else { throw Fault(near: open.joined()) }
    }
}
