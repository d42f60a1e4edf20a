/// Seconds since boot (`/proc/uptime`); suspended time counts.
enum Uptime {
    /// Reads the first number of the file.
    static func parse(_ bytes: Span<UInt8>) -> Double? {
        var cursor = ByteCursor()
        return cursor.decimal(in: bytes)
    }
}
