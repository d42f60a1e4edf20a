internal import Vocabulary

/// What the control group around this process allows, and how much of it is used.
struct GroupReading: Equatable {
    /// Bytes.
    var memoryLimit: UInt64?
    /// Bytes that cannot be taken back at once: the total less the idle part of the file cache.
    var memoryUsed: UInt64?
    /// Processors.
    var processorLimit: Double?
    /// Processors kept busy.
    var processorsUsed: Double?
    /// The share of the scheduling periods in which the group was held back, in percent.
    var throttled: Double?
}

/// Finds the limits that count, in either version of control groups, and follows their use.
struct ControlGroupLimits {
    /// How often limits are looked for and their use is read: the memory statistics are dear in a large group.
    static let searchInterval = Duration.seconds(30)
    static let readInterval = Duration.seconds(5)

    private(set) var reading = GroupReading()
    private let root: String
    private let membership: KeptFile
    private var memory: MemoryLimit?
    private var processors: ProcessorLimit?
    private var searchedAt: Monotonic?
    private var readAt: Monotonic?

    init(root: String) {
        self.root = root
        membership = KeptFile(root + "/proc/self/cgroup")
    }

    /// Brings the reading up to date if it is due; limits at or above what the host has do not count.
    mutating func refresh(at now: Monotonic, host: (memory: UInt64?, processors: Int?), _ buffer: inout ReadBuffer) {
        if searchedAt.map({ now - $0 >= ControlGroupLimits.searchInterval }) ?? true {
            searchedAt = now
            readAt = nil
            search(host: host, &buffer)
        }
        guard readAt.map({ now - $0 >= ControlGroupLimits.readInterval }) ?? true else { return }
        readAt = now
        reading = GroupReading()
        memory?.read(into: &reading, &buffer)
        processors?.read(into: &reading, at: now, &buffer)
    }

    private mutating func search(host: (memory: UInt64?, processors: Int?), _ buffer: inout ReadBuffer) {
        guard membership.read(into: &buffer) else {
            (memory, processors) = (nil, nil)
            return
        }
        let group = ControlGroup.parse(buffer.bytes.span.extracting(0..<buffer.count))
        let found = MemoryLimit.find(in: group, under: root + "/sys/fs/cgroup", &buffer)
        let foundMemory = found.flatMap { limit in host.memory.map { limit.bytes < $0 } == false ? nil : limit }
        if foundMemory?.folder != memory?.folder || foundMemory?.bytes != memory?.bytes { memory = foundMemory }
        let cores = host.processors.map { Double($0) } ?? .infinity
        let foundProcessors = ProcessorLimit.find(in: group, under: root + "/sys/fs/cgroup", &buffer).flatMap {
            $0.count < cores ? $0 : nil
        }
        if foundProcessors?.folder != processors?.folder || foundProcessors?.count != processors?.count {
            processors = foundProcessors
        }
    }
}
