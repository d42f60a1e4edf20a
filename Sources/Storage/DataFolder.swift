internal import Glibc

/// The folder that holds everything a desk keeps; it belongs to one process at a time.
///
/// The lock is the kernel's, so it ends with the process however that ends; the file only tells whose it is.
public final class DataFolder: Sendable {
    /// The folder, without a slash at the end.
    public let path: String
    private let descriptor: Int32

    /// Takes the folder for this process, creating it with mode 0700 when there is none.
    ///
    /// - Throws: ``DataFolderFailure/ownedByAnother(pid:)`` when another process has it.
    public init(_ path: String) throws(DataFolderFailure) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        try DataFolder.create(self.path)
        let lock = self.path + "/" + DataFolder.lockName
        descriptor = unsafe open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable(path: lock, reason: systemError()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw .unusable(path: lock, reason: systemError(code)) }
            throw .ownedByAnother(pid: DataFolder.waitForOwner(of: self.path)?.processID ?? 0)
        }
        try announce(address: nil)
    }

    deinit {
        close(descriptor)
    }

    /// The path of a file in the folder.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes who owns the folder and where it can be reached, for a second start that wants to attach.
    ///
    /// - Parameter address: For example `http://127.0.0.1:7180`; `nil` while there is none.
    public func announce(address: String?) throws(DataFolderFailure) {
        let text = Array("\(getpid())\n\(address ?? "")\n".utf8)
        let written = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard written == text.count, ftruncate(descriptor, off_t(text.count)) == 0 else {
            throw .unusable(path: file(DataFolder.lockName), reason: systemError())
        }
    }

    /// Who has a folder at this moment, as far as its lock file tells; `nil` when nobody does.
    public static func owner(of path: String) -> Owner? {
        let descriptor = unsafe open("\(path)/\(lockName)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A lock that can be shared is not held: what the file says is then from a process that has ended.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        guard let processID = lines.first.flatMap({ Int32($0) }) else { return nil }
        return Owner(processID: processID, address: lines.count > 1 ? String(lines[1]) : nil)
    }

    /// The process that owns a folder.
    public struct Owner: Equatable, Sendable {
        /// Its number.
        public let processID: Int32
        /// Where it can be reached; `nil` while it listens nowhere.
        public let address: String?
    }

    private static let lockName = "watchdesk.lock"

    /// The owner writes its number right after it has the lock: a moment of patience is enough.
    private static func waitForOwner(of path: String) -> Owner? {
        for _ in 0..<50 {
            if let owner = owner(of: path) { return owner }
            usleep(2000)
        }
        return nil
    }

    private static func create(_ path: String) throws(DataFolderFailure) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/\(part)"
            guard unsafe mkdir(built, 0o700) != 0, errno != EEXIST else { continue }
            throw .unusable(path: built, reason: systemError())
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .unusable(path: path, reason: systemError()) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .unusable(path: path, reason: "it is not a folder") }
    }
}

/// Why a data folder could not be taken.
public enum DataFolderFailure: Error, Equatable, CustomStringConvertible {
    /// Another running process has it; 0 when its number cannot be read. The command line ends with status 73.
    case ownedByAnother(pid: Int32)
    /// It cannot be created, opened or written.
    case unusable(path: String, reason: String)

    /// What happened and what to do about it, in one line.
    public var description: String {
        switch self {
        case .ownedByAnother(let pid):
            "the data folder belongs to another running watchdesk (process \(pid)); attach to it, or stop it"
        case .unusable(let path, let reason): "cannot use the data folder: \(path): \(reason)"
        }
    }
}

private func systemError(_ code: Int32 = errno) -> String {
    unsafe String(cString: strerror(code))
}
