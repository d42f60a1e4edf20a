/// The step of a tier that is under way on one host: what the samples since its start amount to.
struct RollUp: Equatable, Sendable {
    /// One metric's values in the step.
    struct Cell: Equatable, Sendable {
        fileprivate var smallest = Double.infinity
        fileprivate var largest = -Double.infinity
        fileprivate var sum = 0.0
        fileprivate var count = 0

        /// The smallest value; `nil` without any.
        var minimum: Double? { count > 0 ? smallest : nil }
        /// The mean of the values; `nil` without any.
        var mean: Double? { count > 0 ? sum / Double(count) : nil }
        /// The largest value; `nil` without any.
        var maximum: Double? { count > 0 ? largest : nil }

        mutating func take(_ value: Double) {
            guard value.isFinite else { return }
            smallest = min(smallest, value)
            largest = max(largest, value)
            sum += value
            count += 1
        }

        mutating func take(_ other: Cell) {
            guard other.count > 0 else { return }
            smallest = min(smallest, other.smallest)
            largest = max(largest, other.largest)
            sum += other.sum
            count += other.count
        }
    }

    /// A step that is over.
    struct Closed: Equatable, Sendable {
        let slot: Int64
        let metrics: [Int64]
        let cells: [Cell]
        /// How many samples it is made of.
        let samples: Int64
    }

    let tier: HistoryTier
    /// The start of the step under way, in seconds since 1970; `nil` before the first sample.
    private(set) var slot: Int64?
    private var metrics: [Int64] = []
    private var cells: [Cell] = []
    private var samples: Int64 = 0
    /// Where the values of the newest layout go; devices may come and go within a step.
    private var places: [Int] = []
    private var placedMetrics: [Int64] = []

    init(tier: HistoryTier) {
        self.tier = tier
    }

    /// Takes a sample; gives the step before when this one begins another.
    mutating func take(_ values: [Double], of sampled: [Int64], at second: Int64) -> Closed? {
        let current = tier.slot(of: second)
        var closed: Closed?
        if current != slot {
            closed = slot.map { Closed(slot: $0, metrics: metrics, cells: cells, samples: samples) }
            begin(current, with: sampled)
        }
        if sampled != placedMetrics { place(sampled) }
        samples += 1
        for (index, value) in values.enumerated() { cells[places[index]].take(value) }
        return closed
    }

    private mutating func begin(_ slot: Int64, with sampled: [Int64]) {
        self.slot = slot
        metrics = sampled
        samples = 0
        cells = [Cell](repeating: Cell(), count: sampled.count)
        placedMetrics = sampled
        places = Array(sampled.indices)
    }

    private mutating func place(_ sampled: [Int64]) {
        var known = Dictionary(zip(metrics, metrics.indices), uniquingKeysWith: { first, _ in first })
        places = sampled.map { metric in
            if let place = known[metric] { return place }
            metrics.append(metric)
            cells.append(Cell())
            known[metric] = metrics.count - 1
            return metrics.count - 1
        }
        placedMetrics = sampled
    }
}

extension RollUp.Cell {
    /// What a chunk keeps of a metric in a step.
    init(_ step: PackedCourse.Step?, samples: Int64) {
        self.init()
        guard let step else { return }
        smallest = step.minimum
        largest = step.maximum
        count = Int(max(1, samples))
        sum = step.mean * Double(count)
    }

    /// What is kept of a metric in a row of steps; how many samples knew the value is taken to be all of them.
    init(at place: Int, of row: HistoryRow, count metrics: Int) {
        self.init()
        guard let values = PackedSteps.values(at: place, of: row.data, count: metrics) else { return }
        smallest = values.minimum
        largest = values.maximum
        count = Int(max(1, row.samples))
        sum = values.mean * Double(count)
    }
}
