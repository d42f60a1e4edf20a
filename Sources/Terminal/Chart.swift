public import Vocabulary

/// Values over time in braille: areas, layers that add up and lines, with the scale at the left and the time below.
///
/// Samples are evenly spaced, the newest last and at the right edge. A `nil` sample is a gap and drawn as one; what is
/// higher than the scale is cut off at the top with a `▴`. Series on the other side hang down from a middle line.
public struct Chart: Sendable {
    /// What is drawn; later ones lie over earlier ones.
    public var series: [Series]
    /// The values at the bottom and at the top.
    public var scale: ClosedRange<Double>
    /// How values between them are spread.
    public var scaling = Scaling.linear
    /// How values are written.
    public var unit: Quantity.Unit
    /// The time from the left to the right edge.
    public var span: Duration
    /// The time between two samples.
    public var step: Duration
    /// The number of the newest sample, counted from any fixed origin: keeps the picture from shimmering.
    public var newest: Int
    /// Values at which something begins.
    public var thresholds: [Threshold] = []
    /// Between which values it usually is, for each sample as in a series; dotted behind everything else.
    public var band: [ClosedRange<Double>?] = []
    /// What the band is called, shown where no data is in the way.
    public var bandLabel: SafeText = ""
    /// What happened meanwhile.
    public var markers: [Marker] = []
    /// How long before the right edge the reading cursor stands; then the values there are told.
    public var cursor: Duration?
    /// The local time at the cursor.
    public var cursorLabel: SafeText = ""
    /// What stands below the left edge; `nil` shows the span, such as `-5m`.
    public var startLabel: SafeText?
    /// What stands below the right edge.
    public var endLabel: SafeText = "now"

    /// A chart of evenly spaced samples.
    public init(
        _ series: [Series], scale: ClosedRange<Double>, unit: Quantity.Unit, span: Duration, step: Duration,
        newest: Int = 0
    ) {
        self.series = series
        self.scale = scale
        self.unit = unit
        self.span = span
        self.step = step
        self.newest = newest
    }

    /// The samples that the whole width stands for, at least 1.
    public var capacity: Int {
        let step = step.inSeconds
        guard step > 0 else { return 1 }
        return max(1, Int(min(span.inSeconds / step, 1_000_000).rounded()))
    }

    /// Whether something hangs down from a middle line.
    var isMirrored: Bool { series.contains { $0.side == .below } }

    /// Draws the chart; where there is little room, first the legend goes, then the time, then the scale.
    public func draw(in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let layout = Layout(of: self, in: rect)
        if let legend = layout.legend { drawLegend(in: legend, on: &frame) }
        let dots = plotted(in: layout.above, .above)
        drawBand(in: layout.above, on: &frame)
        drawThresholdLines(in: layout.above, on: &frame)
        drawDots(dots, in: layout.above, on: &frame)
        drawThresholdLabels(in: layout.above, avoiding: dots, on: &frame)
        drawBandLabel(in: layout.above, avoiding: dots, on: &frame)
        if isMirrored {
            frame.horizontalLine(layout.middle, .frame)
            let below = plotted(in: layout.below, .below)
            drawDots(below.flipped(), in: layout.below, isFlipped: true, on: &frame)
        }
        if let scale = layout.scale { drawScale(in: scale, layout, on: &frame) }
        if let time = layout.time { drawTime(in: time, on: &frame) }
        if let cursor { drawCursor(cursor, layout, on: &frame) }
    }
}
