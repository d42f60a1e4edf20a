internal import DeskAPI
internal import Vocabulary

/// Puts the rows of several metrics together into points.
struct SeriesBuilder {
    private struct Bucket {
        var minimum = Double.infinity
        var maximum = -Double.infinity
        var sum = 0.0
        var weight = 0.0

        mutating func take(_ values: (minimum: Double, mean: Double, maximum: Double), weight: Double) {
            minimum = min(minimum, values.minimum)
            maximum = max(maximum, values.maximum)
            sum += values.mean * weight
            self.weight += weight
        }
    }

    private let plan: HistoryPlan
    private let metrics: [Int64]
    private let layouts: [Int64: [Int64]]
    /// Where the metrics stand in the rows of the layout that was seen last.
    private var places: (layout: Int64, found: [Int?], count: Int)?
    /// All buckets of the first metric, then all of the second, and so on.
    private var buckets: [Bucket]

    /// Prepares for metrics by their numbers, of rows with these layouts.
    init(_ plan: HistoryPlan, metrics: [Int64], layouts: [Int64: [Int64]]) {
        self.plan = plan
        self.metrics = metrics
        self.layouts = layouts
        buckets = [Bucket](repeating: Bucket(), count: plan.count * metrics.count)
    }

    /// Takes a row of a tier; it counts by the samples that it was made of.
    mutating func take(_ row: HistoryRow, of tier: HistoryTier) {
        let index = Int((row.key.second - plan.start) / plan.step)
        guard row.key.second >= plan.start, index < plan.count else { return }
        let (found, count) = places(in: row.layout)
        for (series, place) in found.enumerated() {
            guard let place, let values = SeriesBuilder.values(at: place, of: row.data, count, in: tier) else {
                continue
            }
            buckets[series * plan.count + index].take(values, weight: Double(row.samples))
        }
    }

    /// Takes a chunk of a tier's steps.
    mutating func take(_ chunk: ChunkRow, of tier: HistoryTier) {
        let (found, count) = places(in: chunk.layout)
        guard found.contains(where: { $0 != nil }), let index = HistoryChunk.Index(chunk.data, metrics: count) else {
            return
        }
        for (series, place) in found.enumerated() {
            guard let course = place.flatMap(index.course) else { continue }
            for (step, values) in zip(index.steps, course) {
                let second = chunk.key.second + Int64(step.place) * tier.step
                let bucket = Int((second - plan.start) / plan.step)
                guard let values, second >= plan.start, bucket < plan.count else { continue }
                buckets[series * plan.count + bucket].take(
                    (values.minimum, values.mean, values.maximum), weight: Double(step.samples))
            }
        }
    }

    /// The points of a metric by its place in the list; a step without rows is a gap.
    func points(_ series: Int) -> [MetricSeries.Point] {
        buckets[(series * plan.count)..<((series + 1) * plan.count)].enumerated().map { index, bucket in
            let at = Timestamp(milliseconds: (plan.start + Int64(index) * plan.step) * 1000)
            guard bucket.weight > 0 else {
                return MetricSeries.Point(at: at, minimum: nil, mean: nil, maximum: nil)
            }
            return MetricSeries.Point(
                at: at, minimum: bucket.minimum, mean: bucket.sum / bucket.weight, maximum: bucket.maximum)
        }
    }

    private mutating func places(in layout: Int64) -> (found: [Int?], count: Int) {
        if let places, places.layout == layout { return (places.found, places.count) }
        let all = layouts[layout] ?? []
        let found = metrics.map { all.firstIndex(of: $0) }
        places = (layout, found, all.count)
        return (found, all.count)
    }

    private static func values(
        at place: Int, of data: [UInt8], _ count: Int, in tier: HistoryTier
    ) -> (minimum: Double, mean: Double, maximum: Double)? {
        guard tier == .second else { return PackedSteps.values(at: place, of: data, count: count) }
        return PackedValues.value(at: place, of: data).map { ($0, $0, $0) }
    }
}
