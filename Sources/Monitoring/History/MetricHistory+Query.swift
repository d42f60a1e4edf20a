public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension MetricHistory {
    /// What metrics of a host were in a span of time, one series for each name in the order of the names.
    ///
    /// - Parameters:
    ///   - host: The host's name.
    ///   - names: The metrics' names; all are read in one go.
    ///   - from: The beginning; the first point starts at or before it.
    ///   - to: The end, later than `from`.
    ///   - step: Seconds between points; `nil` chooses the finest that gives about 600 points. It is made coarser where
    ///     the past is kept more coarsely; the series tells what it became.
    ///   - now: What the retention is counted from.
    /// - Throws: ``HistoryFailure``, ``StorageFailure``.
    public func series(
        host: String, names: [String], from: Timestamp, to: Timestamp, step: Int64? = nil, now: Timestamp
    ) async throws -> [MetricSeries] {
        guard from < to else { throw HistoryFailure.emptySpan }
        let known = ledger.withLockedValue { $0.names }
        let number = try known.hostNumber(host)
        let metrics = try names.map { try known.metricNumber($0) }
        let plan = HistoryPlan(
            from: from.wholeSeconds, to: (to + .milliseconds(999)).wholeSeconds, step: step, now: now.wholeSeconds,
            retention: retention)
        let points = try await database.read { snapshot in
            try plan.read(host: number, metrics: metrics, layouts: known.layouts, from: snapshot)
        }
        return names.indices.map { index in
            var series = MetricSeries()
            series.host = host
            series.name = names[index]
            series.unit = known.units[metrics[index]] ?? .count
            series.step = plan.step
            series.points = points[index]
            return series
        }
    }

    /// Every sample of the last seconds, for charts that are to be full at once; the last point is the newest sample's.
    ///
    /// - Throws: ``HistoryFailure``, ``StorageFailure``.
    public func newest(
        host: String, names: [String], last seconds: Int64, now: Timestamp
    ) async throws -> [MetricSeries] {
        let end = HistoryLedger.second(of: now) + 1
        let from = Timestamp(milliseconds: (end - max(1, seconds)) * 1000)
        return try await series(
            host: host, names: names, from: from, to: Timestamp(milliseconds: end * 1000), step: 1, now: now)
    }
}

extension HistoryPlan {
    /// Reads the points of metrics by their numbers.
    func read(
        host: Int64, metrics: [Int64], layouts: [Int64: [Int64]], from snapshot: Snapshot
    ) throws -> [[MetricSeries.Point]] {
        var builder = SeriesBuilder(self, metrics: metrics, layouts: layouts)
        let first = HistoryKey(host: host, second: start)
        let last = HistoryKey(host: host, second: end)
        if tier != .second {
            let begin = HistoryKey(host: host, second: tier.chunk(of: max(0, start)))
            try snapshot.forEach(tier.selectChunk, begin.number, last.number) { row in
                builder.take(try ChunkRow(row), of: tier)
            }
        }
        try snapshot.forEach(tier.select, first.number, last.number) { row in
            builder.take(try HistoryRow(row), of: tier)
        }
        if tier != .second {
            let tail = max(start, try completeUntil(host, in: snapshot))
            let begin = HistoryKey(host: host, second: tail)
            try snapshot.forEach(HistoryTier.second.select, begin.number, last.number) { row in
                builder.take(try HistoryRow(row), of: .second)
            }
        }
        return metrics.indices.map { builder.points($0) }
    }

    /// The step under way has no row yet: from here on the samples themselves count.
    private func completeUntil(_ host: Int64, in snapshot: Snapshot) throws -> Int64 {
        let first = HistoryKey(host: host, second: 0).number
        let last = HistoryKey(host: host, second: end).number
        let row: Int64? = try snapshot.value(tier.newest, first, last)
        let chunk: Int64? = try snapshot.value(tier.newestChunk, first, last)
        return max(
            row.map { HistoryKey($0).second + tier.step } ?? 0,
            chunk.map { HistoryKey($0).second + tier.chunkSpan } ?? 0)
    }
}

extension HistoryNames {
    func hostNumber(_ name: String) throws(HistoryFailure) -> Int64 {
        guard let number = hosts[name] else {
            throw .unknownHost(name, nearest: hosts.keys.sorted().nearest(to: name))
        }
        return number
    }

    func metricNumber(_ name: String) throws(HistoryFailure) -> Int64 {
        guard let number = metrics[name] else {
            throw .unknownMetric(name, nearest: metrics.keys.sorted().nearest(to: name))
        }
        return number
    }
}
