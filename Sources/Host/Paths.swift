internal import Glibc

/// Asks the kernel about paths under the root of a sampler.
enum Paths {
    /// Whether something is there, whatever it is.
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Whether it is there and not a folder: containers mount single files such as `/etc/hosts`.
    static func isFile(_ path: [UInt8]) -> Bool {
        var answer = stat()
        let status = unsafe stat(terminated(path), &answer)
        return status == 0 && answer.st_mode & S_IFMT != S_IFDIR
    }

    /// The names in a folder, in no order and without those that begin with a point; empty when it cannot be listed.
    static func entries(_ path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// The first line of a short file, by one read of it: some files of `/sys` ask a chip at each; `nil` when it cannot
    /// be read or is empty.
    static func line(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let line = bytes[..<count].prefix { $0 != ASCII.newline }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// The bytes of a page of memory.
    static var page: Double { Double(max(sysconf(Int32(_SC_PAGESIZE)), 4096)) }

    /// Where a symbolic link points, as written in it; `nil` when it is none.
    static func link(_ path: String) -> String? {
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path, &target, target.count)
        guard count > 0 else { return nil }
        return String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes of a path as C wants them.
    static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }
}
