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
    let rest: ProcessRest?

    /// Since when it is known not to have been run, on the monotonic clock; `nil` when that is not known.
    var restsSince: Monotonic? { rest?.since }

    /// The same process a scan later, which was not run since.
    func atRest(_ rest: ProcessRest, name: Range<UInt32>) -> ProcessEntry {
        ProcessEntry(
            identity: identity, parent: parent, state: state, nice: nice, threads: threads,
            isKernelThread: isKernelThread, memory: memory, share: 0, ticks: ticks, name: name, rest: rest)
    }
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
