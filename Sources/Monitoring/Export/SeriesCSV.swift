public import DeskAPI
internal import Vocabulary

/// The history of metrics as comma-separated values (RFC 4180), one line for each point.
public enum SeriesCSV {
    /// The lines, the first with the columns' names; a gap has empty values.
    public static func text(of all: [MetricSeries]) -> String {
        var text = "time,host,metric,unit,min,mean,max\r\n"
        for series in all {
            let names = [series.host, series.name, series.unit.rawValue].map(field).joined(separator: ",")
            for point in series.points {
                let values = [point.minimum, point.mean, point.maximum].map { $0.map(\.description) ?? "" }
                text += "\(point.at.rfc3339),\(names),\(values.joined(separator: ","))\r\n"
            }
        }
        return text
    }

    /// A field; one that a spreadsheet would take for a formula is marked as text (OWASP, "CSV Injection").
    static func field(_ text: String) -> String {
        var text = SafeText(untrusted: text, limit: 400).oneLine.text
        if let first = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
