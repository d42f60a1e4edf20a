internal import DeskAPI
internal import Storage

extension Problem {
    /// What a caller is told of a failure inside the desk; the one place where failures become problems.
    init(failure: any Error) {
        switch failure {
        case let problem as Problem: self = problem
        case StorageFailure.full:
            self.init(.storageFull, "the disk of the desk is full; nothing was written, free some space and try again")
        case StorageFailure.busy, StorageFailure.locked:
            self.init(.unavailable, "the desk has more to write than its disk takes; try again", retryAfter: 1)
        case StorageFailure.closed: self.init(.unavailable, "the desk is shutting down; try again", retryAfter: 2)
        case is CancellationError: self.init(.unavailable, "the request was given up; try again", retryAfter: 1)
        default: self.init(.internalFailure, "the desk could not do this; its log has the reason")
        }
    }
}
