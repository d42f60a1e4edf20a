public import DeskAPI
internal import Vocabulary

/// Draws the history of metrics as one SVG image that needs nothing else: a panel for each series, with axes, units,
/// the band from the smallest to the largest value, the mean as a line, and gaps left open.
public struct SeriesSVG {
    private static let width = 960.0
    private static let panelHeight = 230.0
    private static let plot = (left: 90.0, right: 940.0, top: 40.0, bottom: 200.0)

    private let utcOffset: Duration

    /// Drawings whose times are those of a clock this far ahead of UTC.
    public init(utcOffset: Duration) {
        self.utcOffset = utcOffset
    }

    /// The image of the series, one below the other.
    public func draw(_ all: [MetricSeries]) -> String {
        let height = SeriesSVG.panelHeight * Double(max(1, all.count))
        var image = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 \(n(height))" width="960" height="\(n(height))" \
            font-family="sans-serif" font-size="12">
            <rect width="960" height="\(n(height))" fill="#ffffff"/>

            """
        for (index, series) in all.enumerated() {
            image += "<g transform=\"translate(0 \(n(Double(index) * SeriesSVG.panelHeight)))\">\n"
            image += panel(series)
            image += "</g>\n"
        }
        return image + "</svg>\n"
    }

    private func panel(_ series: MetricSeries) -> String {
        var text = label(90, 24, "\(series.name) on \(series.host)", anchor: "start", weight: "bold")
        let plot = SeriesSVG.plot
        text += "<path d=\"M\(n(plot.left)) \(n(plot.top))V\(n(plot.bottom))H\(n(plot.right))\" "
        text += "fill=\"none\" stroke=\"#444444\"/>\n"
        guard let scale = SeriesScale(series) else {
            return text + label(515, 120, "no values in this time", anchor: "middle")
        }
        for tick in scale.valueTicks {
            let y = y(tick, scale)
            text += "<path d=\"M\(n(plot.left)) \(n(y))H\(n(plot.right))\" stroke=\"#dddddd\"/>\n"
            text += label(plot.left - 6, y + 4, SeriesScale.text(tick, series.unit), anchor: "end")
        }
        for tick in scale.timeTicks(utcOffset: utcOffset) {
            let x = x(tick.seconds, scale)
            text += "<path d=\"M\(n(x)) \(n(plot.bottom))v5\" stroke=\"#444444\"/>\n"
            text += label(x, plot.bottom + 19, tick.text, anchor: "middle")
        }
        for run in SeriesSVG.runs(series) { text += draw(run, scale) }
        return text
    }

    /// Points that follow one another without a gap.
    static func runs(_ series: MetricSeries) -> [[MetricSeries.Point]] {
        series.points.split { $0.mean == nil }.map(Array.init)
    }

    private func draw(_ run: [MetricSeries.Point], _ scale: SeriesScale) -> String {
        let means = run.compactMap { point in point.mean.map { place(point, $0, scale) } }
        guard run.count > 1 else {
            // A line needs two ends; a single value is a dot.
            let dot = run.first.flatMap { point in point.mean.map { (x(point.at.seconds, scale), y($0, scale)) } }
            return dot.map { "<circle cx=\"\(n($0.0))\" cy=\"\(n($0.1))\" r=\"1.5\" fill=\"#1f5fbf\"/>\n" } ?? ""
        }
        let tops = run.compactMap { point in point.maximum.map { place(point, $0, scale) } }
        let bottoms = run.reversed().compactMap { point in point.minimum.map { place(point, $0, scale) } }
        let band = (tops + bottoms).joined(separator: " ")
        return """
            <polygon points="\(band)" fill="#1f5fbf" fill-opacity="0.18"/>
            <polyline points="\(means.joined(separator: " "))" fill="none" stroke="#1f5fbf" stroke-width="1.5"/>

            """
    }

    private func place(_ point: MetricSeries.Point, _ value: Double, _ scale: SeriesScale) -> String {
        "\(n(x(point.at.seconds, scale))),\(n(y(value, scale)))"
    }

    private func x(_ seconds: Double, _ scale: SeriesScale) -> Double {
        let plot = SeriesSVG.plot
        return plot.left + (seconds - scale.start) / max(scale.end - scale.start, 1) * (plot.right - plot.left)
    }

    private func y(_ value: Double, _ scale: SeriesScale) -> Double {
        let plot = SeriesSVG.plot
        return plot.bottom - (value - scale.bottom) / (scale.top - scale.bottom) * (plot.bottom - plot.top)
    }

    private func label(
        _ x: Double, _ y: Double, _ text: String, anchor: String, weight: String = "normal"
    ) -> String {
        """
        <text x="\(n(x))" y="\(n(y))" text-anchor="\(anchor)" font-weight="\(weight)" \
        fill="#222222">\(SeriesSVG.escaped(text))</text>

        """
    }

    /// A coordinate with one decimal.
    private func n(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }

    /// Text for XML: names come from outside, and control characters may not stand in it at all.
    private static func escaped(_ text: String) -> String {
        SafeText(untrusted: text, limit: 200).oneLine.text
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
