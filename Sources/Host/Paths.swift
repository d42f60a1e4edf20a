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
