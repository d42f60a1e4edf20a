/// What is read of a process only when somebody asks for it.
public struct ProcessDetail: Equatable, Sendable {
    /// The command line, each argument ended by a zero byte, at most 4096 bytes; empty for parts of the kernel, `nil`
    /// when it was not read (yet).
    public internal(set) var command: [UInt8]?
    /// Bytes a second that it read from and wrote to disks; `nil` without permission or a reading before.
    public internal(set) var traffic: ProcessTraffic?
}

/// The details of several processes.
public struct ProcessDetails: Sendable {
    /// What could be read.
    public internal(set) var known: [ProcessIdentity: ProcessDetail] = [:]
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
