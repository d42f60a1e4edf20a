/// What a database has done since it was opened; for the desk's watch over itself.
public struct DatabaseStatistics: Equatable, Sendable {
    /// Commits, each of one or more writes.
    public internal(set) var groups = 0
    /// Writes whose group was committed.
    public internal(set) var writes = 0
    /// The time that all commits took together, from the first write of a group to its durable end.
    public internal(set) var commitTime = Duration.zero
    /// Groups that failed as a whole.
    public internal(set) var failedGroups = 0
    /// Why the last group failed; `nil` once a later one was committed.
    public internal(set) var lastFailure: String?
    /// Writes that wait now.
    public internal(set) var waitingWrites = 0
    /// Frames in the write-ahead log after the last commit, each a page of 4 KiB.
    public internal(set) var logFrames = 0
}
