/// Tells which user a process runs as; asked only for processes that somebody sees, because a scan does not need it.
public final class ProcessOwners: Sendable {
    private let late: LateProcessFolder

    /// Prepares to ask below a root; nothing is opened yet.
    public init(root: String = "/") {
        late = LateProcessFolder(root: root)
    }

    /// The number of the user; `nil` when the process has gone.
    public func owner(of process: ProcessIdentity) -> UInt32? { late.folder?.owner(of: process.pid) }
}
