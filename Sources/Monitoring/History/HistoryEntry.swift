internal import DeskAPI
internal import Storage

/// One change of the history's database; doing it twice is the same as doing it once.
enum HistoryEntry: Equatable, Sendable {
    /// A host has this number.
    case host(number: Int64, name: String)
    /// A metric has this number and unit.
    case metric(number: Int64, name: String, unit: MetricUnit)
    /// The rows of this layout hold these metrics in this order.
    case layout(number: Int64, metrics: [Int64])
    /// The values at a time.
    case row(HistoryTier, HistoryRow)
    /// Who used most at a time.
    case processes(KeptProcesses)

    /// Whether it says what was at a time, and not how such rows are to be understood.
    var isRow: Bool {
        switch self {
        case .row, .processes: true
        case .host, .metric, .layout: false
        }
    }

    /// Writes it.
    func write(in transaction: Transaction) throws {
        switch self {
        case .host(let number, let name):
            try transaction.run("INSERT OR REPLACE INTO host (number, name) VALUES (?, ?)", number, name)
        case .metric(let number, let name, let unit):
            try transaction.run(
                "INSERT OR REPLACE INTO metric (number, name, unit) VALUES (?, ?, ?)", number, name, unit.rawValue)
        case .layout(let number, let metrics):
            try transaction.run(
                "INSERT OR REPLACE INTO layout (number, metrics) VALUES (?, ?)", number, HistoryEntry.pack(metrics))
        case .row(let tier, let row):
            try transaction.run(tier.insert, row.key.number, row.layout, row.samples, row.data)
        case .processes(let row): try row.write(in: transaction)
        }
    }

    static let schema = [
        Migration(
            "history-1",
            """
            CREATE TABLE host (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE metric (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL) STRICT;
            CREATE TABLE layout (number INTEGER PRIMARY KEY, metrics BLOB NOT NULL UNIQUE) STRICT;
            CREATE TABLE sample_1 (
                key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL
            ) STRICT;
            CREATE TABLE sample_10 (
                key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL
            ) STRICT;
            CREATE TABLE sample_60 (
                key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL
            ) STRICT;
            CREATE TABLE sample_3600 (
                key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL
            ) STRICT;
            """),
        Migration(
            "history-chunks-1",
            """
            CREATE TABLE chunk_10 (key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
            CREATE TABLE chunk_60 (key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
            CREATE TABLE chunk_3600 (key INTEGER PRIMARY KEY, layout INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
            """),
    ]

    /// The numbers of metrics as bytes, four each.
    static func pack(_ metrics: [Int64]) -> [UInt8] {
        metrics.flatMap { metric in (0..<4).map { UInt8(truncatingIfNeeded: metric >> Int64(8 * $0)) } }
    }

    /// The numbers of metrics from their bytes.
    static func unpack(_ bytes: [UInt8]) -> [Int64] {
        stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            (0..<4).reduce(Int64(0)) { $0 | Int64(bytes[start + $1]) << Int64(8 * $1) }
        }
    }
}
