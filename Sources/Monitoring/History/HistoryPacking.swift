internal import Storage

/// Puts sixty steps of a host that are over into one chunk, and takes their rows away.
///
/// It happens some steps after the sixtieth, later for some hosts than for others, so that a hundred hosts do not pack
/// in the same second. Rows that come later for a time that is packed already lie beside the chunk until the next time;
/// a question reads both.
struct HistoryPacking {
    /// Chunks that one row can lead to: more only when rows from before there were chunks are left.
    private static let chunksAtOnce = 2
    /// Hosts are spread over this many steps.
    private static let spread: Int64 = 20

    let names: HistoryNames

    /// What is to be written: the union of the layouts, the bytes, and the times whose rows go.
    struct Packed {
        let key: HistoryKey
        let metrics: [Int64]
        let data: [UInt8]
        let last: HistoryKey
    }

    /// Packs what is due after a row of a tier.
    func due(after row: HistoryRow, of tier: HistoryTier, in transaction: Transaction) throws -> Packed? {
        let host = row.key.host
        let lag = host % HistoryPacking.spread * tier.step
        let boundary = HistoryKey(host: host, second: tier.chunk(of: max(0, row.key.second - lag)))
        let oldest: Int64? = try transaction.value(
            tier.oldest, HistoryKey(host: host, second: 0).number, boundary.number)
        guard let oldest else { return nil }
        let first = HistoryKey(host: host, second: tier.chunk(of: HistoryKey(oldest).second))
        return try pack(from: first, of: tier, in: transaction)
    }

    /// Writes chunks until nothing is due, a few at most.
    func run(
        after row: HistoryRow, of tier: HistoryTier, in transaction: Transaction,
        layout: ([Int64]) throws -> Int64
    ) throws {
        for _ in 0..<HistoryPacking.chunksAtOnce {
            guard let packed = try due(after: row, of: tier, in: transaction) else { return }
            try transaction.run(tier.insertChunk, packed.key.number, try layout(packed.metrics), packed.data)
            try transaction.run(tier.delete, packed.key.number, packed.last.number)
        }
    }

    private func pack(from first: HistoryKey, of tier: HistoryTier, in transaction: Transaction) throws -> Packed {
        let last = HistoryKey(host: first.host, second: first.second + tier.chunkSpan)
        var union = HistoryUnion(start: first.second, step: tier.step)
        if let chunk = try transaction.first(tier.selectChunk, first.number, first.number + 1, read: ChunkRow.init) {
            union.take(chunk, names.layouts[chunk.layout] ?? [])
        }
        for row in try transaction.rows(tier.select, first.number, last.number, read: HistoryRow.init) {
            union.take(row, names.layouts[row.layout] ?? [])
        }
        return Packed(key: first, metrics: union.metrics, data: union.packed(), last: last)
    }
}

/// A chunk as it lies in the database.
struct ChunkRow {
    let key: HistoryKey
    let layout: Int64
    let data: [UInt8]

    init(_ row: borrowing Row) throws {
        key = HistoryKey(try row[0])
        layout = try row[1]
        data = try row[2]
    }
}

/// Rows and chunks of one stretch of time put together, with all metrics that any of them holds.
private struct HistoryUnion {
    private(set) var metrics: [Int64] = []
    private let start: Int64
    private let step: Int64
    private var cells = [[RollUp.Cell]?](repeating: nil, count: HistoryChunk.length)
    private var samples = [Int64](repeating: 0, count: HistoryChunk.length)
    private var places: [Int64: Int] = [:]

    init(start: Int64, step: Int64) {
        self.start = start
        self.step = step
    }

    mutating func take(_ row: HistoryRow, _ layout: [Int64]) {
        let values = layout.indices.map { RollUp.Cell(at: $0, of: row, count: layout.count) }
        take(values, of: layout, samples: row.samples, at: Int((row.key.second - start) / step))
    }

    mutating func take(_ chunk: ChunkRow, _ layout: [Int64]) {
        guard let index = HistoryChunk.Index(chunk.data, metrics: layout.count) else { return }
        let courses = layout.indices.map { index.course(at: $0) }
        for (number, step) in index.steps.enumerated() {
            let values = courses.map { RollUp.Cell($0?[number], samples: step.samples) }
            take(values, of: layout, samples: step.samples, at: step.place)
        }
    }

    private mutating func take(_ values: [RollUp.Cell], of layout: [Int64], samples count: Int64, at place: Int) {
        guard cells.indices.contains(place) else { return }
        var merged = cells[place] ?? []
        for (value, metric) in zip(values, layout) {
            let column = column(of: metric)
            while merged.count <= column { merged.append(RollUp.Cell()) }
            merged[column].take(value)
        }
        cells[place] = merged
        samples[place] += count
    }

    private mutating func column(of metric: Int64) -> Int {
        if let place = places[metric] { return place }
        metrics.append(metric)
        places[metric] = metrics.count - 1
        return metrics.count - 1
    }

    func packed() -> [UInt8] {
        let steps = cells.enumerated().map { place, cells in
            cells.map { cells in
                HistoryChunk.Step(
                    samples: samples[place],
                    cells: metrics.indices.map { cells.indices.contains($0) ? PackedCourse.Step(cells[$0]) : nil })
            }
        }
        return HistoryChunk(steps: steps).packed(metrics: metrics.count)
    }
}

extension PackedCourse.Step {
    /// What a metric was in a step; `nil` when it was not known.
    init?(_ cell: RollUp.Cell) {
        guard let minimum = cell.minimum, let mean = cell.mean, let maximum = cell.maximum else { return nil }
        self.init(minimum: minimum, mean: mean, maximum: maximum)
    }
}
