public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension MetricHistory {
    /// What a host measured at a moment: the sample of that second, or the means of the finest step that is kept.
    ///
    /// - Returns: the values and the seconds they stand for; `nil` where nothing was measured within the step.
    /// - Throws: ``HistoryFailure`` for a host that was never seen, ``StorageFailure``.
    public func snapshot(
        of host: String, at moment: Timestamp
    ) async throws -> (snapshot: HostSnapshot, step: Int64)? {
        let names = ledger.withLockedValue { $0.names }
        let number = try names.hostNumber(host)
        let second = HistoryLedger.second(of: moment)
        return try await database.read { snapshot in
            for tier in HistoryTier.allCases {
                guard let found = try tier.values(of: number, covering: second, names, in: snapshot) else { continue }
                let at = Timestamp(milliseconds: found.second * 1000)
                return (HostSnapshot(host: host, at: at, layout: found.layout, values: found.numbers), tier.step)
            }
            return nil
        }
    }
}

extension HistoryTier {
    /// The values of the step that holds a second, from its row or from the chunk that it was packed into.
    fileprivate func values(
        of host: Int64, covering second: Int64, _ names: HistoryNames, in snapshot: Snapshot
    ) throws -> (second: Int64, layout: MetricLayout, numbers: [Double])? {
        if let row = try row(of: host, covering: second, in: snapshot), let values = names.values(of: row, in: self) {
            return (row.key.second, values.layout, values.numbers)
        }
        guard self != .second else { return nil }
        let key = HistoryKey(host: host, second: chunk(of: second)).number
        guard let chunk = try snapshot.first(selectChunk, key, key + 1, read: ChunkRow.init),
            let layout = names.metricLayout(chunk.layout),
            let index = HistoryChunk.Index(chunk.data, metrics: layout.names.count),
            let step = index.steps.firstIndex(where: { $0.place == Int((second - chunk.key.second) / self.step) })
        else { return nil }
        return (slot(of: second), layout, layout.names.indices.map { index.course(at: $0)?[step]?.mean ?? .nan })
    }

    /// The row whose step holds a second; a sample also stands for the second after it, which may have been skipped.
    fileprivate func row(of host: Int64, covering second: Int64, in snapshot: Snapshot) throws -> HistoryRow? {
        let start = self == .second ? second - 1 : slot(of: second)
        let (first, last) = (HistoryKey(host: host, second: start), HistoryKey(host: host, second: second + 1))
        let key: Int64? = try snapshot.value(newest, first.number, last.number)
        return try key.flatMap { try snapshot.first(select, $0, $0 + 1, read: HistoryRow.init) }
    }
}

extension HistoryNames {
    /// The values of a row with their names; the means where a row holds more than one sample.
    fileprivate func values(of row: HistoryRow, in tier: HistoryTier) -> (layout: MetricLayout, numbers: [Double])? {
        guard let layout = metricLayout(row.layout) else { return nil }
        let count = layout.names.count
        let numbers = (0..<count).map { place in
            let value =
                tier == .second
                ? PackedValues.value(at: place, of: row.data)
                : PackedSteps.values(at: place, of: row.data, count: count)?.mean
            return value ?? .nan
        }
        return (layout, numbers)
    }
}
