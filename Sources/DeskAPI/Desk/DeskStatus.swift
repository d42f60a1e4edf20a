public import Vocabulary

/// The desk at a glance: what the status line shows.
public struct DeskStatus: Record {
    /// Conversations that wait for a person.
    public var waiting: Int64 = 0
    /// Since when the oldest of them waits.
    public var oldestWaitingSince: Timestamp?
    /// Conversations that are not resolved.
    public var open: Int64 = 0
    /// Consoles and agents that are connected.
    public var agents: Int64 = 0
    /// Open critical alerts.
    public var critical: Int64 = 0
    /// Open warnings.
    public var warnings: Int64 = 0
    /// Requests a second over the last seconds.
    public var requestsPerSecond: Double = 0
    /// 95th percentile of the gateway's answers in milliseconds; absent without requests.
    public var requestP95: Double?
    /// Requests that failed with 5xx since the start.
    public var failures: Int64 = 0
    /// Open connections.
    public var connections: Int64 = 0
    /// Bytes on the disk for the hosts' history; absent when they cannot be read.
    public var historySize: Int64?
    /// Bytes on the disk for conversations, alerts, keys and audit; absent when they cannot be read.
    public var storageSize: Int64?
    /// The host that the gateway runs on; absent before its first sample.
    public var host: String?
    /// The gateway's version.
    public var version = ""
    /// When the gateway started.
    public var startedAt = Timestamp(milliseconds: 0)

    /// A blank status.
    public init() {}

    /// `DeskStatus`.
    public static let recordName = "DeskStatus"
    /// For the API reference.
    public static let summary = "The desk at a glance."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("waiting", &waiting, "Conversations that wait for a person.")
        visitor.field("oldest_waiting_since", &oldestWaitingSince, "Since when the oldest of them waits.")
        visitor.field("open", &open, "Conversations that are not resolved.")
        visitor.field("agents", &agents, "Consoles and agents that are connected.")
        visitor.field("critical", &critical, "Open critical alerts.")
        visitor.field("warnings", &warnings, "Open warnings.")
        visitor.field("requests_per_second", &requestsPerSecond, "Requests a second over the last seconds.")
        visitor.field("request_p95_ms", &requestP95, "95th percentile of the gateway's answers.")
        visitor.field("failures", &failures, "Requests that failed with 5xx since the start.")
        visitor.field("connections", &connections, "Open connections.")
        visitor.field("history_bytes", &historySize, "Bytes on the disk for the hosts' history.")
        visitor.field("storage_bytes", &storageSize, "Bytes on the disk for what must last.")
        visitor.field("host", &host, "The host that the gateway runs on.")
        visitor.field("version", &version, "The gateway's version.")
        visitor.field("started_at", &startedAt, "When the gateway started.")
    }

    /// A quiet desk.
    public static var example: DeskStatus {
        var value = DeskStatus()
        value.waiting = 2
        value.open = 12
        value.agents = 3
        value.historySize = 41_943_040
        value.storageSize = 8_388_608
        value.host = "desk-1"
        value.version = "0.1.0"
        value.startedAt = Timestamp(milliseconds: 1_795_371_500_000)
        return value
    }
}

/// Who the caller is to the desk.
public struct Identity: Record {
    /// The caller's actor, such as `u:3` or `c:7`.
    public var actor = ""
    /// The caller's name.
    public var name = ""
    /// The caller's role.
    public var role: Role?
    /// What the role may do.
    public var scopes: [String] = []

    /// A blank identity.
    public init() {}

    /// `Identity`.
    public static let recordName = "Identity"
    /// For the API reference.
    public static let summary = "Who the caller is to the desk."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("actor", &actor, "The caller's actor.")
        visitor.field("name", &name, "The caller's name.", .length(0...200))
        visitor.field("role", &role, "The caller's role.")
        visitor.field("scopes", &scopes, "What the role may do.")
    }

    /// An agent.
    public static var example: Identity {
        var value = Identity()
        value.actor = "u:3"
        value.name = "ana"
        value.role = .agent
        value.scopes = Role.agent.scopes.map(\.rawValue).sorted()
        return value
    }
}
