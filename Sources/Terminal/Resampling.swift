/// Spreads samples over the dots of a chart so that a dot shows the same samples as long as it is visible.
///
/// Samples are counted from a fixed origin, and the borders between dots are multiples of a fixed width in that count:
/// as time passes the picture only shifts, it never shimmers. With more samples than dots a dot shows its highest.
struct Resampling {
    /// How many samples the whole width stands for.
    let samples: Int
    /// How many dots there are.
    let dots: Int
    /// The number of the newest sample, counted from a fixed origin.
    let newest: Int

    /// The value at each dot from left to right, `nil` where nothing was measured.
    func values(_ series: [Double?]) -> [Double?] {
        var values = [Double?](repeating: nil, count: dots)
        guard samples > 0, dots > 0 else { return values }
        var previous: (dot: Int, value: Double)?
        let first = newest - series.count + 1
        for (index, sample) in series.enumerated() {
            guard let sample, sample.isFinite else {
                previous = nil
                continue
            }
            let dot = place(first + index)
            if let previous { connect(previous, to: (dot, sample), in: &values) }
            if dot >= 0, dot < dots { values[dot] = max(values[dot] ?? -.infinity, sample) }
            previous = (dot, sample)
        }
        return values
    }

    /// How far the dots have moved since the origin; dashes that start here move with the line.
    var phase: Int { absolute(newest) - (dots - 1) }

    private func absolute(_ ordinal: Int) -> Int {
        let scaled = ordinal * dots
        return scaled >= 0 ? scaled / samples : -((-scaled + samples - 1) / samples)
    }

    private func place(_ ordinal: Int) -> Int { absolute(ordinal) - phase }

    /// Straight between two samples that are several dots apart.
    private func connect(
        _ start: (dot: Int, value: Double), to end: (dot: Int, value: Double), in values: inout [Double?]
    ) {
        guard end.dot - start.dot > 1 else { return }
        for dot in max(0, start.dot + 1)..<max(0, min(end.dot, dots), start.dot + 1) where dot < dots {
            let share = Double(dot - start.dot) / Double(end.dot - start.dot)
            values[dot] = start.value + (end.value - start.value) * share
        }
    }
}
