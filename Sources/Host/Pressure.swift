/// How long work stood still for want of a resource (`/proc/pressure/*`, Documentation/accounting/psi.rst).
struct Pressure: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        /// Percent of the last ten seconds.
        let average10: Double
        /// Microseconds since boot.
        let total: UInt64
    }

    /// At least one task waited.
    var some: Line?
    /// All tasks waited, and no work was done.
    var full: Line?

    /// Reads the file; `nil` when it has neither line.
    static func parse(_ bytes: Span<UInt8>) -> Pressure? {
        var pressure = Pressure()
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if cursor.skip("some ", in: bytes) {
                pressure.some = line(&cursor, in: bytes)
            } else if cursor.skip("full ", in: bytes) {
                pressure.full = line(&cursor, in: bytes)
            }
            cursor.nextLine(in: bytes)
        }
        return pressure.some == nil && pressure.full == nil ? nil : pressure
    }

    private static func line(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) -> Line? {
        guard cursor.skip("avg10=", in: bytes), let average = cursor.decimal(in: bytes) else { return nil }
        while !cursor.isAtLineEnd(of: bytes) {
            cursor.skipBlanks(in: bytes)
            if cursor.skip("total=", in: bytes) {
                return cursor.number(in: bytes).map { Line(average10: average, total: $0) }
            }
            if cursor.word(in: bytes).isEmpty { return nil }
        }
        return nil
    }
}

/// The pressure of an interval, in percent of its time.
struct PressureReading: Equatable, Sendable {
    var some: Double?
    var full: Double?
    var someAverage10: Double?
    var fullAverage10: Double?

    /// Compares two readings; without an interval only the kernel's own averages are known.
    init(from before: Pressure?, to now: Pressure, seconds: Double?) {
        someAverage10 = now.some?.average10
        fullAverage10 = now.full?.average10
        guard let seconds else { return }
        some = PressureReading.share(before?.some, now.some, seconds)
        full = PressureReading.share(before?.full, now.full, seconds)
    }

    private static func share(_ before: Pressure.Line?, _ now: Pressure.Line?, _ seconds: Double) -> Double? {
        rate(before?.total, now?.total, seconds).map { min(100, $0 / 10_000) }
    }
}
