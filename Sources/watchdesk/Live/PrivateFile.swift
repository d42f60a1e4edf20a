internal import CLinux
internal import Glibc

/// Files that only their owner may read.
enum PrivateFile {
    /// Writes a file of mode 0600 whole: beside it first, then in its place.
    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid())"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(temporary) }
        defer { close(descriptor) }
        var text = text
        let status = text.withUTF8 { unsafe wd_write_all(descriptor, $0.baseAddress, $0.count) }
        guard status == 0, fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> Failure {
        Failure("cannot write \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
