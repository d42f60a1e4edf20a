/// What the kernel did to make room in memory, since boot (`/proc/vmstat`); kernels leave out what they do not count.
struct PagingCounters: Equatable, Sendable {
    /// Pages read from swap.
    var swappedIn: UInt64?
    /// Pages written to swap.
    var swappedOut: UInt64?
    /// Times that a program waited for a page from a disk.
    var majorFaults: UInt64?
    /// Programs ended because there was no memory; counted since 4.13.
    var kills: UInt64?

    /// Reads the file; `nil` when it names none of these.
    static func parse(_ bytes: Span<UInt8>) -> PagingCounters? {
        var counters = PagingCounters()
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            counters.takeLine(&cursor, in: bytes)
            cursor.nextLine(in: bytes)
        }
        return counters == PagingCounters() ? nil : counters
    }

    private mutating func takeLine(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        switch cursor.peek(bytes) {
        case UInt8(ascii: "p"):
            if cursor.skip("pswpin ", in: bytes) { swappedIn = cursor.number(in: bytes) }
            if cursor.skip("pswpout ", in: bytes) { swappedOut = cursor.number(in: bytes) }
            if cursor.skip("pgmajfault ", in: bytes) { majorFaults = cursor.number(in: bytes) }
        case UInt8(ascii: "o"):
            if cursor.skip("oom_kill ", in: bytes) { kills = cursor.number(in: bytes) }
        default: break
        }
    }
}

/// What the kernel did in an interval to make room in memory.
struct PagingReading: Equatable, Sendable {
    /// Bytes per second.
    let swappedIn: Double?
    let swappedOut: Double?
    /// Events per second.
    let majorFaults: Double?
    let kills: Double?

    /// Compares two readings that are `seconds` apart; a page has this many bytes.
    init(from before: PagingCounters, to now: PagingCounters, seconds: Double, page: Double) {
        swappedIn = rate(before.swappedIn, now.swappedIn, seconds).map { $0 * page }
        swappedOut = rate(before.swappedOut, now.swappedOut, seconds).map { $0 * page }
        majorFaults = rate(before.majorFaults, now.majorFaults, seconds)
        kills = rate(before.kills, now.kills, seconds)
    }

    /// Compares the readings of a file, if there are two.
    init?(_ file: ParsedFile<PagingCounters>, seconds: Double?, page: Double) {
        guard let seconds, let (before, now) = zip(file.before, file.now) else { return nil }
        self.init(from: before, to: now, seconds: seconds, page: page)
    }
}
