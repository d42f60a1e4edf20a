public import Vocabulary

extension ProcessSignal: FieldChoice {}

/// Sends a signal to a process.
public struct SignalProcess: Record {
    /// The number of the process.
    public var pid: Int64 = 0
    /// Its start as the list shows it; a process that got the number later is refused.
    public var started: Int64 = 0
    /// Which signal.
    public var signal = ProcessSignal.terminate

    /// A blank request.
    public init() {}

    /// A signal for a process.
    public init(_ signal: ProcessSignal, pid: Int64, started: Int64) {
        self.pid = pid
        self.started = started
        self.signal = signal
    }

    /// `SignalProcess`.
    public static let recordName = "SignalProcess"
    /// For the API reference.
    public static let summary = "Sends a signal to a process."
    /// Asks a process to end.
    public static let example = SignalProcess(.terminate, pid: 812, started: 41_902)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("pid", &pid, "The number of the process.", RunningProcess.numbers)
        visitor.field(
            "started", &started, "Its start as the list shows it; a later process with this number is refused.",
            .range(0...(1 << 53)))
        visitor.field("signal", &signal, "Which signal.")
    }
}

/// A signal that was sent; what the process makes of it shows in the list.
public struct SignalDelivery: Record {
    /// The number of the process.
    public var pid: Int64 = 0
    /// The name that the kernel keeps.
    public var name = ""
    /// The user that it runs as.
    public var user = ""
    /// Which signal.
    public var signal = ProcessSignal.terminate
    /// When.
    public var at = Timestamp(milliseconds: 0)

    /// A blank delivery.
    public init() {}

    /// `SignalDelivery`.
    public static let recordName = "SignalDelivery"
    /// For the API reference.
    public static let summary = "A signal that was sent."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("pid", &pid, "The number of the process.", RunningProcess.numbers)
        visitor.field("name", &name, "The name that the kernel keeps.")
        visitor.field("user", &user, "The user that it runs as.")
        visitor.field("signal", &signal, "Which signal.")
        visitor.field("at", &at, "When.")
    }

    /// A server was asked to end.
    public static var example: SignalDelivery {
        var value = SignalDelivery()
        value.pid = 812
        value.name = "postgres"
        value.user = "postgres"
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }
}
