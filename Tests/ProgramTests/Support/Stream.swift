import Glibc

/// What a process writes, read as it is needed.
final class Stream {
    let descriptor: Int32
    private(set) var isAtEnd = false
    private var bytes: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
    }

    /// Reads without waiting.
    func takeWhatIsThere() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isAtEnd {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                isAtEnd = true
            } else {
                return
            }
        }
    }

    /// Everything that has come until now.
    func text() -> String {
        takeWhatIsThere()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits until a line holds this text, and gives that line.
    func line(with text: String, within patience: Duration = Deadline.usual) throws -> String {
        let deadline = Deadline(patience)
        while true {
            let all = self.text()
            let whole = all.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = whole.first(where: { $0.contains(text) }) { return String(line) }
            guard !isAtEnd, deadline.waitToRead(descriptor) else {
                throw NothingCame(description: "no line with \"\(text)\" in: \(all)")
            }
        }
    }

    /// Everything until the end.
    func all(within patience: Duration) throws -> String {
        let deadline = Deadline(patience)
        while true {
            takeWhatIsThere()
            if isAtEnd { return text() }
            guard deadline.waitToRead(descriptor) else {
                throw NothingCame(description: "the program goes on; until now it said: \(text())")
            }
        }
    }
}
