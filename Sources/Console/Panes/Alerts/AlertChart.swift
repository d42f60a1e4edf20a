internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The course of an alert's metric, from some minutes before it began until now.
struct AlertChart {
    let alert: AlertRow
    let scene: Scene

    /// How much of the time before the alert is shown.
    private static let before = Duration.seconds(300)

    /// What to ask the desk for; the desk chooses the step.
    static func query(for alert: AlertRow, at now: Timestamp) -> QueryMetric {
        var query = QueryMetric()
        query.host = alert.host.isEmpty ? nil : alert.host
        query.name = alert.metric
        query.from = alert.startedAt - before
        query.to = alert.resolvedAt.map { $0 + before }.flatMap { $0 < now ? $0 : nil }
        // A step of one second is the overview's; two minutes and more want a coarser one.
        query.usual = true
        query.step = max(2, Int64((now - alert.startedAt + before).inSeconds / 300))
        return query
    }

    func draw(in rect: Rect, on frame: inout Frame) {
        let key = DeskFacts.windowKey(host: alert.host, metric: alert.metric)
        guard let window = scene.facts.windows[key] else {
            return frame.write("Reading the course of \(alert.metricName) …", in: rect, .dim)
        }
        let end = min(alert.resolvedAt.map { $0 + AlertChart.before } ?? scene.now, scene.now)
        let edge = HostHistory.second(end)
        let start = HostHistory.second(alert.startedAt - AlertChart.before)
        let count = Int(clamping: max(60, (edge - start) / window.step))
        let scaling = window.unit == .milliseconds ? 0.001 : 1
        let samples = window.samples(
            last: count, until: edge, alert.firesAbove ? .highest : .lowest, then: scene.facts.hosts[alert.host]
        ).map { $0.map { $0 * scaling } }
        let band = window.usualRange(last: count, until: edge).map { range in
            range.map { $0.lowerBound * scaling...$0.upperBound * scaling }
        }
        // Inside of an area a band could not be seen.
        var chart = Chart(
            [Chart.Series(samples, kind: band.isEmpty ? .area : .line)],
            scale: scale(samples + band.map { $0?.upperBound }, scaling, window.unit), unit: Quantity.Unit(window.unit),
            span: .seconds(Int64(count) * window.step), step: .seconds(window.step),
            newest: Int(clamping: edge / window.step))
        if isDirect(window.unit) {
            chart.thresholds = [Chart.Threshold(alert.threshold * scaling, label: thresholdLabel)]
        }
        chart.band = band
        chart.bandLabel = "usual at this hour"
        // Nearer to the right edge a marker would stand in the middle of the word there.
        chart.markers = markers(until: end).filter { $0.age / chart.span > 0.06 }
        chart.endLabel = end == scene.now ? "now" : scene.local(end).clock
        chart.startLabel = scene.local(end - .seconds(Int64(count) * window.step)).clock
        chart.draw(in: rect, on: &frame)
    }

    /// What happened to the alert: when it fired, and who took it on.
    private func markers(until end: Timestamp) -> [Chart.Marker] {
        var markers: [Chart.Marker] = []
        if let firedAt = alert.firedAt {
            markers.append(Chart.Marker(age: end - firedAt, label: "fired", kind: .alert))
        }
        if let at = alert.acknowledgedAt, let name = alert.acknowledgedBy {
            markers.append(Chart.Marker(age: end - at, label: name.truncated(to: 16), kind: .acknowledgment))
        }
        return markers
    }

    private var thresholdLabel: SafeText {
        let words = AlertWords(alert: alert, scene: scene)
        return alert.firesAbove
            ? "fires above \(words.limit), clears below \(words.clearance)"
            : "fires below \(words.limit), clears above \(words.clearance)"
    }

    /// Whether the alert judges the metric itself, so that its threshold belongs on this scale.
    private func isDirect(_ unit: MetricUnit) -> Bool { unit == alert.unit }

    /// Shares are shown whole; everything else up to a round number over the highest value and the threshold.
    private func scale(_ samples: [Double?], _ scaling: Double, _ unit: MetricUnit) -> ClosedRange<Double> {
        guard unit != .percent else { return 0...100 }
        let highest = samples.compactMap { $0 }.max() ?? 0
        var scale = AutoScale(unit == .bytes ? .binary : .decimal, floor: .leastNormalMagnitude)
        scale.fit(max(highest, isDirect(unit) ? alert.threshold * scaling : 0, 1e-9))
        return 0...scale.top
    }
}
