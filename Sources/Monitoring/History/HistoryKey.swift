/// The key of a row: the host in the upper bits and the second in the lower 40, so that the rows of a host lie together
/// in the order of time.
struct HistoryKey: Equatable, Sendable {
    let number: Int64

    init(host: Int64, second: Int64) {
        number = host << 40 | min(max(second, 0), HistoryKey.lastSecond)
    }

    init(_ number: Int64) {
        self.number = number
    }

    /// The number of the host.
    var host: Int64 { number >> 40 }

    /// Seconds since 1970.
    var second: Int64 { number & HistoryKey.lastSecond }

    /// The first key that belongs to the next host.
    static func end(of host: Int64) -> HistoryKey { HistoryKey((host + 1) << 40) }

    private static let lastSecond: Int64 = (1 << 40) - 1
}
