internal import Storage

/// A row as it lies in the database.
struct HistoryRow: Equatable, Sendable {
    let key: HistoryKey
    let layout: Int64
    /// How many samples it was made of; its mean counts by them.
    let samples: Int64
    let data: [UInt8]
}

extension HistoryRow {
    init(_ row: borrowing Row) throws {
        self.init(key: HistoryKey(try row[0]), layout: try row[1], samples: try row[2], data: try row[3])
    }
}
