internal import Terminal
internal import Vocabulary

/// The stretch of time that a chart shows, and the reading cursor on it.
struct ChartView: Equatable, Sendable {
    /// The lengths that can be shown, in seconds: from a minute to two years.
    static let spans: [Int64] = [
        60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 259_200, 604_800, 2_592_000, 7_776_000, 31_536_000,
        63_072_000,
    ]
    /// The points that are wanted of a course: two dots for each cell of a wide screen.
    static let points: Int64 = 400

    /// The length in seconds.
    private(set) var span: Int64 = 300
    /// The moment at the right edge; `nil` goes along with now.
    private(set) var end: Timestamp?
    /// The moment that is read; `nil` reads none.
    private(set) var cursor: Timestamp?

    /// The moment at the right edge.
    func edge(_ now: Timestamp) -> Timestamp { end ?? now }

    /// The moment at the left edge.
    func start(_ now: Timestamp) -> Timestamp { edge(now) - .seconds(span) }

    /// How long before the right edge the reading cursor stands; `nil` when it stands outside.
    func cursorAge(_ now: Timestamp) -> Duration? {
        guard let cursor, cursor >= start(now), cursor <= edge(now) else { return nil }
        return edge(now) - cursor
    }

    /// The seconds that one point stands for.
    var step: Int64 { max(1, span / ChartView.points) }

    var isLongest: Bool { span >= ChartView.spans[ChartView.spans.count - 1] }
    var isShortest: Bool { span <= ChartView.spans[0] }

    /// Shows the next longer or shorter time; the moment under the cursor stays where it is.
    mutating func zoom(in closer: Bool, now: Timestamp) {
        let next = closer ? ChartView.spans.last { $0 < span } : ChartView.spans.first { $0 > span }
        guard let next else { return }
        let edge = edge(now)
        let share = cursorAge(now).map { $0.inSeconds / Double(span) }
        span = next
        guard let share, let cursor else { return move(edgeTo: edge, now) }
        move(edgeTo: cursor + .seconds(share * Double(next)), now)
    }

    /// Shows an earlier or later time by this many halves of what is shown.
    mutating func pan(halves: Int64, now: Timestamp) {
        move(edgeTo: edge(now) + .seconds(halves * max(1, span / 2)), now)
    }

    /// Moves the reading cursor by columns of a plot, and what is shown with it when it leaves an edge.
    mutating func moveCursor(by columns: Int, of width: Int, now: Timestamp) {
        let column = Double(span) / Double(max(1, width))
        let old = cursorAge(now).map { _ in cursor ?? now } ?? edge(now) - .seconds(column / 2)
        let isNew = cursorAge(now) == nil
        let wanted = isNew ? old : old + .seconds(Double(columns) * column)
        cursor = min(wanted, now)
        if wanted < start(now) { pan(halves: -1, now: now) }
        if wanted > edge(now), end != nil { pan(halves: 1, now: now) }
    }

    /// Puts the reading cursor on a moment of what is shown.
    mutating func read(_ moment: Timestamp) {
        cursor = moment
    }

    /// Reads no moment any more.
    mutating func leaveCursor() {
        cursor = nil
    }

    /// Goes back to the last minutes.
    mutating func reset() {
        self = ChartView()
    }

    private mutating func move(edgeTo wanted: Timestamp, _ now: Timestamp) {
        // An edge a step before now would show a stripe without values.
        end = wanted + .seconds(step) >= now ? nil : wanted
    }
}
