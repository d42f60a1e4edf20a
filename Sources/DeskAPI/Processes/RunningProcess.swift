/// A process of a host as a scan saw it.
public struct RunningProcess: Record {
    /// Its number; the kernel gives numbers out again, so it is the process only together with `started`.
    public var pid: Int64 = 0
    /// Its start in clock ticks after the start of the machine.
    public var started: Int64 = 0
    /// The number of its parent; 0 for none.
    public var parent: Int64 = 0
    /// The name that the kernel keeps, without arguments.
    public var name = ""
    /// The command line, cut at 4096 bytes; absent for parts of the kernel, and where it could not be read.
    public var command: String?
    /// The user that it runs as: a name, or the number where there is no name.
    public var user = ""
    /// What it does.
    public var state = ProcessState.unknown
    /// How many threads it has.
    public var threads: Int64 = 0
    /// How much it gives way to others, -20 to 19; absent in the past.
    public var nice: Int64?
    /// CPU time since the scan before in percent of one core; absent when unknown.
    public var cpu: Double?
    /// Its resident set in bytes: memory in use; what is shared counts in each process that shares it.
    public var memory: Int64 = 0
    /// Seconds since its start.
    public var age: Int64 = 0
    /// Bytes a second read from disks; absent when unknown or not permitted.
    public var read: Double?
    /// Bytes a second written to disks; absent when unknown or not permitted.
    public var written: Double?
    /// Whether it is a part of the kernel.
    public var isKernel = false

    /// A blank process.
    public init() {}

    /// `RunningProcess`.
    public static let recordName = "RunningProcess"
    /// For the API reference.
    public static let summary = "A process of a host."

    /// Bytes a second read from and written to disks; `nil` when unknown.
    public var traffic: Double? { read.flatMap { read in written.map { read + $0 } } }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("pid", &pid, "Its number; numbers are given out again.", RunningProcess.numbers)
        visitor.field(
            "started", &started, "Its start in clock ticks after the start of the machine.", .range(0...(1 << 53)))
        visitor.field("parent", &parent, "The number of its parent; 0 for none.", .range(0...4_194_304))
        visitor.field("name", &name, "The name that the kernel keeps, without arguments.")
        visitor.field(
            "command", &command, "The command line, cut at 4096 bytes; absent for parts of the kernel.",
            .length(0...20_000))
        visitor.field("user", &user, "The user that it runs as: a name, or the number where there is none.")
        visitor.field("state", &state, "What it does.")
        visitor.field("threads", &threads, "How many threads it has.")
        visitor.field("nice", &nice, "How much it gives way to others, -20 to 19.", .range(-20...19))
        visitor.field("cpu", &cpu, "CPU time since the scan before in percent of one core.")
        visitor.field("memory", &memory, "Its resident set in bytes, with what it shares with others.")
        visitor.field("age", &age, "Seconds since its start.")
        visitor.field("read", &read, "Bytes a second read from disks; absent when not permitted.")
        visitor.field("written", &written, "Bytes a second written to disks; absent when not permitted.")
        visitor.field("kernel", &isKernel, "Whether it is a part of the kernel.", .natural, .defaulted)
    }

    /// The numbers that Linux gives to processes.
    static let numbers = FieldLimit.range(1...4_194_304)

    /// A database server.
    public static var example: RunningProcess {
        var value = RunningProcess()
        value.pid = 812
        value.started = 41_902
        value.parent = 1
        value.name = "postgres"
        value.command = "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main"
        value.user = "postgres"
        value.state = .sleeping
        value.threads = 1
        value.nice = 0
        value.cpu = 3.9
        value.memory = 104_857_600
        value.age = 86_400
        value.read = 0
        value.written = 40_960
        return value
    }
}

/// What a process does.
public enum ProcessState: String, FieldChoice, Sendable {
    /// Computes, or waits for a core.
    case running
    /// Waits for something to happen.
    case sleeping
    /// Waits for a device, and cannot be interrupted meanwhile.
    case waiting
    /// Has ended, and its parent has not asked how.
    case zombie
    /// Was halted by a signal.
    case stopped
    /// Is halted by a debugger.
    case traced
    /// A part of the kernel that has nothing to do.
    case idle
    /// Is just ending.
    case dead
    /// Something else.
    case unknown

    /// The letter that the kernel writes.
    public var letter: Character {
        switch self {
        case .running: "R"
        case .sleeping: "S"
        case .waiting: "D"
        case .zombie: "Z"
        case .stopped: "T"
        case .traced: "t"
        case .idle: "I"
        case .dead: "X"
        case .unknown: "?"
        }
    }

    private static let letters = Dictionary(
        uniqueKeysWithValues: allCases.compactMap { state in state.letter.asciiValue.map { ($0, state) } })

    /// The state of a letter that the kernel writes.
    public init(letter: UInt8) {
        self = ProcessState.letters[letter] ?? .unknown
    }
}
