internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Tells which user a process runs as; asked only for processes that somebody sees, because a scan does not need it.
public final class ProcessOwners: Sendable {
    /// A process may become another user's: it is asked again when the answer is this old.
    static let lifetime = Duration.seconds(5)
    /// Those that were started less long ago are asked each time: a login becomes its user's at its beginning.
    private static let youth = Duration.seconds(5)

    private struct Known {
        let user: UInt32
        let askedAt: Monotonic
    }

    private let late: LateProcessFolder
    private let known = NIOLockedValueBox<[ProcessIdentity: Known]>([:])

    /// Prepares to ask below a root; nothing is opened yet.
    public init(root: String = "/") {
        late = LateProcessFolder(root: root)
    }

    /// The number of the user; `nil` when the process went before it was ever asked.
    public func owner(of process: ProcessEntry, in scan: ProcessScan) -> UInt32? {
        let now = scan.monotonic
        let known = known.withLockedValue { known in
            // Whoever is asked for all of tens of thousands asks anew.
            if known.count > 4096 { known.removeAll() }
            return known[process.identity]
        }
        // Nobody becomes another user without being run.
        if let known, let since = process.restsSince, since < known.askedAt { return known.user }
        let isFresh = known.map { now - $0.askedAt < ProcessOwners.lifetime } ?? false
        if isFresh, scan.age(of: process) >= ProcessOwners.youth { return known?.user }
        // Of one that has gone since the scan the last answer holds.
        guard let user = late.folder?.owner(of: process.identity.pid) else { return known?.user }
        self.known.withLockedValue { $0[process.identity] = Known(user: user, askedAt: now) }
        return user
    }
}
