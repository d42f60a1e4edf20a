public import DeskAPI
internal import Vocabulary

/// The history of metrics as a table for people: a line for each time, a column for each metric.
public enum SeriesTable {
    /// The lines; times are of a clock this far ahead of UTC, a gap is `n/a`.
    public static func text(of all: [MetricSeries], utcOffset: Duration) -> String {
        var rows: [[SafeText]] = [["TIME"] + all.map { SafeText(untrusted: $0.name, limit: 60).oneLine }]
        var values: [Timestamp: [Double?]] = [:]
        for (column, series) in all.enumerated() {
            for point in series.points {
                values[point.at, default: [Double?](repeating: nil, count: all.count)][column] = point.mean
            }
        }
        for (at, means) in values.sorted(by: { $0.key < $1.key }) {
            let cells = zip(means, all).map { mean, series in
                SafeText(untrusted: mean.map { SeriesScale.text($0, series.unit) } ?? "n/a")
            }
            rows.append([SafeText(untrusted: clock(at + utcOffset))] + cells)
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].text.count }.max() ?? 0 }
        return rows.map { row in line(row, widths) }.joined()
    }

    /// A moment such as `2026-11-22 18:20:01`.
    private static func clock(_ local: Timestamp) -> String {
        let text = local.rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }

    private static func line(_ row: [SafeText], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in row.enumerated() {
            // Numbers stand under one another by their ends.
            let padding = String(repeating: " ", count: widths[column] - cell.text.count)
            line += column == 0 ? cell.text + padding : "  " + padding + cell.text
        }
        return line + "\n"
    }
}
