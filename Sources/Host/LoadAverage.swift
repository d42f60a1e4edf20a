/// What `/proc/loadavg` says: runnable and waiting threads on average, and how many threads there are.
struct LoadAverage: Equatable, Sendable {
    let one: Double
    let five: Double
    let fifteen: Double
    let threads: UInt64?

    /// Reads the file; `nil` without three averages.
    static func parse(_ bytes: Span<UInt8>) -> LoadAverage? {
        var cursor = ByteCursor()
        guard let one = cursor.decimal(in: bytes), let five = cursor.decimal(in: bytes),
            let fifteen = cursor.decimal(in: bytes)
        else { return nil }
        var threads: UInt64?
        if cursor.number(in: bytes) != nil, cursor.skip(ASCII.slash, in: bytes) { threads = cursor.number(in: bytes) }
        return LoadAverage(one: one, five: five, fifteen: fifteen, threads: threads)
    }
}
