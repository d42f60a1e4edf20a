/// What is known about one file system.
struct FileSystemReading {
    /// For a remote file system that has stopped answering, the last answer.
    var space: SpaceReading?
    /// Whether a remote file system has stopped answering; `nil` for a local one.
    var isStale: Bool?
}
