internal import Glibc

/// The few operations on files around the database that must be durable.
enum FileSystem {
    /// Whether there is something at this path.
    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Which file is at this path now.
    static func identity(of path: String) throws(StorageFailure) -> FileIdentity {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { throw .replaced(path: path) }
            throw lastFailure(path)
        }
        return FileIdentity(device: status.st_dev, number: status.st_ino)
    }

    /// The bytes that a file takes on its disk; `nil` when there is none.
    static func size(of path: String) -> Int64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_blocks) * 512 : nil
    }

    /// Removes a file; that there is none is not a failure.
    static func remove(_ path: String) throws(StorageFailure) {
        guard unsafe unlink(path) != 0, errno != ENOENT else { return }
        throw lastFailure(path)
    }

    /// Puts a finished file in the place of another, so that after a crash either the old or the new one is there.
    static func replace(_ path: String, with finished: String) throws(StorageFailure) {
        try synchronize(finished)
        guard unsafe rename(finished, path) == 0 else { throw lastFailure(path) }
        try synchronizeFolder(of: path)
    }

    /// Makes the names in the folder of this path durable.
    static func synchronizeFolder(of path: String) throws(StorageFailure) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try synchronize(path.contains("/") ? (folder.isEmpty ? "/" : folder) : ".")
    }

    private static func synchronize(_ path: String) throws(StorageFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw lastFailure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw lastFailure(path) }
    }

    static func lastFailure(_ path: String) -> StorageFailure {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .full }
        return .inputOutput(code: code, message: "\(path): \(unsafe String(cString: strerror(code)))")
    }
}

/// Tells a file from another that was put in its place.
struct FileIdentity: Equatable {
    let device: UInt
    let number: UInt
}
