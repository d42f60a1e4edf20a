public import Vocabulary

/// One process as a scan saw it.
public struct ProcessEntry: Equatable, Sendable {
    /// Which process it is.
    public let identity: ProcessIdentity
    /// The number of its parent; 0 for none.
    public let parent: Int32
    /// The letter of its state: `R` runs, `S` sleeps, `D` waits for a device, `Z` is dead and not yet collected.
    public let state: UInt8
    /// How much it gives way to others: -20 least, 19 most.
    public let nice: Int32
    /// How many threads it has.
    public let threads: UInt32
    /// Whether it is a part of the kernel.
    public let isKernelThread: Bool
    /// Its resident set: the memory that it has in use, with what it shares with others.
    public let memory: ByteCount
    /// CPU time since the scan before as a share of one core; `nil` when that is not known.
    public var cpu: Double? { share.isNaN ? nil : share }

    let share: Double
    let ticks: UInt64
    let name: Range<UInt32>
}

/// All processes of a host at one moment.
public struct ProcessScan: Sendable {
    /// The processes by their numbers, from small to large.
    public internal(set) var entries: [ProcessEntry] = []
    /// When it began, on the monotonic clock.
    public let monotonic: Monotonic
    /// When it began, on the clock that starts are counted by.
    public let boottime: Monotonic
    /// Whether shares of CPU are known: they need a scan before this one.
    public internal(set) var hasShares = false
    /// Clock ticks in a second.
    public let ticksPerSecond: Double
    /// The names of all processes, one behind the other.
    var names: [UInt8] = []

    /// The name of a process as the kernel keeps it: up to 63 bytes of anything.
    public func name(of entry: ProcessEntry) -> ArraySlice<UInt8> {
        names[Int(entry.name.lowerBound)..<Int(entry.name.upperBound)]
    }

    /// How long ago a process was started.
    public func age(of entry: ProcessEntry) -> Duration {
        let started = Double(entry.identity.started) / ticksPerSecond
        return .seconds(max(0, Double(boottime.nanoseconds) / 1e9 - started))
    }

    /// The process with this number, if there is one.
    public func entry(of pid: Int32) -> ProcessEntry? {
        index(of: pid).map { entries[$0] }
    }

    private func index(of pid: Int32) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].identity.pid < pid { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].identity.pid == pid ? low : nil
    }
}
