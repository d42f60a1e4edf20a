internal import CLinux
internal import Glibc

/// Why the spool could not be written or read.
public enum SpoolFailure: Error, Equatable, CustomStringConvertible {
    /// What the system said about a path.
    case failed(path: String, reason: String)

    /// What happened, in one line.
    public var description: String {
        switch self {
        case .failed(let path, let reason): "cannot keep samples in \(path): \(reason)"
        }
    }

    static func last(_ path: String) -> SpoolFailure {
        .failed(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}

/// A file that only grows; what was appended survives the end of the process, however that comes.
final class SpoolFile {
    let path: String
    private let descriptor: Int32
    private var end: off_t = 0

    /// Creates the file, which must not exist, for its owner alone.
    init(creating path: String) throws(SpoolFailure) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .last(path) }
    }

    deinit {
        wd_close_descriptor(descriptor)
    }

    /// Appends bytes whole; after a failure the file is as it was.
    func append(_ bytes: [UInt8]) throws(SpoolFailure) {
        let status = unsafe bytes.withUnsafeBytes { unsafe wd_write_all(descriptor, $0.baseAddress, $0.count) }
        guard status == 0 else {
            let failure = SpoolFailure.last(path)
            // A part of a record would hide all that come after it.
            ftruncate(descriptor, end)
            lseek(descriptor, end, SEEK_SET)
            throw failure
        }
        end += off_t(bytes.count)
    }

    /// The bytes of a file; no spool file is larger than the limit, so one that is cannot be ours.
    static func read(_ path: String, limit: Int) throws(SpoolFailure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .last(path) }
        defer { wd_close_descriptor(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last(path) }
        guard status.st_size <= limit else { throw .failed(path: path, reason: "it is larger than any spool file") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let start = count
            let got = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe pread(descriptor, room.baseAddress?.advanced(by: start), room.count - start, off_t(start))
            }
            guard got > 0 || (got < 0 && errno == EINTR) else { break }
            count += max(0, got)
        }
        return Array(bytes.prefix(count))
    }

    /// The names of the files in a folder, sorted.
    static func names(in folder: String) throws(SpoolFailure) -> [String] {
        guard let directory = unsafe opendir(folder) else { throw .last(folder) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            names.append(
                unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                })
        }
        return names.sorted()
    }

    static func rename(_ path: String, to other: String) throws(SpoolFailure) {
        guard unsafe Glibc.rename(path, other) == 0 else { throw .last(path) }
    }

    /// Removes a file; that there is none is not a failure.
    static func remove(_ path: String) throws(SpoolFailure) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last(path) }
    }
}
