/// Which process is meant: its number, and the moment of its start, because the kernel gives numbers out again.
public struct ProcessIdentity: Hashable, Sendable {
    /// The number of the process.
    public let pid: Int32
    /// Its start in clock ticks (usually 10 ms) after the start of the machine, as the kernel counts it.
    public let started: UInt64

    /// Names a process.
    public init(pid: Int32, started: UInt64) {
        self.pid = pid
        self.started = started
    }
}
