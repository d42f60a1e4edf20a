public import Vocabulary

/// Processes of a host at one moment, those that were asked for.
public struct ProcessList: Record {
    /// The host.
    public var host = ""
    /// When they were looked at.
    public var at = Timestamp(milliseconds: 0)
    /// Seconds between two scans; more than 1 where a scan takes too long to do it every second.
    public var interval: Int64 = 1
    /// What a scan costs, in milliseconds of CPU time; absent in the past.
    public var scanCost: Double?
    /// Whether this is a moment of the past, of which only the twenty that used most were kept.
    public var isPast = false
    /// Whether there was no time to read everything that filter and order look at: processes may be missing.
    public var isPartial = false
    /// How many processes there were.
    public var total: Int64 = 0
    /// How many of them the filter lets through.
    public var matching: Int64 = 0
    /// The first of those, in the order that was asked for.
    public var items: [RunningProcess] = []

    /// A blank list.
    public init() {}

    /// `ProcessList`.
    public static let recordName = "ProcessList"
    /// For the API reference.
    public static let summary = "Processes of a host at one moment."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host.")
        visitor.field("at", &at, "When they were looked at.")
        visitor.field("interval", &interval, "Seconds between two scans.")
        visitor.field("scan_cost_ms", &scanCost, "What a scan costs, in milliseconds of CPU time.")
        visitor.field(
            "past", &isPast, "Whether this is a moment of the past, of which only the top twenty were kept.", .natural,
            .defaulted)
        visitor.field(
            "partial", &isPartial, "Whether there was no time to read all that filter and order look at.", .natural,
            .defaulted)
        visitor.field("total", &total, "How many processes there were.")
        visitor.field("matching", &matching, "How many of them the filter lets through.")
        visitor.field("items", &items, "The first of those, in the order asked for.", .length(0...1001))
    }

    /// One process.
    public static var example: ProcessList {
        var value = ProcessList()
        value.host = "desk-1"
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        value.scanCost = 0.6
        value.total = 143
        value.matching = 1
        value.items = [.example]
        return value
    }
}

/// What processes are sorted by; numbers from large to small, names and numbers of processes from small to large.
public enum ProcessOrder: String, FieldChoice, Sendable {
    /// CPU time, then memory.
    case cpu
    /// The resident set.
    case memory
    /// Disk traffic.
    case io
    /// Time since the start, the oldest first.
    case age
    /// The number.
    case pid
    /// The name.
    case name
}

/// Which processes to list.
public struct ListProcesses: Record {
    /// The host; absent means the gateway's own, which is the only one whose processes are read.
    public var host: String?
    /// What they are sorted by.
    public var sort = ProcessOrder.cpu
    /// The other way round.
    public var isReversed = false
    /// Which of them, in the filter language: `cpu>5 and name~post`; empty for all.
    public var filter = ""
    /// At most so many.
    public var limit: Int64 = 100
    /// The number of a process that is in the answer wherever its place is.
    public var including: Int64?
    /// A moment of the past: the top twenty of the nearest second at or before it.
    public var at: Timestamp?

    /// A blank request.
    public init() {}

    /// `ListProcesses`.
    public static let recordName = "ListProcesses"
    /// For the API reference.
    public static let summary = "Which processes to list."

    /// The busiest ones of a database.
    public static var example: ListProcesses {
        var value = ListProcesses()
        value.filter = "cpu>5 and name~post"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host; absent means the gateway's own.")
        visitor.field("sort", &sort, "What they are sorted by.", .natural, .defaulted)
        visitor.field("reverse", &isReversed, "The other way round.", .natural, .defaulted)
        visitor.field(
            "filter", &filter, "Which of them, such as cpu>5 and name~post.", .length(0...ProcessQuery.mostCharacters),
            .defaulted)
        visitor.field("limit", &limit, "At most so many.", .range(1...1000), .defaulted)
        visitor.field(
            "including", &including, "The number of a process that is in the answer wherever its place is.",
            RunningProcess.numbers)
        visitor.field("at", &at, "A moment of the past: the top twenty of the nearest second at or before it.")
    }
}
