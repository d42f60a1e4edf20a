internal import Vocabulary

extension Chart {
    /// The names of the series with their newest values, or with those at the cursor; the names alone where those do not
    /// fit.
    func drawLegend(in rect: Rect, on frame: inout Frame) {
        let readings = readings(at: cursor ?? .zero).filter { !$0.name.isEmpty }
        let whole = legend(readings, hasValues: true)
        frame.write(styled: whole.columns <= rect.columns ? whole : legend(readings, hasValues: false), in: rect)
    }

    private func legend(_ readings: [Reading], hasValues: Bool) -> StyledText {
        var line = StyledText(spans: [])
        for reading in readings {
            if !line.isEmpty { line += hasValues ? "   " : "  " }
            let sample = hasValues ? reading.sample : reading.sample.firstGlyph
            line += StyledText(sample + " ", reading.role) + StyledText(reading.name, .dim)
            if hasValues { line += " " + reading.value.styled() }
        }
        return line
    }

    /// A series at one moment.
    struct Reading {
        var name: SafeText
        var role: Role
        /// What it looks like.
        var sample: SafeText
        var value: Quantity
    }

    /// The value of each series at a moment; not measured outside of the time that is shown.
    func readings(at age: Duration) -> [Reading] {
        let step = max(step.inSeconds, .leastNormalMagnitude)
        let back = Int(min(max(age.inSeconds / step, -1), 1e9).rounded())
        var lines = 0
        var layers = 0
        return series.enumerated().map { index, series in
            let place = series.samples.count - 1 - back
            let value = series.samples.indices.contains(place) ? series.samples[place] : nil
            let sample: SafeText
            switch series.kind {
            case .area: sample = "⣿⣿"
            case .layer:
                sample = Chart.swatch(Chart.texture(layers))
                layers += 1
            case .line:
                sample = Chart.strokes[lines % 3]
                lines += 1
            }
            return Reading(
                name: series.name, role: role(of: series, at: index), sample: sample, value: Quantity(value, unit))
        }
    }

    private static func swatch(_ texture: UInt8) -> SafeText {
        let glyph = String(Braille.glyph(texture))
        return "\(glyph)\(glyph)"
    }

    /// What the lines of a chart look like, one behind the other.
    private static let strokes: [SafeText] = ["⠒⠒", "⠒⠂", "⠂⠂"]
}

extension SafeText {
    /// The first glyph alone.
    fileprivate var firstGlyph: SafeText {
        text.isEmpty ? self : slice(text.startIndex..<text.index(after: text.startIndex))
    }
}
