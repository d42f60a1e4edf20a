internal import Glibc

/// The bytes of the file read last; one buffer serves all files of a sampler.
struct ReadBuffer {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    var count = 0
}

/// A kernel file that stays open between readings, which costs half to a third of opening it each time.
///
/// It is opened when first read, and again after an error: a file that is missing today may appear tomorrow.
final class KeptFile {
    /// No file of the kernel that is read here comes near it; a limit keeps a wrong root from filling the memory.
    static let limit = 8 << 20

    let path: String
    private let hasShortLines: Bool
    private var descriptor: Int32 = -1

    /// A file at a path.
    ///
    /// - Parameter hasShortLines: Whether no line of it has more than 512 bytes.
    init(_ path: String, hasShortLines: Bool = false) {
        self.path = path
        self.hasShortLines = hasShortLines
    }

    deinit {
        close()
    }

    /// Fills the buffer with the whole file; `false` when it cannot be read now.
    func read(into buffer: inout ReadBuffer) -> Bool {
        buffer.count = 0
        guard !isOpen || !fill(&buffer) else { return true }
        return reopen() && fill(&buffer)
    }

    /// Whether the kernel has marked the file as changed since the last call (`POLLPRI`, as mount tables do).
    func hasChanged() -> Bool {
        guard isOpen else { return true }
        var request = pollfd(fd: descriptor, events: Int16(POLLPRI), revents: 0)
        guard unsafe poll(&request, 1, 0) > 0 else { return false }
        return request.revents & Int16(POLLPRI | POLLERR) != 0
    }

    private var isOpen: Bool { descriptor >= 0 }

    private func reopen() -> Bool {
        close()
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        return isOpen
    }

    private func close() {
        guard isOpen else { return }
        _ = Glibc.close(descriptor)
        descriptor = -1
    }

    /// Reads to the end of the file: a sequential kernel file gives at most one page for each call.
    private func fill(_ buffer: inout ReadBuffer) -> Bool {
        buffer.count = 0
        while true {
            guard reserve(&buffer) else { return false }
            let start = buffer.count
            let count = unsafe buffer.bytes.withUnsafeMutableBytes { room in
                unsafe pread(descriptor, room.baseAddress?.advanced(by: start), room.count - start, off_t(start))
            }
            if count == 0 {
                dropBrokenLine(&buffer)
                return true
            }
            guard count > 0 || errno == EINTR else { return false }
            buffer.count += max(0, count)
            if hasShortLines, count > 0, count < KeptFile.page - KeptFile.shortLine {
                dropBrokenLine(&buffer)
                return true
            }
        }
    }

    /// A sequential file fills a page as far as whole lines go: with room for one more, there was none.
    ///
    /// To ask whether more comes would make the kernel walk through its devices again.
    private static let (page, shortLine) = (4096, 512)

    /// The kernel ends every line; a number without its end may be a part of one.
    private func dropBrokenLine(_ buffer: inout ReadBuffer) {
        while buffer.count > 0, buffer.bytes[buffer.count - 1] != ASCII.newline { buffer.count -= 1 }
    }

    /// Keeps room for one page more; `false` when the file is larger than anything expected here.
    private func reserve(_ buffer: inout ReadBuffer) -> Bool {
        guard buffer.bytes.count - buffer.count < 4096 else { return true }
        guard buffer.bytes.count < KeptFile.limit else { return false }
        buffer.bytes.append(contentsOf: [UInt8](repeating: 0, count: buffer.bytes.count))
        return true
    }
}
