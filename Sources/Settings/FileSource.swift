internal import Glibc

/// Where configuration and theme files are read from; tests give their own.
public struct FileSource: Sendable {
    /// What a file held when it was read.
    public struct Content: Equatable, Sendable {
        /// All its bytes.
        public let bytes: [UInt8]
        /// Its permission bits, as `chmod` counts them.
        public let permissions: UInt32

        /// The content of a file.
        public init(_ bytes: [UInt8], permissions: UInt32 = 0o600) {
            self.bytes = bytes
            self.permissions = permissions
        }

        /// Whether people other than the owner and the group can read it.
        public var isWorldReadable: Bool { permissions & 0o004 != 0 }
    }

    /// Reads a file as a whole.
    public let read: @Sendable (String) throws(FileFailure) -> Content
    /// The names in a folder in alphabetical order; none when it cannot be read.
    public let list: @Sendable (String) -> [String]

    /// A source by its two functions.
    public init(
        read: @escaping @Sendable (String) throws(FileFailure) -> Content,
        list: @escaping @Sendable (String) -> [String]
    ) {
        self.read = read
        self.list = list
    }

    /// The files of this machine.
    public static let system = FileSource(read: readFile, list: listFolder)
    /// The largest file that is read, in bytes.
    public static let sizeLimit = 1 << 20
}

/// Why a file could not be read.
public enum FileFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case missing
    /// It is a folder, a device or a socket.
    case notAFile
    /// It has more than ``FileSource/sizeLimit`` bytes.
    case tooLarge
    /// The system refused, with its number for the reason.
    case refused(errno: Int32)

    /// The reason, to stand behind the path.
    public var description: String {
        switch self {
        case .missing: "there is no such file"
        case .notAFile: "this is no file"
        case .tooLarge: "the file has more than \(FileSource.sizeLimit) bytes"
        case .refused(EACCES): "reading it is not permitted"
        case .refused(let code): "it cannot be read (errno \(code))"
        }
    }
}

/// Opens first and asks about the open file, so that what is checked is what is read.
@Sendable private func readFile(_ path: String) throws(FileFailure) -> FileSource.Content {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
        let code = errno
        throw code == ENOENT || code == ENOTDIR ? .missing : .refused(errno: code)
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .refused(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    return FileSource.Content(try readToEnd(file), permissions: status.st_mode & 0o7777)
}

private func readToEnd(_ file: Int32) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw .refused(errno: errno) }
        guard count > 0 else { return bytes }
        bytes += chunk.prefix(count)
        guard bytes.count <= FileSource.sizeLimit else { throw .tooLarge }
    }
}

@Sendable private func listFolder(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
            unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}
