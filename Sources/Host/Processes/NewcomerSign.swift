internal import Glibc
internal import Vocabulary

/// Tells whether a process may have come since the last call: then the table has to be listed, else not.
///
/// The kernel says in `/proc/loadavg` which number it gave last; without a new one there is no new process. Whoever is
/// put back with a number of their own choice (CRIU) is found by the listing that is due every ten seconds.
final class NewcomerSign {
    static let longest = Duration.seconds(10)

    private let file: KeptFile
    private var buffer = ReadBuffer()
    private var last: (number: [UInt8], listedAt: Monotonic)?

    /// Prepares to look; `nil` where the number says nothing of the table: for a copy of one, or of another namespace.
    init?(root: String, folder: ProcessFolder) {
        guard folder.isProcessTable, Paths.link(root + "/proc/self") == String(getpid()) else { return nil }
        file = KeptFile(root + "/proc/loadavg")
    }

    /// Whether the table has to be listed; to be called before it is.
    func mayBeThere(at now: Monotonic) -> Bool {
        guard file.read(into: &buffer) else {
            last = nil
            return true
        }
        let text = buffer.bytes[..<buffer.count]
        let number = text[(text.lastIndex(of: ASCII.space) ?? text.startIndex)...]
        if let last, last.number[...] == number, now - last.listedAt < NewcomerSign.longest { return false }
        last = (Array(number), now)
        return true
    }

    /// Says that the table is not what it seemed: it is listed the next time.
    func expectAny() { last = nil }
}
