public import Vocabulary

/// Values over time in braille: areas and lines, with the scale at the left and the time below.
///
/// Samples are evenly spaced, the newest last and at the right edge. A `nil` sample is a gap and drawn as one.
public struct Chart: Sendable {
    /// One course of values.
    public struct Series: Sendable {
        /// How the values are drawn.
        public enum Kind: Sendable {
            /// Filled down to the foot.
            case area
            /// A line; each of several is dashed in its own way.
            case line
        }

        /// What the legend calls it.
        public var name: SafeText
        /// Oldest first; may be shorter than the chart's span, then the left stays empty.
        public var samples: [Double?]
        /// How it is drawn.
        public var kind: Kind
        /// Its meaning; `nil` gives areas the gradient and lines the role of their place.
        public var role: Role?

        /// A course of values, oldest first.
        public init(_ samples: [Double?], name: SafeText = "", kind: Kind = .area, role: Role? = nil) {
            self.samples = samples
            self.name = name
            self.kind = kind
            self.role = role
        }
    }

    /// A value at which something begins, drawn as a dotted line.
    public struct Threshold: Sendable {
        /// Where it lies on the scale.
        public var value: Double
        /// What happens there, shown where no data is in the way.
        public var label: SafeText

        /// A value and what happens there.
        public init(_ value: Double, label: SafeText = "") {
            self.value = value
            self.label = label
        }
    }

    /// Something that happened, shown as `◆` on the time axis.
    public struct Marker: Sendable {
        /// How long before the right edge it happened.
        public var age: Duration
        /// A word or two, shown where there is room.
        public var label: SafeText

        /// Something that happened this long before the right edge.
        public init(age: Duration, label: SafeText) {
            self.age = age
            self.label = label
        }
    }

    /// What is drawn; later ones lie over earlier ones.
    public var series: [Series]
    /// The values at the bottom and at the top.
    public var scale: ClosedRange<Double>
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
    /// What happened meanwhile.
    public var markers: [Marker] = []
    /// How long before the right edge the reading cursor stands.
    public var cursor: Duration?
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

    /// Draws the chart; where there is little room, first the legend goes, then the time, then the scale.
    public func draw(in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let hasLegend = series.count { !$0.name.isEmpty } > 1 && rect.rows >= 5 && rect.columns >= 24
        let hasTime = rect.rows >= 3 && rect.columns >= 12
        let axis = axisWidth
        let hasScale = rect.columns >= axis + 9
        let inner = rect.droppingTop(hasLegend ? 1 : 0).droppingBottom(hasTime ? 1 : 0)
        let plot = inner.droppingLeft(hasScale ? axis : 0)
        if hasLegend { drawLegend(in: rect.top(1).droppingLeft(hasScale ? axis : 0), on: &frame) }
        let dots = plotted(in: plot)
        drawThresholdLines(in: plot, on: &frame)
        drawDots(dots, in: plot, on: &frame)
        drawThresholdLabels(in: plot, avoiding: dots, on: &frame)
        if hasScale { drawScale(in: inner.left(axis), on: &frame) }
        if let cursor { drawCursor(cursor, in: plot, on: &frame) }
        if hasTime {
            let line = Rect(column: plot.column, row: inner.endRow, columns: plot.columns, rows: 1)
            drawTime(in: line, on: &frame)
        }
    }
}
