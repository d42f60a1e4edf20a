import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct SeriesTextTests {
    private func series(_ name: String, unit: MetricUnit, _ means: [Double?]) -> MetricSeries {
        var series = MetricSeries()
        (series.host, series.name, series.unit) = ("web-1", name, unit)
        series.points = means.enumerated().map { index, mean in
            MetricSeries.Point(
                at: moment(HistoryFolder.start + Int64(index)), minimum: mean, mean: mean, maximum: mean.map { $0 * 2 })
        }
        return series
    }

    @Test func `CSV has a line for each point, and a gap has no values`() {
        #expect(
            SeriesCSV.text(of: [series("cpu.busy", unit: .percent, [1.5, nil])]) == """
                time,host,metric,unit,min,mean,max\r
                2026-11-22T18:00:00.000Z,web-1,cpu.busy,percent,1.5,1.5,3.0\r
                2026-11-22T18:00:01.000Z,web-1,cpu.busy,percent,,,\r

                """)
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"), ("-2", "'-2"), ("@x,y", "\"'@x,y\""),
        ("plain", "plain"),
    ])
    func `a name that a spreadsheet would misread is made text`(name: String, field: String) {
        #expect(SeriesCSV.field(name) == field)
    }

    @Test func `a table has a column for each metric in its unit, in the person's own time`() {
        let text = SeriesTable.text(
            of: [
                series("cpu.busy", unit: .percent, [1.5, nil]),
                series("disk.read", unit: .bytesPerSecond, [2048, 3_145_728]),
            ], utcOffset: .seconds(3600))
        #expect(
            text == """
                TIME                 cpu.busy  disk.read
                2026-11-22 19:00:00     1.5 %    2 KiB/s
                2026-11-22 19:00:01       n/a    3 MiB/s

                """)
    }
}
