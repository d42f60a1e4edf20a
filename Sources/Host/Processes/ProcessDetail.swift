internal import Vocabulary

/// What is read of a process only when somebody asks for it.
public struct ProcessDetail: Equatable, Sendable {
    /// The command line with blanks between its arguments, made harmless, of at most 4096 bytes; empty for parts of the
    /// kernel, `nil` when it was not read (yet).
    public internal(set) var command: String?
    /// Bytes a second that it read from and wrote to disks; `nil` without permission or a reading before.
    public internal(set) var traffic: ProcessTraffic?

    /// Nothing is known.
    public init() {}

    /// A command line from the bytes of `/proc/PID/cmdline`, each argument ended by a zero byte.
    static func commandLine(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while bytes.last == 0 || bytes.last == 32 { bytes.removeLast() }
        let text = SafeText(untrustedBytes: bytes.map { $0 == 0 ? 32 : $0 }, limit: 4096).oneLine.text
        // What is made visible takes more room than it had.
        return String(text.unicodeScalars.prefix(20_000))
    }
}

/// The details of several processes.
public struct ProcessDetails: Sendable {
    /// What is known, in the order of the question.
    public internal(set) var items: [ProcessDetail] = []
    /// Whether there was time to read everything that had to be read.
    public internal(set) var isComplete = true

    /// Nothing was asked.
    public init() {}
}

/// How much a process reads from disks and writes to them.
public struct ProcessTraffic: Equatable, Sendable {
    /// Bytes a second that had to be fetched from a disk.
    public let read: Double
    /// Bytes a second that are to go to a disk.
    public let written: Double

    /// Whether anything is read or written.
    var isAny: Bool { read > 0 || written > 0 }
}

/// The counters of `/proc/PID/io` (proc_pid_io(5)): what went through the block layer, not what the page cache gave.
struct ProcessIO: Equatable {
    let read: UInt64
    let written: UInt64

    /// Reads the file; `nil` when it lacks a counter.
    static func parse(_ bytes: Span<UInt8>) -> ProcessIO? {
        var cursor = ByteCursor()
        var read: UInt64?
        var written: UInt64?
        while !cursor.isAtEnd(of: bytes) {
            if cursor.skip("read_bytes:", in: bytes) {
                read = cursor.number(in: bytes)
            } else if cursor.skip("write_bytes:", in: bytes) {
                written = cursor.number(in: bytes)
            }
            cursor.nextLine(in: bytes)
        }
        guard let (read, written) = zip(read, written) else { return nil }
        return ProcessIO(read: read, written: written)
    }
}
