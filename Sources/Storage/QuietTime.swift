public import Vocabulary

/// A time in which a database needs no look: nothing becomes due in it, and nothing was written since.
public struct QuietTime: Sendable {
    private let version: Int
    private let times: Range<Timestamp>

    /// A time that a look found quiet.
    ///
    /// - Parameters:
    ///   - version: the database's ``Database/version`` from before the look.
    ///   - now: when it was looked.
    ///   - next: when something becomes due; `nil` when nothing is foreseen.
    ///   - longest: after this long another look is worth it in any case.
    public init(version: Int, from now: Timestamp, until next: Timestamp?, longest: Duration) {
        self.version = version
        let last = now + longest
        times = now..<max(now, next.map { min($0, last) } ?? last)
    }

    /// Whether it lasts.
    public func lasts(in database: Database, at now: Timestamp) -> Bool {
        database.version == version && times.contains(now)
    }
}
