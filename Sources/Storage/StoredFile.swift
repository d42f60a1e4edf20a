internal import Glibc

/// Whole files beside the database that are there in full or not at all, such as checkpoints.
public enum StoredFile {
    /// Puts bytes in the place of what is at this path; after a crash either the old or the new ones are there.
    ///
    /// - Throws: ``StorageFailure``; nothing is changed then.
    public static func write(_ bytes: [UInt8], to path: String) throws(StorageFailure) {
        let unfinished = path + ".unfinished"
        try fill(unfinished, with: bytes)
        try FileSystem.replace(path, with: unfinished)
    }

    /// The bytes at this path; `nil` when there is no file.
    ///
    /// - Throws: ``StorageFailure``.
    public static func read(_ path: String) throws(StorageFailure) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileSystem.lastFailure(path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw FileSystem.lastFailure(path) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    /// Removes what is at this path; that there is nothing is no failure.
    public static func remove(_ path: String) throws(StorageFailure) {
        try FileSystem.remove(path)
    }

    private static func fill(_ path: String, with bytes: [UInt8]) throws(StorageFailure) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.lastFailure(path) }
        defer { close(descriptor) }
        var place = 0
        while place < bytes.count {
            let count = unsafe bytes[place...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else {
                let failure = FileSystem.lastFailure(path)
                unsafe unlink(path)
                throw failure
            }
            place += count
        }
    }
}
